/** How numbers, times and sizes read. All functions take the language (`en`, `zh`) and are pure. */

const DASH = '—';

/** Making a formatter of the browser takes a hundred times as long as using it, and a table uses a dozen per row. */
function once<Made>(make: (language: string) => Made): (language: string) => Made {
  const made = new Map<string, Made>();
  return (language) => {
    const known = made.get(language);
    if (known !== undefined) return known;
    const fresh = make(language);
    made.set(language, fresh);
    return fresh;
  };
}
const numbers = (options?: Intl.NumberFormatOptions) => once((language) => new Intl.NumberFormat(language, options));
const times = (options: Intl.DateTimeFormatOptions) => once((language) => new Intl.DateTimeFormat(language, options));

const COUNT = numbers();
const LARGE = numbers({ maximumFractionDigits: 1 });
const SMALL = numbers({ maximumSignificantDigits: 4 });
const LOSS = numbers({ minimumFractionDigits: 4, maximumFractionDigits: 4 });
const ABOUT = numbers({ notation: 'compact', compactDisplay: 'long', maximumSignificantDigits: 2 });
const PERCENT = numbers({ style: 'percent', maximumFractionDigits: 0 });
const SIGNED_PERCENT = numbers({ style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' });
const SIGNED = numbers({ signDisplay: 'exceptZero' });
const LENGTHS = { day: lengths('day'), hour: lengths('hour'), minute: lengths('minute'), second: lengths('second') };
const MOMENT = numbers({ style: 'unit', unit: 'second', unitDisplay: 'narrow', maximumSignificantDigits: 1 });
const SIZES = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'].map((unit, power) =>
  numbers({ style: 'unit', unit, unitDisplay: power === 0 ? 'narrow' : 'short', maximumFractionDigits: power === 0 ? 0 : 1 }),
);
const MINUTE = { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
const THIS_YEAR = times(MINUTE);
const OTHER_YEAR = times({ year: 'numeric', ...MINUTE });
const DAY_THIS_YEAR = times({ month: 'short', day: 'numeric' });
const DAY_OTHER_YEAR = times({ year: 'numeric', month: 'short', day: 'numeric' });
const FULL = times({ dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });
const RELATIVE = once((language) => new Intl.RelativeTimeFormat(language, { numeric: 'auto' }));

function lengths(unit: 'day' | 'hour' | 'minute' | 'second') {
  return numbers({ style: 'unit', unit, unitDisplay: 'narrow' });
}

/**
 * A parameter or metric the way people in the field write it: `1e-4`, `0.0025`, `16`, `0.1284`.
 * At most four significant digits after the integer part; exponents below 0.001 and from ten million on.
 */
export function formatValue(value: number | string | null | undefined, language: string): string {
  if (value == null) return DASH;
  if (typeof value === 'string') return value;
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7))
    return value
      .toExponential(3)
      .replace(/\.?0+e/, 'e')
      .replace('e+', 'e');
  return (size >= 1000 ? LARGE : SMALL)(language).format(value);
}

/** A loss with as many digits as differences between runs need. */
export function formatLoss(value: number | string | null | undefined, language: string): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return formatValue(value, language);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e4)) return value.toExponential(2).replace('e+', 'e');
  return LOSS(language).format(value);
}

export function formatCount(value: number, language: string): string {
  return COUNT(language).format(value);
}

/** A large number that is not known exactly, as one would say it: `1.2 million`, `120万`. */
export function formatAbout(value: number, language: string): string {
  return ABOUT(language).format(value);
}

/** `fraction` 0..1 as whole percent; only a finished run is 100 %. */
export function formatPercent(fraction: number, language: string): string {
  const shown = fraction < 1 ? Math.min(fraction, 0.99) : 1;
  return PERCENT(language).format(shown);
}

/** A change with its sign: `+12%`, `-3%`, `0%`. */
export function formatSignedPercent(fraction: number, language: string): string {
  return SIGNED_PERCENT(language).format(fraction);
}

export function formatSigned(value: number, language: string): string {
  return SIGNED(language).format(value);
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

/** Seconds as the largest units, two unless told otherwise: `3h 12m`, `45s`; less than half of one to its first digit: `0.4s`. */
export function formatDuration(seconds: number | null | undefined, language: string, units = 2): string {
  if (seconds == null || !Number.isFinite(seconds)) return DASH;
  let rest = Math.max(0, Math.round(seconds));
  const first = UNITS.findIndex(([, size]) => rest >= size);
  if (first === -1) return MOMENT(language).format(Math.max(0, seconds));
  return UNITS.slice(first, first + units)
    .map(([name, size]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return count === 0 ? '' : LENGTHS[name](language).format(count);
    })
    .filter((part) => part !== '')
    .join(language.startsWith('zh') ? '' : ' ');
}

/** Bytes in powers of 1024, as file managers show them. */
export function formatBytes(bytes: number, language: string): string {
  const power = bytes < 1 ? 0 : Math.min(SIZES.length - 1, Math.floor(Math.log(bytes) / Math.log(1024)));
  return SIZES[power]?.(language).format(bytes / 1024 ** power) ?? DASH;
}

/** Day and minute; without the year when it is this one. */
export function formatTime(iso: string | null | undefined, language: string, now = new Date()): string {
  if (iso == null) return DASH;
  const time = new Date(iso);
  return (time.getFullYear() === now.getFullYear() ? THIS_YEAR : OTHER_YEAR)(language).format(time);
}

/** The day alone; without the year when it is this one. */
export function formatDay(iso: string, language: string, now = new Date()): string {
  const time = new Date(iso);
  return (time.getFullYear() === now.getFullYear() ? DAY_THIS_YEAR : DAY_OTHER_YEAR)(language).format(time);
}

/** Everything to the second, for tooltips and the history. */
export function formatFullTime(iso: string | null | undefined, language: string): string {
  if (iso == null) return DASH;
  return FULL(language).format(new Date(iso));
}

/** `3 minutes ago`, `in 2 days`: the largest fitting unit. `seconds` is negative for the past. */
export function formatRelative(seconds: number, language: string): string {
  const [name, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? (['second', 1] as const);
  return RELATIVE(language).format(Math.trunc(seconds / size), name);
}

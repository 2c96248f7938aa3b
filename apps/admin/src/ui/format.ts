/** How numbers, times and sizes read. All functions take the language (`en`, `zh`) and are pure. */

const DASH = '—';

const PLAIN: Intl.NumberFormatOptions = {};
const ONE_PLACE: Intl.NumberFormatOptions = { maximumFractionDigits: 1 };
const FOUR_DIGITS: Intl.NumberFormatOptions = { maximumSignificantDigits: 4 };
const FOUR_PLACES: Intl.NumberFormatOptions = { minimumFractionDigits: 4, maximumFractionDigits: 4 };

/** Making a formatter takes a hundred times as long as using it, and a pointer over twenty curves asks for dozens of numbers a frame. */
const made = new Map<string, WeakMap<Intl.NumberFormatOptions, Intl.NumberFormat>>();

function numbers(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const ofLanguage = made.get(language) ?? new WeakMap<Intl.NumberFormatOptions, Intl.NumberFormat>();
  made.set(language, ofLanguage);
  const known = ofLanguage.get(options) ?? new Intl.NumberFormat(language, options);
  ofLanguage.set(options, known);
  return known;
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
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) return value.toExponential(3).replace(/\.?0+e/, 'e').replace('e+', 'e');
  return numbers(language, size >= 1000 ? ONE_PLACE : FOUR_DIGITS).format(value);
}

/** A loss with as many digits as differences between runs need. */
export function formatLoss(value: number | string | null | undefined, language: string): string {
  if (typeof value !== 'number' || !Number.isFinite(value)) return formatValue(value, language);
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e4)) return value.toExponential(2).replace('e+', 'e');
  return numbers(language, FOUR_PLACES).format(value);
}

export function formatCount(value: number, language: string): string {
  return numbers(language, PLAIN).format(value);
}

/** A large number that is not known exactly, as one would say it: `1.2 million`, `120万`. */
export function formatAbout(value: number, language: string): string {
  return new Intl.NumberFormat(language, { notation: 'compact', compactDisplay: 'long', maximumSignificantDigits: 2 }).format(value);
}

/** `fraction` 0..1 as whole percent; only a finished run is 100 %. */
export function formatPercent(fraction: number, language: string): string {
  const shown = fraction < 1 ? Math.min(fraction, 0.99) : 1;
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(shown);
}

/** A change with its sign: `+12%`, `-3%`, `0%`. */
export function formatSignedPercent(fraction: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' }).format(fraction);
}

export function formatSigned(value: number, language: string): string {
  return new Intl.NumberFormat(language, { signDisplay: 'exceptZero' }).format(value);
}

const UNITS = [['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]] as const;

/** Seconds as the largest units, two unless told otherwise: `3h 12m`, `45s`. */
export function formatDuration(seconds: number | null | undefined, language: string, units = 2): string {
  if (seconds == null || !Number.isFinite(seconds)) return DASH;
  let rest = Math.max(0, Math.round(seconds));
  const first = UNITS.findIndex(([, size]) => rest >= size);
  if (first === -1) return unit(0, 'second', language);
  return UNITS.slice(first, first + units)
    .map(([name, size]) => {
      const count = Math.floor(rest / size);
      rest -= count * size;
      return count === 0 ? '' : unit(count, name, language);
    })
    .filter((part) => part !== '')
    .join(language.startsWith('zh') ? '' : ' ');
}

function unit(count: number, name: string, language: string): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'narrow' }).format(count);
}

/** Bytes in powers of 1024, as file managers show them. */
export function formatBytes(bytes: number, language: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1024)));
  return new Intl.NumberFormat(language, { style: 'unit', unit: units[power], unitDisplay: power === 0 ? 'narrow' : 'short', maximumFractionDigits: power === 0 ? 0 : 1 }).format(bytes / 1024 ** power);
}

/** Day and minute; without the year when it is this one. */
export function formatTime(iso: string | null | undefined, language: string, now = new Date()): string {
  if (iso == null) return DASH;
  const time = new Date(iso);
  const sameYear = time.getFullYear() === now.getFullYear();
  return new Intl.DateTimeFormat(language, { ...(sameYear ? {} : { year: 'numeric' }), month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(time);
}

/** Everything to the second, for tooltips and the history. */
export function formatFullTime(iso: string | null | undefined, language: string): string {
  if (iso == null) return DASH;
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' }).format(new Date(iso));
}

/** `3 minutes ago`, `in 2 days`: the largest fitting unit. `seconds` is negative for the past. */
export function formatRelative(seconds: number, language: string): string {
  const [name, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? (['second', 1] as const);
  return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.trunc(seconds / size), name);
}

/** A progress bar of `tqdm`, the one nearly all Python trainers draw. */
export interface ProgressBar {
  /** The words in front of the bar; `undefined` for a bar without a name. */
  name: string | undefined;
  done: number;
  total: number;
  /** The numbers behind the speed, under normalised names (`smooth loss=0.1` → `smooth_loss`). NaN and infinities are kept. */
  values: Record<string, number>;
}

// name: 12%|███▎ | 192/1600 [02:14<16:24,  1.43it/s, avr_loss=0.123]
const BAR = /^(?:([^|]*?):\s*)?\d{1,3}%\|[^|]*\|\s*(\d+)\/(\d+)\s*\[[^<\]]*<[^,\]]*,\s*(?:\?|[\d.]+)\s*[a-z]+\/[a-z]+(?:,\s*([^\]]*))?\]/;
const VALUE = /([A-Za-z_][\w /*.-]*?)\s*[=:]\s*([-+]?(?:\d*\.?\d+(?:e[-+]?\d+)?|nan|inf))(?![\w.])/gi;
const LONGEST_BAR = 2000;

/** The bar that a line (see `OutputLines`) begins with; warnings are often printed right behind one. */
export function parseProgressBar(line: string): ProgressBar | undefined {
  const bar = line.includes('%|') ? BAR.exec(line.slice(0, LONGEST_BAR)) : null;
  if (bar === null) return undefined;
  const [, name, done, total, postfix = ''] = bar;
  const values = [...postfix.matchAll(VALUE)].map(([, key = '', value = '']) => [metricKey(key), parseNumber(value)] as const);
  return { name: name?.trim(), done: Number(done), total: Number(total), values: Object.fromEntries(values) };
}

/** A number as Python prints it: also `nan`, `inf` and `-inf`. */
export function parseNumber(text: string): number {
  const word = text.toLowerCase();
  if (/nan$/.test(word)) return Number.NaN;
  if (/inf$/.test(word)) return word.startsWith('-') ? -Infinity : Infinity;
  return Number(text);
}

/** Trainers name the same two curves differently; everything else keeps its name. */
const SAME_METRIC: Readonly<Record<string, string>> = { avr_loss: 'loss', learning_rate: 'lr' };

/** The name a metric is stored under: lower case, words joined by `_`, at most 200 characters. */
export function metricKey(name: string): string {
  const key = name.trim().toLowerCase().replace(/\s+/g, '_').slice(0, 200);
  return SAME_METRIC[key] ?? key;
}

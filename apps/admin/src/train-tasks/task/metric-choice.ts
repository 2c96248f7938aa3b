/** Distinct hues that keep a contrast of 3:1 to white and to ink. */
const COLORS = ['#4263eb', '#d9480f', '#0b8457', '#ae3ec9', '#b7791f', '#1098ad', '#e03177', '#6b7280'];

/** The same metric has the same colour wherever it is drawn. */
export function metricColor(index: number): string {
  return COLORS[Math.max(0, index) % COLORS.length] ?? '#4263eb';
}

const FIRST_CHOICE = [/^loss$/, /^(train|avr|average)[_/ ]?loss$/, /^(eval|val|validation)[_/ ]?loss$/, /loss/];
const AT_FIRST = 2;

/** What a person wants to see first: the training loss and, where there is one, that of the evaluation. */
export function defaultMetrics(available: readonly string[]): string[] {
  const ranked = FIRST_CHOICE.flatMap((pattern) => available.filter((key) => pattern.test(key)));
  const chosen = [...new Set(ranked)].slice(0, AT_FIRST);
  return chosen.length > 0 ? chosen : available.slice(0, 1);
}

/** Distinct hues that keep a contrast of 3:1 to white and to ink. */
const COLORS = ['#4263eb', '#d9480f', '#0b8457', '#ae3ec9', '#b7791f', '#1098ad', '#e03177', '#6b7280'];

/** The same metric has the same colour wherever it is drawn. */
export function metricColor(index: number): string {
  return COLORS[Math.max(0, index) % COLORS.length] ?? '#4263eb';
}

/** Metrics in the order of interest: the training loss, that of the evaluation, other losses, the rest by name. */
export function rankMetrics(available: readonly string[]): string[] {
  const rank = (key: string) => {
    const at = INTEREST.findIndex((pattern) => pattern.test(key));
    return at === -1 ? INTEREST.length : at;
  };
  return available.toSorted((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

const INTEREST = [/^loss$/, /^(train|avr|average)[_/ ]?loss$/, /^(eval|val|validation)[_/ ]?loss$/, /loss/];
const AT_FIRST = 2;

/** What a person wants to see first: up to two losses, or whatever there is. `ranked` comes from {@link rankMetrics}. */
export function defaultMetrics(ranked: readonly string[]): string[] {
  const losses = ranked.filter((key) => INTEREST.some((pattern) => pattern.test(key))).slice(0, AT_FIRST);
  return losses.length > 0 ? losses : ranked.slice(0, 1);
}

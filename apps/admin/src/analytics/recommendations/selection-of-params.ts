const RANGES = ['loraRank', 'loraAlpha', 'learningRate', 'batchSize', 'epochs'];

/** List filter for the tasks that have just these parameters. */
export function selectionOfParams(params: Readonly<Record<string, string | number | boolean>>): Record<string, string> {
  return Object.fromEntries(Object.entries(params).flatMap(([name, value]) => (RANGES.includes(name) ? [[`${name}Min`, String(value)], [`${name}Max`, String(value)]] : [[name, String(value)]])));
}

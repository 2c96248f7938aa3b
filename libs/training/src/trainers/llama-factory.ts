import { metricKey } from './progress-bar.js';
import type { ReadLine } from './reader.js';

const NOT_METRICS = new Set([
  'current_steps',
  'total_steps',
  'epoch',
  'percentage',
  'elapsed_time',
  'remaining_time',
  'total_tokens',
  'throughput',
]);
const BARE_WORD = /(:\s*)(NaN|-?Infinity)(?=\s*[,}])/g;
const WORD = /^(?:NaN|-?Infinity)$/;

/** LLaMA-Factory appends one JSON object per log step to `trainer_log.jsonl` in its output folder, with steps and full precision. */
export function readLlamaFactory(): ReadLine {
  return (line, run) => {
    const entry = parseEntry(line);
    const step = entry?.['current_steps'];
    if (entry === undefined || typeof step !== 'number' || !Number.isSafeInteger(step) || step < 0) return;
    const { total_steps: total, epoch } = entry;
    run.position = {
      ...run.position,
      currentStep: step,
      ...(typeof total === 'number' ? { totalSteps: total } : {}),
      ...(typeof epoch === 'number' ? { currentEpoch: epoch } : {}),
    };
    const values = Object.entries(entry).flatMap(([key, value]) =>
      typeof value === 'number' && !NOT_METRICS.has(key) ? [[metricKey(key), value] as const] : [],
    );
    run.add(step, Object.fromEntries(values), typeof epoch === 'number' ? epoch : undefined);
  };
}

/** Python writes NaN and Infinity as bare words, which JSON has not: they are read as numbers all the same. */
function parseEntry(line: string): Record<string, unknown> | undefined {
  try {
    const entry: unknown = JSON.parse(line.replace(BARE_WORD, '$1"$2"'), (_key, value: unknown) =>
      typeof value === 'string' && WORD.test(value) ? Number(value) : value,
    );
    return typeof entry === 'object' && entry !== null ? (entry as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

import { metricKey, parseNumber, parseProgressBar } from './progress-bar.js';
import type { ReadLine, RunPlan } from './reader.js';
import type { RunRecord } from './run-record.js';

// {'loss': '4.322', 'learning_rate': '9.788e-05', 'epoch': '0.625'} since version 5; bare numbers before.
const LOG_DICT = /\{'[^{}]*\}$/;
const ENTRY = /'([^']+)':\s*'?([-+]?(?:\d*\.?\d+(?:e[-+]?\d+)?|nan|inf))'?(?=\s*[,}])/gi;
const ABOUT_SPEED = /(?:_runtime|_per_second|^total_flos|^num_input_tokens_seen)$/;

/**
 * Trainers built on the transformers `Trainer` (axolotl, TRL, the PEFT examples). The values come as Python dicts that name
 * no step; the step is that of the un-named training bar, which is redrawn right after each dict.
 */
export function readHf({ maxSteps }: RunPlan): { readLine: ReadLine; end: (run: RunRecord) => void } {
  const bars = new TrainingBar(maxSteps);
  let waiting: { values: Record<string, number>; epoch: number } | undefined;

  function settle(run: RunRecord): void {
    if (waiting !== undefined && bars.step !== undefined) run.add(bars.step, waiting.values, waiting.epoch);
    waiting = undefined;
  }

  const readLine: ReadLine = (line, run) => {
    const dict = parseLogDict(line);
    if (dict !== undefined) {
      settle(run);
      waiting = dict;
      run.position = { ...run.position, currentEpoch: dict.epoch };
    } else if (bars.read(line)) {
      run.position = { ...run.position, currentStep: bars.step, totalSteps: bars.total };
      settle(run);
    }
  };
  return { readLine, end: settle };
}

function parseLogDict(line: string): { values: Record<string, number>; epoch: number } | undefined {
  const text = LOG_DICT.exec(line)?.[0];
  if (text === undefined) return undefined;
  const all = Object.fromEntries([...text.matchAll(ENTRY)].map(([, key = '', value = '']) => [metricKey(key), parseNumber(value)]));
  const { epoch, ...rest } = all;
  if (epoch === undefined) return undefined;
  return { epoch, values: Object.fromEntries(Object.entries(rest).filter(([key]) => !ABOUT_SPEED.test(key))) };
}

/**
 * Tells the training bar from the evaluation bars, which look the same: evaluation runs inside training, so its bar
 * begins while the training bar is not full. It has another total, or it falls behind the step already reached.
 */
class TrainingBar {
  step: number | undefined;
  total: number | undefined;
  private isInside = false;

  /** @param expected steps of the run as configured: a bar with just this total is the training bar whatever came before */
  constructor(private readonly expected: number | null) {}

  /** Whether `line` is the training bar; `step` and `total` are then up to date. */
  read(line: string): boolean {
    const bar = parseProgressBar(line);
    if (bar === undefined || bar.name !== undefined) return false;
    const isSame = bar.total === this.total;
    const isFirst = this.total === undefined || this.step === this.total || bar.total === this.expected;
    if (isSame ? this.isEvaluation(bar.done, bar.total) : !isFirst) return false;
    this.step = bar.done;
    this.total = bar.total;
    return true;
  }

  private isEvaluation(done: number, total: number): boolean {
    if (this.step !== undefined && done < this.step) this.isInside = true;
    const isInside = this.isInside;
    if (done === total) this.isInside = false;
    return isInside;
  }
}

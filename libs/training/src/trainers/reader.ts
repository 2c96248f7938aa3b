import type { RunPosition } from '../progress.js';
import { readAiToolkit } from './ai-toolkit.js';
import { readHf } from './hf.js';
import { readLlamaFactory } from './llama-factory.js';
import { readOneTrainer } from './onetrainer.js';
import { OutputLines } from './output-lines.js';
import type { ReaderName } from './profile.js';
import { RunRecord, type ReadPoint } from './run-record.js';
import { readSdScripts } from './sd-scripts.js';

/** What the configuration says about the length of a run. */
export interface RunPlan {
  epochs: number | null;
  maxSteps: number | null;
}

/** Understands one line of output and tells the record what it says. */
export type ReadLine = (line: string, run: RunRecord) => void;

/** What a piece of output told: points never seen before, and where the run stands now. */
export interface Reading {
  points: ReadPoint[];
  position: RunPosition;
}

/** Reads the progress of one run from its output, fed in pieces of any size. */
export interface ProgressReader {
  feed(chunk: string): Reading;
  /** To be called once, at the end: what was held back until more would come. */
  end(): Reading;
}

/** A file in the output folder that a reader reads instead of the trainer's output; `null` for those that read the output. */
export const READER_FILES: Readonly<Record<Exclude<ReaderName, 'none'>, string | null>> = {
  'sd-scripts': null,
  'ai-toolkit': null,
  onetrainer: null,
  hf: null,
  'llama-factory': 'trainer_log.jsonl',
};

/** A reader for one run. Pure: the same output, in whatever pieces, gives the same points. */
export function createReader(name: Exclude<ReaderName, 'none'>, plan: RunPlan): ProgressReader {
  const { readLine, end } = understand(name, plan);
  const lines = new OutputLines();
  const run = new RunRecord();
  run.position = { epochs: plan.epochs, totalSteps: plan.epochs === null ? plan.maxSteps : null };
  const read = (complete: string[]): void => complete.forEach((line) => readLine(line, run));
  return {
    feed(chunk) {
      read(lines.feed(chunk));
      return { points: run.take(), position: run.position };
    },
    end() {
      read(lines.end());
      end?.(run);
      run.end();
      return { points: run.take(), position: run.position };
    },
  };
}

function understand(name: Exclude<ReaderName, 'none'>, plan: RunPlan): { readLine: ReadLine; end?: (run: RunRecord) => void } {
  switch (name) {
    case 'sd-scripts':
      return { readLine: readSdScripts() };
    case 'ai-toolkit':
      return { readLine: readAiToolkit() };
    case 'onetrainer':
      return { readLine: readOneTrainer() };
    case 'hf':
      return readHf(plan);
    case 'llama-factory':
      return { readLine: readLlamaFactory() };
  }
}

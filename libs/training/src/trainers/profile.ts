import type { ConfigFormat } from '../formats/registry.js';
import type { JsonObject } from '../json.js';

/** How progress is read from a trainer's output; `none` for a trainer that reports by itself. */
export const READERS = ['none', 'sd-scripts', 'ai-toolkit', 'onetrainer', 'hf', 'llama-factory'] as const;
export type ReaderName = (typeof READERS)[number];

/** An admin's way to start one kind of trainer. */
export interface TrainerProfile {
  name: string;
  title: string;
  /** Program and arguments, never a shell line. `{placeholders}` are filled inside one argument; see `fillArgv`. */
  argv: string[];
  env: Record<string, string>;
  /** Working directory on the worker's host; the attempt's workspace when `null`. */
  cwd: string | null;
  format: ConfigFormat;
  reader: ReaderName;
  /** Seconds between SIGTERM and SIGKILL when a task is cancelled. */
  graceSeconds: number;
  costPerHour: number | null;
  /** Fields of a create request that a new task begins with. */
  defaults: JsonObject;
}

import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface Options {
  tasks: number;
  points: number;
  seconds: number;
  isSmoke: boolean;
  /** Rows to run, `null`: all. */
  rows: string[] | null;
  folder: string;
  /** Leave the folder, and seed only when it is new. */
  keep: boolean;
  json: string | null;
  writeBaseline: boolean;
}

/** @throws Error naming the option that is wrong */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      tasks: { type: 'string' },
      points: { type: 'string' },
      seconds: { type: 'string' },
      smoke: { type: 'boolean', default: false },
      rows: { type: 'string' },
      folder: { type: 'string' },
      keep: { type: 'boolean', default: false },
      json: { type: 'string' },
      'write-baseline': { type: 'boolean', default: false },
    },
  });
  const tasks = whole('tasks', values.tasks, values.smoke ? 10_000 : 1_000_000);
  return {
    tasks,
    points: whole('points', values.points, tasks * 100),
    seconds: whole('seconds', values.seconds, values.smoke ? 3 : 15),
    isSmoke: values.smoke,
    rows: values.rows?.split(',') ?? null,
    folder: resolve(values.folder ?? join(tmpdir(), `ledger-bench-${process.pid}`)),
    keep: values.keep,
    json: values.json === undefined ? null : resolve(values.json),
    writeBaseline: values['write-baseline'],
  };
}

function whole(name: string, text: string | undefined, fallback: number): number {
  const value = text === undefined ? fallback : Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number above 0`);
  return value;
}

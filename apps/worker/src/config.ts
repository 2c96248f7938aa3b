import { resolve } from 'node:path';

/** Everything the worker takes from its environment, read once at start. */
export interface WorkerConfig {
  /** Address of the Ledger, without a slash at the end. */
  url: string;
  /** Good for one task only. */
  token: string;
  /** Absolute: workspaces and outputs live below it. */
  dataDir: string;
  heartbeatMs: number;
  /** How long to go on trying to deliver the closing reports once the trainer has ended. */
  patienceMs: number;
  /** The program behind `{python}` in a profile. */
  python: string;
  /** What the trainer's environment is made from. */
  inherited: Environment;
}

/** A missing or wrong variable; the message is the one line an operator needs. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws ConfigError naming the first variable that is missing or wrong */
export function readConfig(env: Environment): WorkerConfig {
  return {
    url: address(env),
    token: required(env, 'LEDGER_TASK_TOKEN', 'the token of the task to run'),
    dataDir: readDataDir(env),
    heartbeatMs: 1000 * seconds(env, 'LEDGER_HEARTBEAT_SECONDS', 2, 0.05, 300),
    patienceMs: 1000 * seconds(env, 'LEDGER_WORKER_PATIENCE', 86_400, 0, 30 * 86_400),
    python: env['LEDGER_PYTHON']?.trim() || 'python3',
    inherited: env,
  };
}

/** Absolute; all that is needed to look after what an earlier worker left. */
export function readDataDir(env: Environment): string {
  return resolve(env['LEDGER_DATA_DIR']?.trim() || '.ledger');
}

function required(env: Environment, name: string, meaning: string): string {
  const value = env[name]?.trim();
  if (!value) throw new ConfigError(`${name} is missing: ${meaning}.`);
  return value;
}

function address(env: Environment): string {
  const value = required(env, 'LEDGER_URL', 'the address of the Ledger, for example http://127.0.0.1:3000');
  if (!URL.canParse(value) || !/^https?:\/\//.test(value))
    throw new ConfigError(`LEDGER_URL must be an http or https address, but is "${value}".`);
  return value.replace(/\/+$/, '');
}

function seconds(env: Environment, name: string, fallback: number, min: number, max: number): number {
  const raw = env[name]?.trim();
  if (!raw) return fallback;
  const value = Number(raw);
  if (!(value >= min && value <= max)) throw new ConfigError(`${name} must be a number of seconds from ${min} to ${max}, but is "${raw}".`);
  return value;
}

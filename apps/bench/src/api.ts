import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './postgres.js';
import { processTime } from './processor.js';

export interface Api {
  port: number;
  /** Resident memory of the process, bytes; `null` where the system does not tell. */
  memory(): number | null;
  /** Processor time it has used, milliseconds, which other work on the machine does not change; `null` where the system does not tell. */
  processorTime(): number | null;
  stop(): Promise<void>;
}

/** The first start of a database makes its schema, and may have a large one to change. */
const PATIENCE_MS = 120_000;

/** Starts the built API as `npm start` does, without launching trainings, and waits until it is ready. */
export async function startApi(root: string, databaseUrl: string, dataDir: string): Promise<Api> {
  const port = await freePort();
  const child = spawn(process.execPath, [join(root, 'apps/api/dist/main.js')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      LEDGER_DATA_DIR: dataDir,
      LEDGER_PORT: String(port),
      LEDGER_LOCAL_SLOTS: '0',
      LEDGER_LOG_LEVEL: 'warn',
      LEDGER_UI_DIR: join(root, 'apps/admin/dist'),
      LEDGER_ADMIN_USERNAME: 'ada',
      LEDGER_ADMIN_PASSWORD: 'correct horse battery',
    },
  });
  const end = performance.now() + PATIENCE_MS;
  while (!(await isReady(port))) {
    if (child.exitCode !== null) throw new Error(`the API ended with code ${child.exitCode} before it was ready`);
    if (performance.now() > end) {
      await stop(child);
      throw new Error(`the API was not ready after ${PATIENCE_MS / 1000} seconds`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return { port, memory: () => residentMemory(child), processorTime: () => processTime(child.pid), stop: () => stop(child) };
}

export async function isReady(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/api/health/ready`).then(
    (response) => response.ok,
    () => false,
  );
}

function residentMemory({ pid }: ChildProcess): number | null {
  try {
    const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null;
  }
}

/** In its orderly way; what has not ended after ten seconds is killed, so that a run never hangs. */
function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    const impatience = setTimeout(() => child.kill('SIGKILL'), 10_000);
    child.once('exit', () => {
      clearTimeout(impatience);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

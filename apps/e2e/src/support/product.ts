import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { endTrainings, untilNothingIsLeft } from './left-over.js';

export const ROOT = resolve(__dirname, '../../../..');

export interface Product {
  url: string;
  /** The one-time link the console printed on a fresh database. */
  setupLink: string;
  dataDir: string;
  output(): string;
  /** Ends the product and the trainings it has started, and removes a data folder of its own. @throws when a process is left */
  stop(): Promise<void>;
}

/** Starts the product as `npm start` does, on a free port, and on a fresh data folder unless `env` names one. */
export async function startProduct(env: Record<string, string> = {}): Promise<Product> {
  const dataDir = env['LEDGER_DATA_DIR'] ?? freshFolder();
  const port = await freePort();
  const product = spawn(process.execPath, [join(ROOT, 'apps/standalone/start.mjs')], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LEDGER_PORT: String(port), LEDGER_DATA_DIR: dataDir, LEDGER_HEARTBEAT_SECONDS: '1', ...env },
  });
  let output = '';
  for (const stream of [product.stdout, product.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const url = `http://127.0.0.1:${port}`;
  await said(
    product,
    () => output.includes(url),
    () => output,
  );
  const setupLink = /http:\/\/\S+\/setup#\S+/.exec(output)?.[0] ?? '';
  return {
    url,
    setupLink,
    dataDir,
    output: () => output,
    async stop() {
      const ended = new Promise((done) => product.once('exit', done));
      product.kill('SIGTERM');
      await ended;
      endTrainings(dataDir);
      await untilNothingIsLeft(dataDir);
      if (env['LEDGER_DATA_DIR'] === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-e2e-'));
  // As root the database runs as another account, which must be able to enter.
  chmodSync(folder, 0o711);
  return folder;
}

function said(product: ChildProcess, isSaid: () => boolean, output: () => string): Promise<void> {
  return new Promise((done, fail) => {
    const look = (): void => {
      if (!isSaid()) return;
      clearInterval(timer);
      done();
    };
    const timer = setInterval(look, 50);
    product.once('exit', (code) => {
      clearInterval(timer);
      fail(new Error(`the product ended with ${code}:\n${output()}`));
    });
  });
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isReady } from '../api.js';
import type { Bench, Row } from '../bench.js';
import { freePort } from '../postgres.js';

/** P9: from the command to a ready product. The first start makes the database; the second, warm one counts. */
export const start: Row = async (bench) => {
  const dataDir = join(bench.folder, 'standalone');
  const program = isInstalledByStart(bench.root)
    ? ['apps/standalone/start.mjs']
    : [
        '--input-type=module',
        '-e',
        `const { runProduct } = await import('${bench.root}/apps/standalone/run-product.mjs'); await runProduct('${bench.root}', await import('node:child_process'));`,
      ];
  const cold = await untilReady(bench, program, dataDir);
  const warm = await untilReady(bench, program, dataDir);
  const how = program.length === 1 ? 'npm start' : 'start without the look for a stale installation';
  return [
    { row: 'P9', name: `${how}, fresh folder`, value: cold, unit: 's', better: 'lower' },
    { row: 'P9', name: `${how}, warm`, value: warm, unit: 's', better: 'lower', must: 5 },
  ];
};

/** `npm start` would install again when the installation is not its own; that would measure the network. */
function isInstalledByStart(root: string): boolean {
  const stamp = join(root, 'node_modules/.ledger-installed');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  return existsSync(stamp) && readFileSync(stamp, 'utf8').startsWith(lock);
}

async function untilReady({ root }: Bench, program: string[], dataDir: string): Promise<number> {
  const port = await freePort();
  const begin = performance.now();
  const child = spawn(process.execPath, program, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      DATABASE_URL: '',
      LEDGER_DATA_DIR: dataDir,
      LEDGER_PORT: String(port),
      LEDGER_LOCAL_SLOTS: '0',
      LEDGER_ADMIN_USERNAME: 'ada',
      LEDGER_ADMIN_PASSWORD: 'correct horse battery',
    },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let isRunning = true;
  void ended.then(() => {
    isRunning = false;
  });
  while (isRunning && !(await isReady(port))) await new Promise((resolve) => setTimeout(resolve, 20));
  const seconds = (performance.now() - begin) / 1000;
  if (!isRunning) throw new Error('the product ended before it was ready');
  child.kill('SIGTERM');
  await ended;
  return seconds;
}

import { createServer } from 'node:net';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startDatabase } from './database.mjs';

/**
 * Runs database and API until somebody says stop, and takes down what it started.
 * Trainings are processes of their own: they go on, and report when the product is back.
 */
export async function runProduct(root, { spawn }) {
  const host = process.env.LEDGER_HOST || '127.0.0.1';
  const port = Number(process.env.LEDGER_PORT || 3000);
  const dataDir = resolve(process.env.LEDGER_DATA_DIR || join(root, '.ledger'));
  if (port !== 0 && !(await isFree(host, port))) {
    fail(
      `Port ${port} is in use: LoRA Ledger may be running already at http://${host}:${port}. Otherwise choose another with LEDGER_PORT.`,
    );
  }
  let database;
  try {
    database = process.env.DATABASE_URL
      ? { url: process.env.DATABASE_URL, stop: async () => {} }
      : await startDatabase(join(dataDir, 'postgres'));
  } catch (error) {
    fail(`The embedded PostgreSQL could not be started: ${error instanceof Error ? error.message : error}`);
  }
  const uiDir = join(root, 'apps/admin/dist');
  const api = spawn(process.execPath, [join(root, 'apps/api/dist/main.js')], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      LEDGER_LOG_LEVEL: 'warn',
      ...process.env,
      NODE_ENV: process.env.NODE_ENV || 'production',
      DATABASE_URL: database.url,
      LEDGER_DATA_DIR: dataDir,
      ...(existsSync(uiDir) ? { LEDGER_UI_DIR: process.env.LEDGER_UI_DIR || uiDir } : {}),
    },
  });
  let isStopping = false;
  const stop = (signal) => {
    if (isStopping) return;
    isStopping = true;
    console.log('Stopping …');
    api.kill(signal === 'SIGINT' ? 'SIGTERM' : signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop('SIGTERM'));
  api.on('exit', async (code) => {
    await database.stop();
    process.exit(isStopping ? 0 : (code ?? 1));
  });
}

function isFree(host, port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

/**
 * `npm run backup [FILE]`, `npm run restore FILE`: the whole database in one file and back. A backup may be made while the product
 * runs; a restore wants a data folder (or database) that holds no ledger yet.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfStale, installIfNeeded } from './prepare.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const [verb, name] = process.argv.slice(2);
// npm runs scripts from the root of the repository; a file is named from where its person stands.
const here = process.env.INIT_CWD ?? process.cwd();
const dataDir = resolve(process.env.LEDGER_DATA_DIR || join(root, '.ledger'));

try {
  installIfNeeded(root);
  buildIfStale(root);
  process.exitCode = verb === 'restore' ? await restore() : await backUp();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function backUp() {
  const file =
    name === undefined
      ? join(dataDir, 'backups', `ledger-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.gz`)
      : resolve(here, name);
  if (!process.env.DATABASE_URL && !existsSync(join(dataDir, 'postgres')))
    throw new Error(`There is no ledger in ${dataDir}: name its folder in LEDGER_DATA_DIR, or its database in DATABASE_URL.`);
  return withDatabase((url) => run(url, file));
}

async function restore() {
  if (name === undefined) throw new Error('Say which file: npm run restore -- FILE');
  if (!process.env.DATABASE_URL && (await running()) !== null)
    throw new Error('LoRA Ledger is running on this data folder: stop it first, or name a new folder in LEDGER_DATA_DIR.');
  return withDatabase((url) => run(url, resolve(here, name)));
}

/** The database there is: named, running, or started for as long as this takes. */
async function withDatabase(work) {
  const known = process.env.DATABASE_URL || (await running());
  if (known) return work(known);
  const { startDatabase } = await import('./database.mjs');
  const { url, stop } = await startDatabase(join(dataDir, 'postgres'));
  try {
    return work(url);
  } finally {
    await stop();
  }
}

async function running() {
  const { runningDatabase } = await import('./database.mjs');
  return runningDatabase(join(dataDir, 'postgres'));
}

function run(url, file) {
  return (
    spawnSync(process.execPath, [join(root, 'apps/api/dist/backup/main.js'), verb, file], {
      stdio: 'inherit',
      env: { ...process.env, DATABASE_URL: url },
    }).status ?? 1
  );
}

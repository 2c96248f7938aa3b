import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { runningPort, startPostgres } from './postgres.mjs';

/**
 * The product's own database in one folder, made on first use and kept between starts. Durability stays on.
 *
 * @returns the address of the database, and `stop`
 */
export async function startDatabase(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const password = passwordIn(folder);
  const { port, stop } = await startPostgres({
    folder,
    user: 'ledger',
    password,
    flags: { shared_buffers: sharedBuffers(), max_connections: '100', wal_compression: 'on' },
  });
  await createDatabase(port, password);
  return { url: addressOf(password, port), stop };
}

/** The address of the database while the product runs; `null` when it does not. */
export function runningDatabase(folder) {
  const port = existsSync(join(folder, 'password')) ? runningPort(folder) : null;
  return port === null ? null : addressOf(passwordIn(folder), port);
}

function addressOf(password, port) {
  return `postgres://ledger:${password}@127.0.0.1:${port}/ledger`;
}

/**
 * An eighth of the memory, from 128 MB to 1 GB: statistics over a million tasks read a table of 200 MB, which PostgreSQL keeps only when it
 * is less than a quarter of this.
 */
function sharedBuffers() {
  return `${Math.round(Math.min(1024, Math.max(128, totalmem() / 2 ** 20 / 8)))}MB`;
}

/** The password stays beside the data: who can read the one can read the other. */
function passwordIn(folder) {
  const file = join(folder, 'password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

async function createDatabase(port, password) {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'ledger', password, database: 'postgres' });
  await client.connect();
  try {
    const { rowCount } = await client.query(`SELECT FROM pg_database WHERE datname = 'ledger'`);
    if (rowCount === 0) await client.query('CREATE DATABASE ledger');
  } finally {
    await client.end();
  }
}

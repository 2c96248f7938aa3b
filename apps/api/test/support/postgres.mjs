import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../../standalone/postgres.mjs';

/** One PostgreSQL for all suites of a run; every suite has a database of its own in it. */
export default async function startTestPostgres() {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-test-'));
  // As root the server runs as another account, which must be able to enter.
  chmodSync(folder, 0o711);
  const { port, stop } = await startPostgres({ folder, user: 'ledger', password: 'test', flags: { fsync: 'off', max_connections: '200' } });
  process.env.TEST_POSTGRES_URL = `postgres://ledger:test@127.0.0.1:${port}`;
  globalThis.stopTestPostgres = async () => {
    await stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { BACKUP_KIND, writeLine, writeTable, type BackupHeader } from './backup-file.js';
import { columnList, quoted, tablesOf } from './tables.js';

export interface BackedUp {
  file: string;
  /** Rows by table. */
  rows: Record<string, number>;
}

/**
 * Writes everything the database holds to one file, as of one moment, while the Ledger goes on. The file appears under its name
 * only when it is whole, readable by its owner only: hashes of passwords and tokens are in it.
 */
export async function backUp(databaseUrl: string, file: string): Promise<BackedUp> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'lora-ledger backup', options: '-c timezone=UTC' });
  await client.connect();
  const unfinished = `${file}.unfinished`;
  try {
    await mkdir(dirname(file), { recursive: true });
    const zip = createGzip({ level: 6 });
    const disk = zip.pipe(createWriteStream(unfinished, { mode: 0o600, flush: true }));
    const written = Promise.all([finished(zip), finished(disk)]);
    const rows = await Promise.race([
      writeAll(client, zip),
      written.then(() => {
        throw new Error('the file was closed too early');
      }),
    ]);
    zip.end();
    await written;
    await rename(unfinished, file);
    return { file, rows };
  } finally {
    await client.end();
    await rm(unfinished, { force: true });
  }
}

async function writeAll(client: Client, out: Writable): Promise<Record<string, number>> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  await writeLine(out, await headerOf(client));
  const counts: Record<string, number> = {};
  for (const head of await tablesOf(client)) {
    const rows = client.query(copyTo(`COPY (SELECT ${columnList(head)} FROM ${quoted(head.table)}) TO STDOUT`));
    await writeTable(out, head, rows);
    counts[head.table] = rows.rowCount;
  }
  await client.query('COMMIT');
  await writeLine(out, { end: true });
  return counts;
}

async function headerOf(client: Client): Promise<BackupHeader> {
  const {
    rows: [now],
  } = await client.query<{ at: Date }>('SELECT now() AS at');
  const { rows: migrations } = await client.query<{ name: string }>('SELECT name FROM migrations ORDER BY id');
  const { rows: partitions } = await client.query<BackupHeader['partitions'][number]>(
    `SELECT c.relname AS name, p.relname AS parent, pg_get_expr(c.relpartbound, c.oid) AS bound
     FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent
     WHERE c.relispartition AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname`,
  );
  const { rows: sequences } = await client.query<BackupHeader['sequences'][number]>(
    `SELECT sequencename AS name, last_value::text AS value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1`,
  );
  return {
    kind: BACKUP_KIND,
    version: 1,
    at: (now?.at ?? new Date()).toISOString(),
    migrations: migrations.map(({ name }) => name),
    partitions,
    sequences,
  };
}

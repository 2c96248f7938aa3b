import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../database/data-source.js';
import { migrate } from '../database/migrate.js';
import { MIGRATIONS } from '../database/migrations/index.js';
import { BACKUP_KIND, BackupError, BackupReader, type BackupHeader, type TableHead } from './backup-file.js';
import { columnList, quoted, tablesOf } from './tables.js';

export interface Restored {
  /** ISO-8601 UTC: the moment whose state this is. */
  at: string;
  /** Rows by table. */
  rows: Record<string, number>;
}

/**
 * Puts a backup into a database that holds no ledger yet, all of it or nothing. The schema is that of the backup; the next start brings it up to date.
 * @throws BackupError when the file is damaged or newer than this program, or the database is not empty
 */
export async function restore(databaseUrl: string, file: string): Promise<Restored> {
  const unzipped = createGunzip();
  // What goes wrong on the way comes out of `unzipped`, where it is read.
  pipeline(createReadStream(file), unzipped).catch(() => undefined);
  const reader = new BackupReader(unzipped);
  const header = headerFrom(await reader.line());
  const client = new Client({ connectionString: databaseUrl, application_name: 'lora-ledger restore', options: '-c timezone=UTC' });
  await client.connect();
  try {
    await requireEmpty(client);
    await makeSchema(databaseUrl, header);
    await client.query('BEGIN');
    const rows = await readAll(client, reader, header);
    await client.query('COMMIT');
    await client.query('ANALYZE');
    return { at: header.at, rows };
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    await client.end();
  }
}

function headerFrom(line: Record<string, unknown>): BackupHeader {
  if (line['kind'] !== BACKUP_KIND) throw new BackupError('This is no backup of LoRA Ledger.');
  const header = line as unknown as BackupHeader;
  const unknown = header.version === 1 ? header.migrations.filter((name) => !MIGRATIONS.some((one) => one.name === name)) : ['version'];
  if (unknown.length > 0) throw new BackupError('The backup was made by a newer LoRA Ledger: restore it with that one.');
  return header;
}

/** A fresh database, or one that was started but never set up. */
async function requireEmpty(client: Client): Promise<void> {
  const {
    rows: [found],
  } = await client.query<{ ledger: boolean; api: boolean }>(
    `SELECT to_regclass('app_user') IS NOT NULL AS ledger, EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name IN ('lora-ledger', 'lora-ledger live')) AS api`,
  );
  if (found?.api === true) throw new BackupError('A LoRA Ledger is running on this database: stop it first.');
  if (found?.ledger !== true) return;
  const {
    rows: [used],
  } = await client.query<{ is: boolean }>('SELECT EXISTS (SELECT FROM app_user) OR EXISTS (SELECT FROM train_task) AS is');
  if (used?.is === true)
    throw new BackupError(
      'This database holds a ledger already. Restore into an empty one: a new LEDGER_DATA_DIR, or another DATABASE_URL.',
    );
  await client.query('DROP SCHEMA public CASCADE');
  await client.query('CREATE SCHEMA public');
}

async function makeSchema(databaseUrl: string, { migrations }: BackupHeader): Promise<void> {
  const options = {
    ...dataSourceOptions({ databaseUrl, databasePoolSize: 2 }),
    migrations: MIGRATIONS.filter(({ name }) => migrations.includes(name)),
  };
  const database = await new DataSource(options).initialize();
  try {
    await migrate(database);
  } finally {
    await database.destroy();
  }
}

async function readAll(client: Client, reader: BackupReader, { partitions, sequences }: BackupHeader): Promise<Record<string, number>> {
  const tables = await tablesOf(client);
  // The rows are as they were: what triggers derive from them is among them.
  for (const { table } of tables) await client.query(`ALTER TABLE ${quoted(table)} DISABLE TRIGGER USER`);
  await client.query(`TRUNCATE ${tables.map(({ table }) => quoted(table)).join(', ')} CASCADE`);
  for (const one of partitions) await addPartition(client, one);
  const counts: Record<string, number> = {};
  for (let head = await reader.line(); head['end'] !== true; head = await reader.line()) {
    const { table, columns } = head as unknown as TableHead;
    if (!tables.some((known) => known.table === table))
      throw new BackupError(`The backup holds a table that its schema does not have: ${table}.`);
    const rows = client.query(copyFrom(`COPY ${quoted(table)} (${columnList({ table, columns })}) FROM STDIN`));
    await pipeline(Readable.from(reader.rows(table), { objectMode: false }), rows);
    counts[table] = rows.rowCount;
  }
  for (const { name, value } of sequences) if (value !== null) await client.query('SELECT setval($1::regclass, $2)', [quoted(name), value]);
  for (const { table } of tables) await client.query(`ALTER TABLE ${quoted(table)} ENABLE TRIGGER USER`);
  return counts;
}

const BOUND = /^(DEFAULT|FOR VALUES FROM \('?-?\d+'?\) TO \('?-?\d+'?\))$/;

async function addPartition(client: Client, { name, parent, bound }: BackupHeader['partitions'][number]): Promise<void> {
  if (!BOUND.test(bound)) throw new BackupError(`The backup is damaged: ${name} is no partition of this schema.`);
  const {
    rows: [found],
  } = await client.query<{ is: boolean }>('SELECT to_regclass($1) IS NOT NULL AS is', [quoted(name)]);
  if (found?.is === true) return;
  await client.query(`CREATE TABLE ${quoted(name)} PARTITION OF ${quoted(parent)} ${bound}`);
}

import type { Client } from 'pg';

/**
 * Does `work` while `tables` have no indexes but those of their constraints, then makes the others again as they were:
 * to sort a million rows once is many times cheaper than to find the place of each.
 */
export async function withoutIndexes<T>(client: Client, tables: readonly string[], work: () => Promise<T>): Promise<T> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) || coalesce(
       (SELECT string_agg(format('; ALTER INDEX %s ALTER COLUMN %s SET STATISTICS %s', i.indexrelid::regclass, a.attnum, a.attstattarget), '') FROM pg_attribute a WHERE a.attrelid = i.indexrelid AND a.attstattarget >= 0), '') AS definition
     FROM pg_index i
     WHERE i.indrelid = ANY($1::regclass[]) AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)`,
    [tables],
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  try {
    return await work();
  } finally {
    await client.query(`SET maintenance_work_mem = '1GB'`);
    for (const { definition } of rows) await client.query(definition);
  }
}

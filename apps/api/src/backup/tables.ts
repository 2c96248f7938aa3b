import type { Client } from 'pg';
import type { TableHead } from './backup-file.js';

/** Of a moment, and of no use later: who is signed in, who has mistyped a password. After a restore everybody signs in again. */
const NOT_KEPT = ['session', 'sign_in_failure', 'migrations'];

/** Tables with their columns, each after those it refers to. Partitions come with their parent; what the database computes by itself is left out. */
export async function tablesOf(client: Client): Promise<TableHead[]> {
  const { rows } = await client.query<TableHead & { needs: string[] }>(
    `SELECT c.relname AS table,
       (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
       ARRAY(SELECT DISTINCT f.confrelid::regclass::text FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid) AS needs
     FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND NOT c.relname = ANY($1) ORDER BY c.relname`,
    [NOT_KEPT],
  );
  const ordered: TableHead[] = [];
  const waiting = new Map(rows.map((row) => [row.table, row]));
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter(({ needs }) => !needs.some((name) => waiting.has(name)));
    if (ready.length === 0) throw new Error(`tables refer to each other in a circle: ${[...waiting.keys()].join(', ')}`);
    for (const { table, columns } of ready) {
      ordered.push({ table, columns });
      waiting.delete(table);
    }
  }
  return ordered;
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function columnList({ columns }: TableHead): string {
  return columns.map(quoted).join(', ');
}

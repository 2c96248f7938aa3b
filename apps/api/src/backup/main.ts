import 'reflect-metadata';
import { resolve } from 'node:path';
import { backUp } from './back-up.js';
import { BackupError } from './backup-file.js';
import { restore } from './restore.js';

const USAGE = 'Usage: DATABASE_URL=postgres://… node apps/api/dist/backup/main.js backup|restore FILE';

/** The commands of an operator over any PostgreSQL; `npm run backup` and `npm run restore` find the database by themselves. */
async function main([verb, name]: string[], databaseUrl: string | undefined): Promise<string> {
  if (!databaseUrl || !name || (verb !== 'backup' && verb !== 'restore')) throw new BackupError(USAGE);
  const file = resolve(name);
  if (verb === 'backup') {
    const { rows } = await backUp(databaseUrl, file);
    return `Saved ${summary(rows)} to ${file}`;
  }
  const { at, rows } = await restore(databaseUrl, file);
  return `Restored ${summary(rows)}, as of ${at}. Everybody signs in anew.`;
}

function summary(rows: Record<string, number>): string {
  const total = Object.values(rows).reduce((sum, count) => sum + count, 0);
  return `${rows['train_task'] ?? 0} tasks, ${rows['metric_point'] ?? 0} points, ${total} rows in all`;
}

main(process.argv.slice(2), process.env['DATABASE_URL']).then(
  (sentence) => process.stdout.write(`${sentence}\n`),
  (error: unknown) => {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = 1;
  },
);

function explain(error: unknown): string {
  if (error instanceof BackupError) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ECONNREFUSED') return 'The database does not answer at DATABASE_URL.';
  if (code === 'ENOENT') return 'There is no such file.';
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

import { MigrationExecutor, type DataSource } from 'typeorm';

/** Any fixed number that nothing else in this database uses. */
const MIGRATION_LOCK = 7_301_225_001;

/**
 * Brings the schema up to date. Instances that start together wait for one another; the second finds nothing left to do.
 * All on one connection: rewriting a big table may take longer than an ordinary statement is allowed to.
 */
export async function migrate(database: DataSource): Promise<void> {
  const runner = database.createQueryRunner();
  await runner.connect();
  try {
    await runner.query('SET statement_timeout = 0');
    await runner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const executor = new MigrationExecutor(database, runner);
    executor.transaction = 'each';
    await executor.executePendingMigrations();
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await runner.query('RESET statement_timeout').catch(() => undefined);
    await runner.release();
  }
}

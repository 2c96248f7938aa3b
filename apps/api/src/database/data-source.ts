import type { DataSourceOptions } from 'typeorm';
import type { Config } from '../config.js';
import { ENTITIES } from './entities.js';
import { MIGRATIONS } from './migrations/index.js';
import { SnakeCase } from './naming.js';

/** One place that says how the database is reached; migrations run at start under an advisory lock (see `migrate.ts`). */
export function dataSourceOptions(config: Pick<Config, 'databaseUrl' | 'databasePoolSize'>): DataSourceOptions {
  return {
    type: 'postgres',
    url: config.databaseUrl,
    entities: ENTITIES,
    migrations: MIGRATIONS,
    migrationsTransactionMode: 'each',
    namingStrategy: new SnakeCase(),
    synchronize: false,
    migrationsRun: false,
    installExtensions: false,
    applicationName: 'lora-ledger',
    extra: {
      max: config.databasePoolSize,
      // Times without a zone are UTC, wherever the server stands.
      options: '-c timezone=UTC',
      // A question that takes this long is a mistake, and must not take the others down with it.
      statement_timeout: 30_000,
      idle_in_transaction_session_timeout: 60_000,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    },
  };
}

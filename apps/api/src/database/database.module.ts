import { Global, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { IdSource } from './id-source.js';
import { migrate } from './migrate.js';

/** Migrates before anything that needs a table is made: `MIGRATED` is what such a provider waits for. */
export const MIGRATED = Symbol('migrated');

@Global()
@Module({
  providers: [
    {
      provide: MIGRATED,
      inject: [DataSource],
      useFactory: async (database: DataSource) => {
        await migrate(database);
        return true;
      },
    },
    IdSource,
  ],
  exports: [MIGRATED, IdSource],
})
export class DatabaseModule {}

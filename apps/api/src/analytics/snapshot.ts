import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

/** Reads one row type from one statement. */
export type Read = <Row>(sql: string, parameters: unknown[]) => Promise<Row[]>;

/**
 * Several statements over one state of the database, so that the numbers of an answer agree with one another.
 * Compiling a statement takes longer than these run, so PostgreSQL is told not to; to share the work among processes pays.
 */
@Injectable()
export class Snapshot {
  constructor(private readonly database: DataSource) {}

  async read<Answer>(work: (read: Read) => Promise<Answer>): Promise<Answer> {
    return this.database.transaction('REPEATABLE READ', async (manager: EntityManager) => {
      await manager.query(
        'SET TRANSACTION READ ONLY; SET LOCAL jit = off; SET LOCAL parallel_setup_cost = 100; SET LOCAL parallel_tuple_cost = 0.01',
      );
      return work(async <Row>(sql: string, parameters: unknown[]) => manager.query<Row[]>(sql, parameters));
    });
  }
}

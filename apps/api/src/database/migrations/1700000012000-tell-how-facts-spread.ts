import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Facts are only ever grouped by day or by bin. A planner that expects a million groups of them would not share the work among processes,
 * so it is told how many there are.
 */
export class TellHowFactsSpread1700000012000 implements MigrationInterface {
  name = 'TellHowFactsSpread1700000012000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE task_fact ALTER created_at SET (n_distinct = 10000), ALTER lasted SET (n_distinct = 500), ALTER waited SET (n_distinct = 500), ALTER learning_rate SET (n_distinct = 100)',
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Every order the list offers has an index on (column, id), so that any page of a million tasks costs what the first page of ten
 * costs; without one such a page sorts the whole table. `progress` has none on purpose: it changes with every report, and an index
 * on it would make each of those an insert into every other index. Both columns ascend, so that a backward scan serves the
 * descending order and an equality on the first column leaves "newest first".
 */
export class IndexEveryOrder1700000009000 implements MigrationInterface {
  name = 'IndexEveryOrder1700000009000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}

const STATEMENTS = [
  `CREATE INDEX train_task_by_name ON train_task (name, id)`,
  `CREATE INDEX train_task_by_end ON train_task (end_time, id)`,
  `CREATE INDEX train_task_by_duration ON train_task ((extract(epoch FROM end_time - start_time)::double precision), id)`,
  `CREATE INDEX train_task_by_best_loss ON train_task (best_loss, id)`,
  `CREATE INDEX train_task_by_cost ON train_task (cost, id)`,
  `CREATE INDEX train_task_by_alpha ON train_task (lora_alpha, id)`,
  `CREATE INDEX train_task_by_batch_size ON train_task (batch_size, id)`,
  `CREATE INDEX train_task_by_epochs ON train_task (epochs, id)`,
  `CREATE INDEX train_task_by_status ON train_task (status, id)`,
  `DROP INDEX train_task_status_newest`,
  `CREATE INDEX train_task_by_model_name ON train_task (model_name, id)`,
  `DROP INDEX train_task_by_model`,
  // Without enough of a sample the planner takes every document for rare, and sorts a third of the table for its first hundred rows.
  `ALTER TABLE train_task ALTER extra_params SET STATISTICS 1000`,
];

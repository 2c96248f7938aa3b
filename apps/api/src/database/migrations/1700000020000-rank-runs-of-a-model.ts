import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * "The best runs of this model" is asked more than any other order with a filter; without an index of its own the list walks the best runs of
 * all models. Tasks get their loss when they end, so that submitting one does not touch it.
 */
export class RankRunsOfAModel1700000020000 implements MigrationInterface {
  name = 'RankRunsOfAModel1700000020000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX train_task_model_loss ON train_task (model_name, final_loss, id) WHERE final_loss IS NOT NULL');
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is known of tasks that were entered from their weights; the same weights count once per person. */
export class RememberWeights1700000003000 implements MigrationInterface {
  name = 'RememberWeights1700000003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE train_task ADD COLUMN weights_hash text, ADD COLUMN recovered jsonb');
    await runner.query(
      'CREATE UNIQUE INDEX train_task_weights_once ON train_task (create_user, weights_hash) WHERE weights_hash IS NOT NULL AND deleted_at IS NULL',
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}

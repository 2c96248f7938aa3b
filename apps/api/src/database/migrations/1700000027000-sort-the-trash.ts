import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The trash begins with what was thrown away last. That order of everybody's has an index already; without one of their own somebody with ten tasks in it
 * waits until those of all others are read. It holds the trash alone, so that submitting a task does not touch it.
 */
export class SortTheTrash1700000027000 implements MigrationInterface {
  name = 'SortTheTrash1700000027000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX train_task_own_trash ON train_task (create_user, deleted_at DESC, id DESC) WHERE deleted_at IS NOT NULL',
    );
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}

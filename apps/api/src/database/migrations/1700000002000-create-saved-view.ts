import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Named addresses of pages. Names need not be unique: two people may both have "failed runs". */
export class CreateSavedView1700000002000 implements MigrationInterface {
  name = 'CreateSavedView1700000002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE saved_view (
      id bigint PRIMARY KEY,
      user_id bigint NOT NULL REFERENCES app_user,
      name text NOT NULL,
      page text NOT NULL,
      query text NOT NULL,
      audience text NOT NULL CHECK (audience IN ('mine', 'everyone')),
      created_at timestamptz(3) NOT NULL DEFAULT now(),
      deleted_at timestamptz(3)
    )`);
    await runner.query('CREATE INDEX saved_view_of_user ON saved_view (user_id) WHERE deleted_at IS NULL');
    await runner.query(`CREATE INDEX saved_view_for_everyone ON saved_view (name) WHERE audience = 'everyone' AND deleted_at IS NULL`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}

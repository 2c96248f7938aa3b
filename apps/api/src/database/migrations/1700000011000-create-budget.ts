import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a person or a model may cost in a calendar month. */
export class CreateBudget1700000011000 implements MigrationInterface {
  name = 'CreateBudget1700000011000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}

const STATEMENTS = [
  `CREATE TABLE budget (
    id bigint PRIMARY KEY,
    user_id bigint REFERENCES app_user,
    model_name text,
    monthly double precision NOT NULL CHECK (monthly > 0),
    warn_at double precision NOT NULL CHECK (warn_at > 0 AND warn_at <= 1),
    updated_at timestamptz(3) NOT NULL DEFAULT now(),
    CHECK ((user_id IS NULL) <> (model_name IS NULL))
  )`,
  `CREATE UNIQUE INDEX budget_of_user ON budget (user_id) WHERE user_id IS NOT NULL`,
  `CREATE UNIQUE INDEX budget_of_model ON budget (model_name) WHERE model_name IS NOT NULL`,
];

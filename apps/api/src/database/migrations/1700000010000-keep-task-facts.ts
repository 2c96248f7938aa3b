import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A narrow twin of `train_task` for statistics: to count a million tasks, PostgreSQL reads 200 MB of it instead of gigabytes of
 * configurations and error texts. Columns that both have bear the same names, so that one filter serves both. Triggers keep it in the
 * transaction of every change, so it is never behind; columns that change with every report are not in it.
 */
export class KeepTaskFacts1700000010000 implements MigrationInterface {
  name = 'KeepTaskFacts1700000010000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}

/** In the order of the columns of the table: those of fixed width that are always there first, which PostgreSQL finds fastest. */
const SAME = [
  'id',
  'create_user',
  'created_at',
  'lora_rank',
  'batch_size',
  'lora_alpha',
  'learning_rate',
  'status',
  'model_name',
  'trainer',
  'epochs',
  'start_time',
  'end_time',
  'deleted_at',
  'final_loss',
  'gpu_seconds',
  'cost',
  'failure_reason',
  'gpu',
  'host',
];
const CHANGING = ['status', 'start_time', 'end_time', 'deleted_at', 'final_loss', 'gpu_seconds', 'cost', 'failure_reason', 'gpu', 'host'];
const ALL = [...SAME, 'waited', 'lasted', 'steps'];

const facts = (row: string): string =>
  [
    ...SAME.map((column) => `${row}.${column}`),
    `extract(epoch FROM ${row}.start_time - ${row}.created_at)`,
    `extract(epoch FROM ${row}.end_time - ${row}.start_time)`,
    `CASE WHEN ${row}.end_time IS NOT NULL THEN ${row}.current_step END`,
  ].join(', ');

const STATEMENTS = [
  `CREATE TABLE task_fact (
    id bigint PRIMARY KEY,
    create_user bigint NOT NULL,
    created_at timestamptz(3) NOT NULL,
    lora_rank integer NOT NULL,
    batch_size integer NOT NULL,
    lora_alpha double precision NOT NULL,
    learning_rate double precision NOT NULL,
    status text COLLATE "C" NOT NULL,
    model_name text COLLATE "C" NOT NULL,
    trainer text COLLATE "C" NOT NULL,
    epochs double precision,
    start_time timestamptz(3),
    end_time timestamptz(3),
    deleted_at timestamptz(3),
    final_loss double precision,
    gpu_seconds double precision,
    cost double precision,
    failure_reason text COLLATE "C",
    gpu text COLLATE "C",
    host text COLLATE "C",
    waited real,
    lasted real,
    steps bigint
  ) WITH (fillfactor = 85)`,
  `INSERT INTO task_fact (${ALL.join(', ')}) SELECT ${facts('t')} FROM train_task t ORDER BY t.id`,
  `CREATE INDEX task_fact_of_user ON task_fact (create_user, id)`,
  `CREATE INDEX task_fact_of_model ON task_fact (model_name, id)`,
  `CREATE INDEX task_fact_failed ON task_fact (id) WHERE status = 'FAILED'`,
  `CREATE INDEX task_fact_by_time ON task_fact USING brin (created_at) WITH (pages_per_range = 32)`,
  // Counts changes, so that whoever remembers an answer can tell whether it still holds. Sequences are outside transactions: nobody waits.
  `CREATE SEQUENCE task_fact_version`,
  `CREATE FUNCTION keep_task_fact() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM nextval('task_fact_version');
      IF TG_OP = 'DELETE' THEN
        DELETE FROM task_fact WHERE id = OLD.id;
      ELSE
        INSERT INTO task_fact AS f (${ALL.join(', ')}) VALUES (${facts('NEW')})
        ON CONFLICT (id) DO UPDATE SET ${[...CHANGING, 'waited', 'lasted', 'steps'].map((column) => `${column} = excluded.${column}`).join(', ')};
      END IF;
      RETURN NULL;
    END $$`,
  `CREATE TRIGGER train_task_fact_made AFTER INSERT OR DELETE ON train_task FOR EACH ROW EXECUTE FUNCTION keep_task_fact()`,
  `CREATE FUNCTION count_share_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM nextval('task_fact_version');
      RETURN NULL;
    END $$`,
  `CREATE TRIGGER task_share_counted AFTER INSERT OR UPDATE OR DELETE ON task_share FOR EACH STATEMENT EXECUTE FUNCTION count_share_change()`,
  `CREATE TRIGGER train_task_fact_changed AFTER UPDATE OF ${CHANGING.join(', ')} ON train_task FOR EACH ROW EXECUTE FUNCTION keep_task_fact()`,
];

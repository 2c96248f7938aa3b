import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The ledger itself. Indexes are named after the question they answer.
 * Columns that change with every report (progress, last_seen_at, last_loss …) stand in no index, so that these updates stay heap-only.
 */
export class CreateLedger1700000000000 implements MigrationInterface {
  name = 'CreateLedger1700000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}

const STATEMENTS = [
  `CREATE EXTENSION IF NOT EXISTS pg_trgm`,
  `CREATE TABLE snowflake_node (
    node smallint PRIMARY KEY,
    holder uuid,
    leased_until timestamptz NOT NULL
  )`,
  `CREATE TABLE app_user (
    id bigint PRIMARY KEY,
    username text NOT NULL,
    display_name text,
    email text,
    role text NOT NULL CHECK (role IN ('member', 'admin')),
    password_hash text,
    disabled boolean NOT NULL DEFAULT false,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    last_login_at timestamptz(3),
    deleted_at timestamptz(3)
  )`,
  `CREATE UNIQUE INDEX app_user_live_username ON app_user (lower(username)) WHERE deleted_at IS NULL`,
  `CREATE TABLE train_task (
    id bigint PRIMARY KEY,
    task_id uuid NOT NULL,
    create_user bigint NOT NULL REFERENCES app_user,
    name text NOT NULL,
    description text,
    tags text[] NOT NULL DEFAULT '{}',
    note text,
    trainer text NOT NULL,
    model_name text NOT NULL,
    model_path text,
    lora_rank integer NOT NULL,
    lora_alpha double precision NOT NULL,
    learning_rate double precision NOT NULL,
    batch_size integer NOT NULL,
    epochs double precision,
    max_steps integer,
    seed bigint,
    train_data_dir text NOT NULL,
    metadata_path text,
    output_path text,
    incremental boolean NOT NULL DEFAULT false,
    resume_from text,
    extra_params jsonb NOT NULL DEFAULT '{}',
    config_source text,
    config_format text,
    config_file_name text,
    fingerprint text NOT NULL,
    family_id uuid NOT NULL,
    attempt integer NOT NULL DEFAULT 1,
    cloned_from uuid,
    status text NOT NULL DEFAULT 'PENDING' CHECK (status IN ('PENDING', 'RUNNING', 'SUCCESS', 'FAILED', 'CANCELLED')),
    failure_reason text,
    error_message text,
    exit_code bigint,
    exit_signal text,
    progress double precision,
    current_epoch double precision,
    current_step bigint,
    total_steps bigint,
    last_loss double precision,
    final_loss double precision,
    best_loss double precision,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    start_time timestamptz(3),
    end_time timestamptz(3),
    last_seen_at timestamptz(3),
    host text,
    gpu text,
    pid bigint,
    environment jsonb,
    gpu_seconds double precision,
    cost_per_hour double precision,
    cost double precision,
    output text,
    log_path text,
    deleted_at timestamptz(3),
    archived_at timestamptz(3),
    version integer NOT NULL DEFAULT 1
  ) WITH (fillfactor = 80)`,
  `CREATE UNIQUE INDEX train_task_by_task_id ON train_task (task_id)`,
  `CREATE UNIQUE INDEX train_task_attempt_once ON train_task (family_id, attempt)`,
  `CREATE INDEX train_task_owner_status_started ON train_task (create_user, status, start_time DESC)`,
  `CREATE INDEX train_task_owner_newest ON train_task (create_user, id DESC)`,
  `CREATE INDEX train_task_status_newest ON train_task (status, id DESC)`,
  `CREATE INDEX train_task_waiting ON train_task (id) WHERE status = 'PENDING' AND deleted_at IS NULL`,
  `CREATE INDEX train_task_running ON train_task (id) WHERE status = 'RUNNING'`,
  `CREATE INDEX train_task_trash ON train_task (deleted_at DESC, id DESC) WHERE deleted_at IS NOT NULL`,
  `CREATE INDEX train_task_by_start ON train_task (start_time, id)`,
  `CREATE INDEX train_task_by_final_loss ON train_task (final_loss, id)`,
  `CREATE INDEX train_task_by_rank ON train_task (lora_rank, id)`,
  `CREATE INDEX train_task_by_learning_rate ON train_task (learning_rate, id)`,
  `CREATE INDEX train_task_by_model ON train_task (model_name, id DESC)`,
  `CREATE INDEX train_task_same_experiment ON train_task (fingerprint)`,
  `CREATE INDEX train_task_clones ON train_task (cloned_from) WHERE cloned_from IS NOT NULL`,
  `CREATE INDEX train_task_extra ON train_task USING gin (extra_params jsonb_path_ops)`,
  `CREATE INDEX train_task_tags ON train_task USING gin (tags)`,
  `CREATE INDEX train_task_words ON train_task
    USING gin ((name || ' ' || model_name || ' ' || coalesce(left(error_message, 2000), '')) gin_trgm_ops)`,
  `CREATE TABLE task_event (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    train_task_id bigint NOT NULL REFERENCES train_task,
    at timestamptz(3) NOT NULL DEFAULT now(),
    type text NOT NULL,
    actor text NOT NULL,
    actor_id bigint,
    from_status text,
    to_status text,
    why text
  )`,
  `CREATE INDEX task_event_history ON task_event (train_task_id, id)`,
  `CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$`,
  `CREATE TRIGGER task_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON task_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
  `CREATE TABLE task_token (
    token_hash bytea PRIMARY KEY,
    train_task_id bigint NOT NULL REFERENCES train_task,
    created_at timestamptz(3) NOT NULL DEFAULT now()
  )`,
  `CREATE INDEX task_token_of_task ON task_token (train_task_id)`,
  `CREATE TABLE launch (
    train_task_id bigint PRIMARY KEY REFERENCES train_task,
    launcher text NOT NULL,
    claimed_by text NOT NULL,
    claimed_at timestamptz(3) NOT NULL DEFAULT now(),
    worker_pid integer,
    worker_started text,
    tries integer NOT NULL DEFAULT 1,
    ended_at timestamptz(3)
  )`,
  `CREATE INDEX launch_open ON launch (claimed_by) WHERE ended_at IS NULL`,
  `CREATE TABLE idempotency_key (
    user_id bigint NOT NULL REFERENCES app_user,
    key text NOT NULL,
    body_hash bytea NOT NULL,
    train_task_id bigint NOT NULL REFERENCES train_task DEFERRABLE INITIALLY DEFERRED,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    PRIMARY KEY (user_id, key)
  )`,
  `CREATE TABLE output_file (
    train_task_id bigint NOT NULL REFERENCES train_task,
    path text NOT NULL,
    size bigint NOT NULL,
    sha256 text NOT NULL,
    PRIMARY KEY (train_task_id, path)
  )`,
  `CREATE TABLE task_log (
    train_task_id bigint NOT NULL,
    start_offset bigint NOT NULL,
    body bytea NOT NULL,
    PRIMARY KEY (train_task_id, start_offset)
  )`,
  `CREATE TABLE metric_point (
    train_task_id bigint NOT NULL,
    step bigint NOT NULL,
    value double precision NOT NULL,
    at timestamptz(3) NOT NULL,
    epoch real,
    key text COLLATE "C" NOT NULL,
    PRIMARY KEY (train_task_id, key, step)
  ) PARTITION BY RANGE (train_task_id)`,
  `CREATE TABLE metric_point_rest PARTITION OF metric_point DEFAULT`,
  `CREATE TABLE metric_summary (
    train_task_id bigint NOT NULL,
    key text COLLATE "C" NOT NULL,
    first_step bigint NOT NULL,
    first_value double precision NOT NULL,
    last_step bigint NOT NULL,
    last_value double precision NOT NULL,
    min_value double precision,
    max_value double precision,
    count bigint NOT NULL,
    PRIMARY KEY (train_task_id, key)
  ) WITH (fillfactor = 70)`,
];

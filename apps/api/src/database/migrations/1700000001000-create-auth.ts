import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Sessions, tokens, sharing, throttling and the audit log. Secrets are kept as SHA-256 only. */
export class CreateAuth1700000001000 implements MigrationInterface {
  name = 'CreateAuth1700000001000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}

const STATEMENTS = [
  `ALTER TABLE app_user ADD COLUMN sso_subject text`,
  `CREATE UNIQUE INDEX app_user_live_sso_subject ON app_user (sso_subject) WHERE deleted_at IS NULL`,
  `CREATE TABLE setting (
    name text PRIMARY KEY,
    value text NOT NULL
  )`,
  `CREATE TABLE session (
    id uuid PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES app_user,
    token_hash bytea NOT NULL UNIQUE,
    access_hash bytea NOT NULL UNIQUE,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    last_seen_at timestamptz(3) NOT NULL DEFAULT now(),
    expires_at timestamptz(3) NOT NULL,
    address text,
    user_agent text
  )`,
  `CREATE INDEX session_of_user ON session (user_id, created_at DESC)`,
  `CREATE TABLE api_token (
    id bigint PRIMARY KEY,
    user_id bigint NOT NULL REFERENCES app_user,
    name text NOT NULL,
    token_hash bytea NOT NULL UNIQUE,
    prefix text NOT NULL,
    scopes text[] NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT now(),
    expires_at timestamptz(3),
    last_used_at timestamptz(3),
    deleted_at timestamptz(3)
  )`,
  `CREATE INDEX api_token_of_user ON api_token (user_id, id DESC) WHERE deleted_at IS NULL`,
  `CREATE TABLE sign_in_failure (
    key bytea PRIMARY KEY,
    failures integer NOT NULL,
    window_ends timestamptz(3) NOT NULL
  )`,
  `CREATE TABLE task_share (
    train_task_id bigint NOT NULL REFERENCES train_task,
    user_id bigint REFERENCES app_user,
    created_by bigint NOT NULL REFERENCES app_user,
    created_at timestamptz(3) NOT NULL DEFAULT now()
  )`,
  // No user: everyone signed in. Zero is no snowflake, so it can stand for "everyone" in the key.
  `CREATE UNIQUE INDEX task_share_once ON task_share (train_task_id, coalesce(user_id, 0))`,
  `CREATE INDEX task_share_with_user ON task_share (coalesce(user_id, 0), train_task_id)`,
  `CREATE TABLE audit_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
    actor_id bigint,
    actor text NOT NULL,
    via text NOT NULL,
    action text NOT NULL,
    subject_type text NOT NULL,
    subject_id text,
    subject text,
    changes jsonb,
    address text,
    request_id text
  )`,
  `CREATE INDEX audit_log_by_actor ON audit_log (actor, id DESC)`,
  `CREATE INDEX audit_log_by_action ON audit_log (action, id DESC)`,
  `CREATE INDEX audit_log_by_subject ON audit_log (subject_id, id DESC)`,
  `CREATE INDEX audit_log_by_time ON audit_log (at)`,
  `CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`,
];

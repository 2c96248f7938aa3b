import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Points lie in a partition per month of their task, so that the index a report touches is the one of this month, however long the
 * history, and forgetting old points is dropping a table. What no month claims stays in the default partition.
 */
export class PartitionMetricPoints1700000006000 implements MigrationInterface {
  name = 'PartitionMetricPoints1700000006000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Migrations go forward only: restore a backup to go back.');
  }
}

const STATEMENTS = [
  // The same arithmetic as firstSnowflakeAt in snowflake.ts: milliseconds since 2025 stand above 22 bits of node and sequence.
  `CREATE FUNCTION first_snowflake_at(moment timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT AS
    $$ SELECT greatest(0, floor(extract(epoch FROM moment) * 1000)::bigint - 1735689600000) << 22 $$`,
  // Two instances may add the same month at once: the lock lets the second find it there.
  `CREATE FUNCTION add_metric_partition(day date) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
      month timestamp := date_trunc('month', day::timestamp);
      partition text := 'metric_point_' || to_char(month, 'YYYY_MM');
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtextextended('metric_point partitions', 0));
      IF to_regclass(partition) IS NULL AND month + interval '1 month' > '2025-01-01' THEN
        EXECUTE format('CREATE TABLE %I PARTITION OF metric_point FOR VALUES FROM (%s) TO (%s)', partition,
          first_snowflake_at(month AT TIME ZONE 'UTC'), first_snowflake_at((month + interval '1 month') AT TIME ZONE 'UTC'));
      END IF;
    END $$`,
  `ALTER TABLE metric_point DETACH PARTITION metric_point_rest`,
  `SELECT add_metric_partition(month::date) FROM generate_series(
    coalesce((SELECT min(created_at) FROM train_task), now()) AT TIME ZONE 'UTC', (now() + interval '2 months') AT TIME ZONE 'UTC', '1 month') AS month`,
  `SELECT add_metric_partition(((now() + interval '2 months') AT TIME ZONE 'UTC')::date)`,
  `CREATE TABLE metric_point_unclaimed PARTITION OF metric_point DEFAULT`,
  `INSERT INTO metric_point SELECT * FROM metric_point_rest`,
  `DROP TABLE metric_point_rest`,
  // Long curves in short: of each stretch of `width` steps its lowest and highest point and its first without a finite value.
  `CREATE TABLE metric_stretch (
    train_task_id bigint NOT NULL,
    width bigint NOT NULL,
    stretch bigint NOT NULL,
    points integer NOT NULL,
    low_step bigint,
    low_value double precision,
    high_step bigint,
    high_value double precision,
    odd_step bigint,
    key text COLLATE "C" NOT NULL,
    PRIMARY KEY (train_task_id, key, width, stretch)
  )`,
];

import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { DataSource } from 'typeorm';
import { CONFIG } from '../config.module.js';
import type { Config } from '../config.js';

const DAY_MS = 86_400_000;
const MONTHS_AHEAD = 2;

/**
 * Makes the partitions of the months to come ahead of time, so that no report waits for one, and drops those whose points are to be
 * kept no longer. What the summaries say of a task stays; only its curves go. Several instances may do this at once.
 */
@Injectable()
export class PointUpkeep implements OnApplicationBootstrap {
  private readonly logger = new Logger(PointUpkeep.name);

  constructor(
    private readonly database: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.keepUp();
  }

  @Interval(DAY_MS)
  async keepUp(): Promise<void> {
    try {
      await this.database.query(
        `SELECT add_metric_partition(((now() AT TIME ZONE 'UTC') + n * interval '1 month')::date) FROM generate_series(0, $1::int) n`,
        [MONTHS_AHEAD],
      );
      if (this.config.keepPointsMonths > 0) await this.forgetBefore(this.config.keepPointsMonths);
    } catch (error) {
      // Points of a month without a partition go to the default one: nothing is lost, it is only slower to forget.
      this.logger.warn({ err: error }, 'the partitions of metric points could not be kept up');
    }
  }

  /** Whole months only: a partition goes when its youngest task is older than `months`. Dropping it takes milliseconds, whatever it holds. */
  private async forgetBefore(months: number): Promise<void> {
    const partitions: { name: string }[] = await this.database.query(
      `SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
       WHERE i.inhparent = 'metric_point'::regclass AND c.relname ~ '^metric_point_\\d{4}_\\d{2}$'
         AND to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month' <= date_trunc('month', now() AT TIME ZONE 'UTC') - make_interval(months => $1 - 1) ORDER BY 1`,
      [months],
    );
    for (const { name } of partitions) {
      // The pattern above leaves only digits behind a fixed name, so it needs no quoting.
      await this.database.query(`DROP TABLE IF EXISTS ${name}`);
      await this.database.query(
        `DELETE FROM metric_stretch WHERE train_task_id < first_snowflake_at((to_date(right($1, 7), 'YYYY_MM') + interval '1 month') AT TIME ZONE 'UTC')`,
        [name],
      );
      this.logger.log(`dropped ${name}: its points are older than ${months} months`);
    }
  }
}

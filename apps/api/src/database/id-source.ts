import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Problem } from '../problem.js';
import { NODE_COUNT, SnowflakeGenerator } from './snowflake.js';

const LEASE_SECONDS = 60;
const RENEW_SECONDS = 20;
/** Two instances that start together may reach for the same node; the one that comes second reaches again. */
const TRIES = 10;

interface Lease {
  node: number;
  /** Until when a former holder may have made ids. */
  former: Date | null;
}

/**
 * Ids for new rows. The node part is leased from the database, so that any number of instances never share one;
 * when the lease cannot be renewed in time, no ids are given out until there is a new one.
 */
@Injectable()
export class IdSource implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(IdSource.name);
  private readonly holder = randomUUID();
  private generator: SnowflakeGenerator | undefined;
  private node = -1;
  /** By this process's monotonic clock, and a margin earlier than the database thinks. */
  private validUntil = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly database: DataSource) {}

  async onModuleInit(): Promise<void> {
    await this.acquire();
    this.timer = setInterval(() => void this.renew(), RENEW_SECONDS * 1000);
    this.timer.unref();
  }

  /** @throws Problem UNAVAILABLE while no node is leased */
  next(): string {
    if (this.generator === undefined || performance.now() > this.validUntil) {
      throw new Problem('UNAVAILABLE', 'The database has been out of reach for too long to hand out ids. Try again in a moment.', {
        retryAfterSeconds: 2,
      });
    }
    return this.generator.next();
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    // The lease itself runs out in its own time: with a clock that is ahead, this process may have made ids of the coming seconds.
    await this.database
      .query('UPDATE snowflake_node SET holder = NULL WHERE node = $1 AND holder = $2', [this.node, this.holder])
      .catch(() => undefined);
  }

  private async renew(): Promise<void> {
    const asked = performance.now();
    try {
      const [rows]: [unknown[], number] = await this.database.query(
        'UPDATE snowflake_node SET leased_until = now() + make_interval(secs => $3) WHERE node = $1 AND holder = $2 AND leased_until > now() RETURNING node',
        [this.node, this.holder, LEASE_SECONDS],
      );
      if (rows.length > 0) this.extend(asked);
      else await this.acquire();
    } catch (error) {
      this.logger.warn({ err: error }, 'the id lease could not be renewed');
    }
  }

  private async acquire(): Promise<void> {
    const asked = performance.now();
    const lease = await this.lease(TRIES);
    this.node = lease.node;
    this.generator = new SnowflakeGenerator(lease.node, lease.former?.getTime() ?? 0);
    this.extend(asked);
  }

  private async lease(tries: number): Promise<Lease> {
    const [lease]: Lease[] = await this.database.query(ACQUIRE, [this.holder, LEASE_SECONDS, NODE_COUNT]);
    if (lease !== undefined) return lease;
    if (tries <= 1) throw new Error(`all ${NODE_COUNT} id nodes are leased`);
    return this.lease(tries - 1);
  }

  private extend(asked: number): void {
    this.validUntil = asked + (LEASE_SECONDS - 5) * 1000;
  }
}

/** Takes a node whose lease has run out, else the lowest unused one. Two instances that race meet at the row lock or the primary key. */
const ACQUIRE = `
  WITH expired AS (
    SELECT node, leased_until FROM snowflake_node WHERE leased_until < now() ORDER BY node LIMIT 1 FOR UPDATE SKIP LOCKED
  ), taken AS (
    UPDATE snowflake_node s SET holder = $1, leased_until = now() + make_interval(secs => $2)
    FROM expired WHERE s.node = expired.node RETURNING s.node, expired.leased_until AS former
  ), fresh AS (
    INSERT INTO snowflake_node (node, holder, leased_until)
    SELECT n, $1, now() + make_interval(secs => $2)
    FROM generate_series(0, $3::int - 1) n
    WHERE NOT EXISTS (SELECT FROM taken) AND NOT EXISTS (SELECT FROM snowflake_node s WHERE s.node = n)
    ORDER BY random() LIMIT 1
    ON CONFLICT DO NOTHING
    RETURNING node, NULL::timestamptz AS former
  )
  SELECT * FROM taken UNION ALL SELECT * FROM fresh`;

/** 2025-01-01T00:00:00Z: ids of this product begin to count here. */
export const SNOWFLAKE_EPOCH = Date.UTC(2025, 0, 1);
export const NODE_COUNT = 1024;
const NODE_BITS = 10n;
const SEQUENCE_BITS = 12n;
const SEQUENCE_MASK = 0xfff;

/** Milliseconds that 41 bits can count: until September 2094. */
const MOST_TIME = 2 ** 41 - 1;

/** The lowest id that a task created at or after `time` (milliseconds since 1970) can have; times without ids give the nearest one. */
export function firstSnowflakeAt(time: number): bigint {
  return BigInt(Math.min(MOST_TIME, Math.max(0, time - SNOWFLAKE_EPOCH))) << (NODE_BITS + SEQUENCE_BITS);
}

/**
 * 64-bit ids that sort by time: 41 bits of milliseconds, 10 of node, 12 of sequence. Unique as long as no two generators
 * share a node at the same time, which the node lease sees to. A clock set back does not repeat ids: time never runs back here.
 */
export class SnowflakeGenerator {
  private lastTime: number;
  private sequence = 0;

  /** @param notBefore milliseconds since 1970 up to which a former holder of the node may have made ids */
  constructor(
    private readonly node: number,
    notBefore = 0,
    private readonly now: () => number = Date.now,
  ) {
    this.lastTime = notBefore;
  }

  next(): string {
    const time = Math.max(this.now(), this.lastTime);
    if (time === this.lastTime) {
      this.sequence = (this.sequence + 1) & SEQUENCE_MASK;
      // 4096 ids in one millisecond: borrow from the next one rather than wait for it.
      this.lastTime = this.sequence === 0 ? time + 1 : time;
    } else {
      this.sequence = 0;
      this.lastTime = time;
    }
    return String(firstSnowflakeAt(this.lastTime) | (BigInt(this.node) << SEQUENCE_BITS) | BigInt(this.sequence));
  }
}

import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** The first bytes of PostgreSQL's binary COPY format: signature, flags, no header extension. */
const HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const BUFFER_BYTES = 1 << 19;
/** PostgreSQL counts microseconds from 2000-01-01. */
const POSTGRES_EPOCH_MS = 946_684_800_000;
const HIGH = 4_294_967_296;

/** Writes rows of `metric_point` by binary COPY: at a hundred million rows, making text of them is what takes the time. */
export class PointCopy {
  private bytes = Buffer.allocUnsafe(BUFFER_BYTES);
  private used = 0;
  private rowHead = Buffer.alloc(0);

  private constructor(private readonly stream: NodeJS.WritableStream) {}

  /** @param table `metric_point` or a table of the same columns */
  static into(client: Client, table = 'metric_point'): PointCopy {
    const copy = new PointCopy(
      client.query(copyFrom(`COPY ${table} (train_task_id, key, step, value, at, epoch) FROM STDIN (FORMAT binary)`)),
    );
    copy.used = HEADER.copy(copy.bytes);
    return copy;
  }

  /** The curve that the next points belong to. */
  curve(trainTaskId: bigint, key: string): void {
    const name = Buffer.from(key, 'utf8');
    const head = Buffer.alloc(2 + 4 + 8 + 4 + name.length);
    head.writeInt16BE(6, 0);
    head.writeInt32BE(8, 2);
    head.writeBigInt64BE(trainTaskId, 6);
    head.writeInt32BE(name.length, 14);
    name.copy(head, 18);
    this.rowHead = head;
  }

  /** @param at milliseconds since 1970 @returns whether to wait for {@link drain} before the next point */
  point(step: number, value: number, at: number, epoch: number): boolean {
    const bytes = this.bytes;
    let to = this.used;
    to += this.rowHead.copy(bytes, to);
    to = bytes.writeInt32BE(8, to);
    to = bytes.writeUInt32BE(Math.floor(step / HIGH), to);
    to = bytes.writeUInt32BE(step % HIGH, to);
    to = bytes.writeInt32BE(8, to);
    to = bytes.writeDoubleBE(value, to);
    const micros = (at - POSTGRES_EPOCH_MS) * 1000;
    to = bytes.writeInt32BE(8, to);
    to = bytes.writeUInt32BE(Math.floor(micros / HIGH), to);
    to = bytes.writeUInt32BE(micros % HIGH, to);
    to = bytes.writeInt32BE(4, to);
    this.used = bytes.writeFloatBE(epoch, to);
    return this.used > BUFFER_BYTES - 1024;
  }

  async drain(): Promise<void> {
    const full = this.bytes.subarray(0, this.used);
    this.bytes = Buffer.allocUnsafe(BUFFER_BYTES);
    this.used = 0;
    if (!this.stream.write(full)) await once(this.stream, 'drain');
  }

  async end(): Promise<void> {
    this.used = this.bytes.writeInt16BE(-1, this.used);
    await this.drain();
    this.stream.end();
    await finished(this.stream);
  }
}

import type { PendingReport } from './report-group.js';

/** What follows here is one row after another in PostgreSQL's binary COPY format: column count, then each column's length and bytes. */
export const COPY_POINTS = 'COPY metric_point (train_task_id, step, value, at, epoch, key) FROM STDIN (FORMAT binary)';

/** Signature, flags, no header extension. */
const HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TRAILER_BYTES = 2;
/** A row without its key, every column there. */
const ROW_BYTES = 2 + 12 + 12 + 12 + 12 + 8 + 4;
/** PostgreSQL counts microseconds from 2000-01-01. */
const POSTGRES_EPOCH_MS = 946_684_800_000;
const HIGH = 2 ** 32;
const ABSENT = -1;

/**
 * The points of reports as COPY takes them. Twice as fast for PostgreSQL as arrays to unnest, and for us too: no number becomes text.
 *
 * @param now milliseconds since 1970: when points happened that do not say so
 */
export function copyOfPoints(reports: readonly PendingReport[], now: number): Buffer {
  const keys = new Map<string, Buffer>();
  const bytes = Buffer.allocUnsafe(HEADER.length + TRAILER_BYTES + reports.reduce((sum, { points }) => sum + sizeOf(points.keys, keys), 0));
  let to = HEADER.copy(bytes);
  for (const { id, points: { keys: names, steps, values, times, epochs } } of reports) {
    const task = BigInt(id);
    for (let index = 0; index < names.length; index += 1) {
      to = bytes.writeInt16BE(6, to);
      to = bytes.writeInt32BE(8, to);
      to = bytes.writeBigInt64BE(task, to);
      to = writeInteger(bytes, steps[index] ?? 0, to);
      to = bytes.writeInt32BE(8, to);
      to = bytes.writeDoubleBE(values[index] ?? NaN, to);
      to = writeInteger(bytes, Math.round(((times[index] ?? now) - POSTGRES_EPOCH_MS) * 1000), to);
      const epoch = epochs[index] ?? null;
      if (epoch === null) {
        to = bytes.writeInt32BE(ABSENT, to);
      } else {
        to = bytes.writeInt32BE(4, to);
        to = bytes.writeFloatBE(epoch, to);
      }
      const key = keys.get(names[index] ?? '') ?? HEADER;
      to = bytes.writeInt32BE(key.length, to);
      to += key.copy(bytes, to);
    }
  }
  return bytes.subarray(0, bytes.writeInt16BE(-1, to));
}

/** Bytes for one row per key at most; notes the bytes of each key in `keys`. */
function sizeOf(names: readonly string[], keys: Map<string, Buffer>): number {
  let size = names.length * ROW_BYTES;
  for (const name of names) {
    let key = keys.get(name);
    if (key === undefined) keys.set(name, key = Buffer.from(name, 'utf8'));
    size += key.length;
  }
  return size;
}

/** A whole number below 2^53 as 64 bits, in two halves: a BigInt for each would cost more than the rest of the row. */
function writeInteger(bytes: Buffer, value: number, at: number): number {
  const high = Math.floor(value / HIGH);
  let to = bytes.writeInt32BE(8, at);
  to = bytes.writeInt32BE(high, to);
  return bytes.writeUInt32BE(value - high * HIGH, to);
}

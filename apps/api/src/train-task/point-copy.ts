import type { PendingReport } from './report-group.js';

/** What follows here is one row after another in PostgreSQL's binary COPY format: column count, then each column's length and bytes. */
export const COPY_POINTS = 'COPY metric_point (train_task_id, step, value, at, epoch, key) FROM STDIN (FORMAT binary)';

/** Signature, flags, no header extension. */
const HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TRAILER_BYTES = 2;
/** Where the columns of a row begin, each after its length: count, then task, step, value, time, epoch. */
const [TASK, STEP, VALUE, TIME, EPOCH] = [6, 18, 30, 42, 54] as const;
/** A row without its key, every column there. */
const ROW_BYTES = EPOCH + 4 + 4;
/** PostgreSQL counts microseconds from 2000-01-01. */
const POSTGRES_EPOCH_MS = 946_684_800_000;
const HIGH = 2 ** 32;
const ABSENT = -1;

/**
 * The points of reports as COPY takes them. Twice as fast for PostgreSQL as arrays to unnest, and for us too: no number becomes text.
 * Written through a DataView, whose setters the compiler inlines, and with whatever is the same for all points worked out before.
 *
 * @param now milliseconds since 1970: when points happened that do not say so
 */
export function copyOfPoints(reports: readonly PendingReport[], now: number): Buffer {
  const keys = new Map<string, Buffer>();
  const bytes = Buffer.allocUnsafe(HEADER.length + TRAILER_BYTES + reports.reduce((sum, { points }) => sum + sizeOf(points.keys, keys), 0));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const present = microseconds(now);
  let at = HEADER.copy(bytes);
  for (const {
    id,
    points: { keys: names, steps, values, times, epochs },
  } of reports) {
    const task = BigInt(id);
    const [taskHigh, taskLow] = [Number(task >> 32n), Number(task & 0xffff_ffffn)];
    let name = '';
    let key: Buffer = HEADER;
    for (let index = 0; index < names.length; index += 1) {
      view.setInt16(at, 6);
      view.setInt32(at + TASK - 4, 8);
      view.setInt32(at + TASK, taskHigh);
      view.setUint32(at + TASK + 4, taskLow);
      view.setInt32(at + STEP - 4, 8);
      setInteger(view, at + STEP, steps[index] ?? 0);
      view.setInt32(at + VALUE - 4, 8);
      view.setFloat64(at + VALUE, values[index] ?? NaN);
      view.setInt32(at + TIME - 4, 8);
      const time = times[index] ?? null;
      setInteger(view, at + TIME, time === null ? present : microseconds(time));
      const epoch = epochs[index] ?? null;
      at += EPOCH;
      if (epoch === null) {
        view.setInt32(at - 4, ABSENT);
      } else {
        view.setInt32(at - 4, 4);
        view.setFloat32(at, epoch);
        at += 4;
      }
      if (names[index] !== name) {
        name = names[index] ?? '';
        key = keys.get(name) ?? HEADER;
      }
      view.setInt32(at, key.length);
      at += 4;
      for (let letter = 0; letter < key.length; letter += 1) bytes[at + letter] = key[letter] ?? 0;
      at += key.length;
    }
  }
  view.setInt16(at, -1);
  return bytes.subarray(0, at + TRAILER_BYTES);
}

function microseconds(time: number): number {
  return Math.round((time - POSTGRES_EPOCH_MS) * 1000);
}

/** Bytes for one row per key at most; notes the bytes of each key in `keys`. */
function sizeOf(names: readonly string[], keys: Map<string, Buffer>): number {
  let size = names.length * ROW_BYTES;
  for (const name of names) {
    let key = keys.get(name);
    if (key === undefined) keys.set(name, (key = Buffer.from(name, 'utf8')));
    size += key.length;
  }
  return size;
}

/** A whole number below 2^53 as 64 bits, in two halves: a BigInt for each would cost more than the rest of the row. */
function setInteger(view: DataView, at: number, value: number): void {
  const high = Math.floor(value / HIGH);
  view.setInt32(at, high);
  view.setUint32(at + 4, value - high * HIGH);
}

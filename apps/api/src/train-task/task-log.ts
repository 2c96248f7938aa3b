import { Injectable } from '@nestjs/common';
import type { LogQuery, LogReport, LogSlice, LogStored } from '@lora-ledger/contracts';
import { ACROSS, maskAcross, maskSecrets } from '@lora-ledger/training';
import { DataSource } from 'typeorm';
import type { CalledTask } from '../auth/caller.js';
import { Problem } from '../problem.js';
import { notStarted } from './task-moves.js';

const DEFAULT_SLICE = 65_536;
/** Bytes read at a time for somebody who wants all. */
const PIECE = 1024 * 1024;
/** Bytes of a character in UTF-8 at most: a shorter slice could hold none, and its reader would never get on. */
const LONGEST_CHARACTER = 4;

/** The end of a stored chunk: `body` begins at byte `at` of it. */
interface Piece {
  start: string;
  at: number;
  body: Buffer;
}

/** The output of a trainer, as bytes in the order they came. Kept in the database, so that every instance serves it and one backup holds it. */
@Injectable()
export class TaskLog {
  constructor(private readonly database: DataSource) {}

  /**
   * Adds a chunk at its byte offset. What is there already is left alone, so a repeated chunk changes nothing.
   * Two chunks for the same place meet at the primary key: the first stays, and the sender goes on from the size it is told.
   *
   * @throws Problem STATE_CONFLICT with the member `size` when bytes before the chunk are missing
   */
  async append({ id, status }: CalledTask, { offset, text }: LogReport): Promise<LogStored> {
    if (status === 'PENDING') throw notStarted();
    const body = Buffer.from(maskSecrets(text), 'utf8');
    const { size, pieces } = await this.ending(id);
    if (offset > size) {
      throw new Problem('STATE_CONFLICT', `The log has ${size} bytes; the chunk begins at ${offset}. Send what is missing first.`, {
        reason: 'logGap',
        members: { size },
      });
    }
    const fresh = body.subarray(size - offset);
    if (fresh.length === 0) return { size };
    const tail = Buffer.concat(pieces.map((piece) => piece.body));
    const mended = maskAcross(tail, fresh) ? tail : null;
    const added: unknown[] = await this.database.query(
      `WITH seen AS (UPDATE train_task SET last_seen_at = now() WHERE id = $1 AND status = 'RUNNING')
       ${
         mended === null
           ? ''
           : `, mended AS (
         UPDATE task_log SET body = overlay(body PLACING substring($4::bytea FROM p.tail_at + 1 FOR p.length) FROM p.body_at + 1)
         FROM unnest($5::bigint[], $6::int[], $7::int[], $8::int[]) AS p (start_offset, body_at, tail_at, length)
         WHERE train_task_id = $1 AND task_log.start_offset = p.start_offset)`
       }
       INSERT INTO task_log (train_task_id, start_offset, body) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING start_offset`,
      [id, size, fresh, ...(mended === null ? [] : [mended, ...placesOf(pieces)])],
    );
    return { size: added.length > 0 ? size + fresh.length : await this.sizeOf(id) };
  }

  /** How much there is, and its last bytes: a credential may have begun there that goes on in the next chunk. */
  private async ending(id: string): Promise<{ size: number; pieces: Piece[] }> {
    const rows: (Piece & { size: string })[] = await this.database.query(
      `WITH last AS MATERIALIZED (SELECT start_offset + length(body) AS size FROM task_log WHERE train_task_id = $1 ORDER BY start_offset DESC LIMIT 1)
       SELECT last.size, t.start_offset AS start, cut.at, substring(t.body FROM cut.at + 1) AS body
       FROM last JOIN task_log t ON t.train_task_id = $1
         AND t.start_offset >= coalesce((SELECT max(start_offset) FROM task_log WHERE train_task_id = $1 AND start_offset <= last.size - $2), 0)
       CROSS JOIN LATERAL (SELECT greatest(0, last.size - $2 - t.start_offset)::int AS at) cut
       ORDER BY t.start_offset`,
      [id, ACROSS],
    );
    return { size: Number(rows[0]?.size ?? 0), pieces: rows };
  }

  async sizeOf(id: string): Promise<number> {
    const [last]: { size: string }[] = await this.database.query(
      'SELECT start_offset + length(body) AS size FROM task_log WHERE train_task_id = $1 ORDER BY start_offset DESC LIMIT 1',
      [id],
    );
    return Number(last?.size ?? 0);
  }

  /** A slice by bytes, cut at whole characters on both sides. A negative offset counts from the end. */
  async read(id: string, { offset, limit }: LogQuery): Promise<LogSlice> {
    const size = await this.sizeOf(id);
    const from = offset === undefined ? 0 : offset < 0 ? Math.max(0, size + offset) : Math.min(offset, size);
    const to = Math.min(size, from + Math.max(limit ?? DEFAULT_SLICE, LONGEST_CHARACTER));
    const bytes = await this.bytes(id, from, to);
    const [begin, end] = [firstWholeCharacter(bytes), endOfLastWholeCharacter(bytes, to === size)];
    return { text: bytes.subarray(begin, end).toString('utf8'), offset: from + begin, nextOffset: from + Math.max(begin, end), size };
  }

  /** The whole log as it stands now, piece by piece; what is written meanwhile is left out. */
  async *pieces(id: string, size: number): AsyncGenerator<Buffer> {
    for (let at = 0; at < size; at += PIECE) yield await this.bytes(id, at, Math.min(size, at + PIECE));
  }

  /** Bytes `from` … `to` (exclusive) as stored. */
  async bytes(id: string, from: number, to: number): Promise<Buffer> {
    if (from >= to) return Buffer.alloc(0);
    const chunks: { start: string; body: Buffer }[] = await this.database.query(
      `SELECT start_offset AS start, body FROM task_log
       WHERE train_task_id = $1 AND start_offset < $3
         AND start_offset >= coalesce((SELECT max(start_offset) FROM task_log WHERE train_task_id = $1 AND start_offset <= $2), 0)
       ORDER BY start_offset`,
      [id, from, to],
    );
    const first = Number(chunks[0]?.start ?? from);
    return Buffer.concat(chunks.map((chunk) => chunk.body)).subarray(from - first, to - first);
  }
}

/** Where each piece stands: its chunk, the place in it, the place in the joined tail, its length. */
function placesOf(pieces: readonly Piece[]): [string[], number[], number[], number[]] {
  let end = 0;
  const tailAt = pieces.map(({ body }) => (end += body.length) - body.length);
  return [pieces.map(({ start }) => start), pieces.map(({ at }) => at), tailAt, pieces.map(({ body }) => body.length)];
}

const isContinuation = (byte: number | undefined): boolean => byte !== undefined && (byte & 0xc0) === 0x80;

function firstWholeCharacter(bytes: Buffer): number {
  let begin = 0;
  while (begin < Math.min(3, bytes.length) && isContinuation(bytes[begin])) begin += 1;
  return begin;
}

/** The last character is left for the next slice when its bytes are not all here. */
function endOfLastWholeCharacter(bytes: Buffer, isEndOfLog: boolean): number {
  if (isEndOfLog) return bytes.length;
  let lead = bytes.length - 1;
  while (lead > bytes.length - 4 && isContinuation(bytes[lead])) lead -= 1;
  const first = bytes[lead] ?? 0;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
  return lead + length > bytes.length ? Math.max(0, lead) : bytes.length;
}

import { createHash } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import { once } from 'node:events';

/**
 * A backup is one gzip file of text: a header in JSON, then for every table a line in JSON, its rows in PostgreSQL's text form of COPY,
 * `\.` alone on a line, and a line with their SHA-256; at the very end a line that says that it is whole. `zcat` shows it.
 */
export const BACKUP_KIND = 'lora-ledger-backup';

export interface BackupHeader {
  kind: typeof BACKUP_KIND;
  version: 1;
  /** ISO-8601 UTC: the moment whose state this is. */
  at: string;
  /** Migrations the database had seen, oldest first. */
  migrations: string[];
  /** Partitions by name, with the clause that says what they hold. */
  partitions: { name: string; parent: string; bound: string }[];
  /** The value each sequence stands at; `null`: not used yet. */
  sequences: { name: string; value: string | null }[];
}

export interface TableHead {
  table: string;
  columns: string[];
}

/** A file that is no backup, is damaged, or does not fit; the message is what the operator needs. */
export class BackupError extends Error {}

const END_OF_ROWS = Buffer.from('\\.\n');

export async function writeLine(out: Writable, value: object): Promise<void> {
  await write(out, Buffer.from(`${JSON.stringify(value)}\n`));
}

/** @param rows what COPY … TO STDOUT gives @returns bytes of rows */
export async function writeTable(out: Writable, head: TableHead, rows: Readable): Promise<number> {
  await writeLine(out, head);
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of rows as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
    await write(out, chunk);
  }
  await write(out, END_OF_ROWS);
  await writeLine(out, { table: head.table, sha256: hash.digest('hex') });
  return bytes;
}

async function write(out: Writable, chunk: Buffer): Promise<void> {
  if (!out.write(chunk)) await once(out, 'drain');
}

/** Reads what the functions above have written, part by part, holding no more than a chunk. */
export class BackupReader {
  private readonly chunks: AsyncIterator<Buffer>;
  private held: Buffer = Buffer.alloc(0);

  constructor(source: Readable) {
    this.chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** @throws BackupError when there is no further line of JSON */
  async line(): Promise<Record<string, unknown>> {
    let end = this.held.indexOf(10);
    while (end < 0 && (await this.more())) end = this.held.indexOf(10);
    if (end < 0) throw new BackupError('The backup ends in the middle: it was not written to its end, or was cut.');
    const text = this.held.toString('utf8', 0, end);
    this.held = this.held.subarray(end + 1);
    try {
      return JSON.parse(text) as Record<string, unknown>;
    } catch {
      throw new BackupError('This is no backup of LoRA Ledger, or it is damaged.');
    }
  }

  /** The rows of one table. @throws BackupError, after the last of them, when they are not those that were written */
  async *rows(table: string): AsyncGenerator<Buffer> {
    const hash = createHash('sha256');
    for (let isLineStart = true; ;) {
      const end = this.endOfRows(isLineStart);
      if (end !== null) {
        const rest = this.take(end);
        hash.update(rest);
        if (rest.length > 0) yield rest;
        this.take(END_OF_ROWS.length);
        break;
      }
      // What could be the beginning of the mark stays until more is known.
      const sure = this.take(Math.max(0, this.held.length - END_OF_ROWS.length));
      if (sure.length > 0) {
        isLineStart = sure.at(-1) === 10;
        hash.update(sure);
        yield sure;
      }
      if (!(await this.more())) throw new BackupError('The backup ends in the middle: it was not written to its end, or was cut.');
    }
    const { table: name, sha256 } = await this.line();
    if (name !== table || sha256 !== hash.digest('hex'))
      throw new BackupError(`The backup is damaged: the rows of ${table} are not those that were saved.`);
  }

  /** COPY writes a backslash in a value as two, so the mark stands only where rows end. */
  private endOfRows(isLineStart: boolean): number | null {
    if (isLineStart && this.held.subarray(0, END_OF_ROWS.length).equals(END_OF_ROWS)) return 0;
    const at = this.held.indexOf('\n\\.\n');
    return at < 0 ? null : at + 1;
  }

  private take(count: number): Buffer {
    const taken = this.held.subarray(0, count);
    this.held = this.held.subarray(count);
    return taken;
  }

  private async more(): Promise<boolean> {
    const next = await this.chunks.next().catch((error: unknown) => {
      throw new BackupError('The backup is damaged: it cannot be unpacked to its end.', { cause: error });
    });
    if (next.done === true) return false;
    this.held = this.held.length === 0 ? next.value : Buffer.concat([this.held, next.value]);
    return true;
  }
}

import { Injectable } from '@nestjs/common';
import type { LogMatch, LogMatches, LogSearchQuery } from '@lora-ledger/contracts';
import { TaskLog } from './task-log.js';

/** Read at a time; the most one request reads before it hands over to the next. */
const WINDOW = 4 * 1024 * 1024;
const BUDGET = 64 * 1024 * 1024;
const LINE_MAX = 500;
/** Progress bars write over themselves with `\r`: to a reader each of their states is a line. */
const LINE_BREAKS = [0x0a, 0x0d] as const;
/** Of a line longer than a window this much is looked at twice, so that nothing is lost where it is cut. At least a query in bytes. */
const OVERLAP = 4096;

/** Finds text in a log of any size, a window at a time. */
@Injectable()
export class LogSearch {
  constructor(private readonly log: TaskLog) {}

  /** @returns matching lines; `nextFrom` goes on where this request stopped */
  async find(id: string, { q, from, limit }: LogSearchQuery): Promise<LogMatches> {
    const size = await this.log.sizeOf(id);
    const most = limit ?? 100;
    const items: LogMatch[] = [];
    let at = Math.min(from ?? 0, size);
    const stopAt = Math.min(size, at + BUDGET);
    while (at < stopAt && items.length < most) {
      const bytes = await this.log.bytes(id, at, Math.min(size, at + WINDOW));
      const end = at + bytes.length >= size ? bytes.length : endOfWholeLines(bytes);
      const found = matchesIn(bytes, end, q, at, most - items.length);
      items.push(...found.items);
      at = found.items.length > 0 && items.length >= most ? found.next : at + end;
    }
    return { items, nextFrom: at < size ? at : null };
  }
}

/** A line that goes on in the next window is left for it, unless it fills this one by itself. */
function endOfWholeLines(bytes: Buffer): number {
  const last = Math.max(...LINE_BREAKS.map((byte) => bytes.lastIndexOf(byte)));
  if (last >= 0) return last + 1;
  let end = bytes.length - OVERLAP;
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return end;
}

/** @param end byte before which a line must begin */
function matchesIn(bytes: Buffer, end: number, q: string, base: number, most: number): { items: LogMatch[]; next: number } {
  const needle = q.toLowerCase();
  const items: LogMatch[] = [];
  // Most of a log does not match: one look at a whole window is ten times cheaper than one at each of its lines.
  if (!bytes.toString('utf8').toLowerCase().includes(needle)) return { items, next: base + end };
  let start = 0;
  while (start < end && items.length < most) {
    const lineEnd = endOfLine(bytes, start);
    const line = bytes.toString('utf8', start, lineEnd);
    const hit = line.toLowerCase().indexOf(needle);
    if (hit >= 0) items.push({ offset: base + start, text: line.slice(Math.max(0, hit - LINE_MAX / 2), hit + LINE_MAX / 2) });
    start = lineEnd + 1;
  }
  return { items, next: base + start };
}

function endOfLine(bytes: Buffer, start: number): number {
  let end = start;
  while (end < bytes.length && bytes[end] !== LINE_BREAKS[0] && bytes[end] !== LINE_BREAKS[1]) end += 1;
  return end;
}

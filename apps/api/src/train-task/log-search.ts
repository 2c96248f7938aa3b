import { Injectable } from '@nestjs/common';
import type { LogMatch, LogMatches, LogSearchQuery } from '@lora-ledger/contracts';
import { TaskLog } from './task-log.js';

/** Read at a time; the most one request reads before it hands over to the next. */
const WINDOW = 4 * 1024 * 1024;
const BUDGET = 64 * 1024 * 1024;
const LINE_MAX = 500;
const LINE_BREAK = 0x0a;

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
      const end = endOfLastLine(bytes, at + bytes.length >= size);
      const found = matchesIn(bytes.subarray(0, end), q, at, most - items.length);
      items.push(...found.items);
      at = found.items.length > 0 && items.length >= most ? found.next : at + end;
    }
    return { items, nextFrom: at < size ? at : null };
  }
}

/** A line that goes on in the next window is left for it, unless it fills the window by itself. */
function endOfLastLine(bytes: Buffer, isEnd: boolean): number {
  const last = isEnd ? -1 : bytes.lastIndexOf(LINE_BREAK);
  return last < 0 ? bytes.length : last + 1;
}

function matchesIn(bytes: Buffer, q: string, base: number, most: number): { items: LogMatch[]; next: number } {
  const needle = q.toLowerCase();
  const items: LogMatch[] = [];
  let start = 0;
  while (start < bytes.length && items.length < most) {
    const lineBreak = bytes.indexOf(LINE_BREAK, start);
    const end = lineBreak < 0 ? bytes.length : lineBreak;
    const line = bytes.toString('utf8', start, end);
    const hit = line.toLowerCase().indexOf(needle);
    if (hit >= 0) items.push({ offset: base + start, text: line.slice(Math.max(0, hit - LINE_MAX / 2), hit + LINE_MAX / 2) });
    start = end + 1;
  }
  return { items, next: base + start };
}

const END_OF_EVENT = '\n\n';
const WHOLE_TASK = 'event: task\n';
const TASK_ID = '"taskId":"';
const UUID_LENGTH = 36;
const PROGRESS = 'event: progress\n';
const LAST_SEEN = '"lastSeenAt":"';
const TIME_LENGTH = 24;
const EMPTY = Buffer.alloc(0);

/**
 * Reads one live stream for what the load wants to know, without parsing it: with two thousand of them on the machine that is
 * measured, JSON would cost more than the server spends on telling.
 */
export class StreamReader {
  /** From a report to its being heard at the latest, in milliseconds, the longest there was; the clock is that of the database, on the same machine. */
  slowestReport = 0;
  private readonly seen = new Set<string>();
  private seenUntil: number | null = null;
  private rest: Buffer = EMPTY;

  /** @param onTask called once for each task that was told whole */
  constructor(private readonly onTask: (taskId: string) => void) {}

  /** @param bytes valid during the call only */
  take(bytes: Buffer): void {
    const text = this.rest.length === 0 ? bytes : Buffer.concat([this.rest, bytes]);
    let begin = 0;
    for (let end = text.indexOf(END_OF_EVENT); end >= 0; end = text.indexOf(END_OF_EVENT, begin)) {
      this.takeEvent(text.subarray(begin, end));
      begin = end + END_OF_EVENT.length;
    }
    this.rest = begin === text.length ? EMPTY : Buffer.from(text.subarray(begin));
  }

  private takeEvent(event: Buffer): void {
    if (event.includes(WHOLE_TASK)) this.takeTask(event);
    else if (event.includes(PROGRESS)) this.takeProgress(event);
  }

  private takeTask(event: Buffer): void {
    const taskId = after(event, TASK_ID, UUID_LENGTH);
    if (taskId === null || this.seen.has(taskId)) return;
    this.seen.add(taskId);
    this.onTask(taskId);
  }

  /** All trainers report all the time, so that the last report that was told here stands for the next one, which is told only now. */
  private takeProgress(event: Buffer): void {
    const lastSeen = after(event, LAST_SEEN, TIME_LENGTH);
    if (lastSeen === null) return;
    if (this.seenUntil !== null) this.slowestReport = Math.max(this.slowestReport, Date.now() - this.seenUntil);
    this.seenUntil = Date.parse(lastSeen);
  }
}

function after(text: Buffer, mark: string, length: number): string | null {
  const at = text.indexOf(mark);
  return at < 0 ? null : text.toString('latin1', at + mark.length, at + mark.length + length);
}

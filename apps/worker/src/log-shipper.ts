import { byteTrueText, wholeCharacters, wholeLines } from './byte-text.js';
import { readSlice } from './file-slice.js';
import type { LedgerApi } from './ledger-api.js';
import { note } from './note.js';

export const LARGEST_CHUNK = 256 * 1024;
const SMALLEST_CHUNK = 4 * 1024;
/** A line without an end that has not grown for so long is shown as it is: a prompt, the last bar of a slow trainer. */
const QUIET_MS = 2000;
const TOO_LARGE = 413;
/** Chunks in a row that moved nothing forward: a Ledger that wants no more, however it says so. */
const TOO_MANY_STANDSTILLS = 8;

/**
 * Ships the trainer's log file to the Ledger by byte offset. The file is the memory: whatever happens to the connection or to
 * the Ledger, sending goes on where the Ledger's copy ends.
 */
export class LogShipper {
  private offset = 0;
  private chunkLimit = LARGEST_CHUNK;
  private refused = false;
  private standstills = 0;
  private waitingLength = 0;
  private waitingSince = 0;

  constructor(
    private readonly api: LedgerApi,
    private readonly path: string,
    private readonly mask: (text: string) => string,
  ) {}

  /** Sends what has been completed since; with `all`, also the line that has no end. */
  async ship(all = false): Promise<void> {
    while (!this.refused) {
      const bytes = await readSlice(this.path, this.offset, this.chunkLimit);
      const length = this.sendable(bytes, all);
      if (length === 0) return;
      await this.send(bytes.subarray(0, length));
    }
  }

  /** Lines are sent whole: a credential cut in two would not be recognised. */
  private sendable(bytes: Uint8Array, all: boolean): number {
    const lines = wholeLines(bytes);
    if (bytes.length === this.chunkLimit) return lines || wholeCharacters(bytes);
    if (all) return bytes.length;
    if (lines > 0 || bytes.length === 0) return lines;
    if (bytes.length !== this.waitingLength) {
      this.waitingLength = bytes.length;
      this.waitingSince = Date.now();
    }
    return Date.now() - this.waitingSince >= QUIET_MS ? wholeCharacters(bytes) : 0;
  }

  private async send(bytes: Uint8Array): Promise<void> {
    const before = this.offset;
    const answer = await this.api.log({ offset: before, text: this.mask(byteTrueText(bytes)) });
    // Both an acceptance and a complaint about a gap say where the Ledger's copy ends: that is where to go on.
    const size = answer.accepted ? answer.body.size : answer.size;
    if (size !== undefined) this.offset = size;
    else if (!answer.accepted && answer.status === TOO_LARGE) this.chunkLimit = Math.max(SMALLEST_CHUNK, this.chunkLimit / 2);
    else this.standstills = TOO_MANY_STANDSTILLS;
    this.standstills = this.offset > before ? 0 : this.standstills + 1;
    if (this.standstills > TOO_MANY_STANDSTILLS) {
      this.refused = true;
      note(`the Ledger takes no more log (${answer.accepted ? 'its copy does not grow' : answer.detail}); all of it is in ${this.path}`);
    }
  }
}

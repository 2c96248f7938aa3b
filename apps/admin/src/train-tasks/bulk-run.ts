import type { BulkRequest, BulkResult } from '@lora-ledger/contracts';

/** Tasks per request: a step takes about a second, and a person who stops it waits no longer. A retry hands in a new task for each. */
const STEP = 1000;
const RETRY_STEP = 100;
/** Up to here every task that was changed is remembered, so that it can be undone. */
export const REMEMBERED_MAX = 100_000;

/**
 * One action on a selection of any size, step by step: no request takes long, and what is done stays done. The server hands out where each
 * step goes on, so that it comes to an end while other tasks arrive and others' states change.
 */
export class BulkRun {
  done = 0;
  /** Public ids, at most {@link REMEMBERED_MAX}. */
  readonly doneIds: string[] = [];
  readonly skippedIds: string[] = [];
  private from = 0;
  private cursor: string | null | undefined;
  private stopped = false;
  private readonly step: number;

  /** @param total how many it is about, as far as that is known beforehand */
  constructor(
    private readonly request: BulkRequest,
    readonly total: number,
    private readonly send: (request: BulkRequest) => Promise<BulkResult>,
  ) {
    this.step = request.action === 'retry' ? RETRY_STEP : STEP;
  }

  /** It takes more than one request. */
  get isLong(): boolean {
    return this.total > this.step;
  }

  get isOver(): boolean {
    const { taskIds } = this.request;
    return taskIds == null ? this.cursor === null : this.from >= taskIds.length;
  }

  /** After the step that is on its way. */
  stop(): void {
    this.stopped = true;
  }

  /**
   * Until nothing is left or somebody stops it. Throws what a request throws; called again it goes on where it was.
   * @param onStep is told what each step has changed
   */
  async go(onStep: (doneIds: string[]) => void): Promise<void> {
    this.stopped = false;
    while (!this.isOver && !this.stopped) {
      const { outcomes, nextCursor } = await this.send(this.next());
      this.from += this.step;
      this.cursor = nextCursor;
      const doneIds = outcomes.filter(({ outcome }) => outcome === 'done').map(({ taskId }) => taskId);
      this.done += doneIds.length;
      if (this.doneIds.length < REMEMBERED_MAX) this.doneIds.push(...doneIds);
      for (const { taskId, outcome } of outcomes) if (outcome === 'skipped') this.skippedIds.push(taskId);
      onStep(doneIds);
    }
  }

  private next(): BulkRequest {
    const { taskIds } = this.request;
    if (taskIds != null) return { ...this.request, taskIds: taskIds.slice(this.from, this.from + this.step) };
    return { ...this.request, ...(this.isLong ? { limit: this.step } : {}), ...(this.cursor == null ? {} : { cursor: this.cursor }) };
  }
}

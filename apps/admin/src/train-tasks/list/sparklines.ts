import type { Sparkline, Sparklines, TrainTaskSummary } from '@lora-ledger/contracts';
import { useCallback, useSyncExternalStore } from 'react';
import { apiGet } from '../../api/http.js';
import { sparkPath } from './spark-path.js';

/** Pixels. */
export const SPARK_WIDTH = 44;
export const SPARK_HEIGHT = 14;
/** Rows that come into view together ask together, once the list rests; while it moves on and on, now and then. */
const REST_MS = 80;
const PATIENCE_MS = 500;
const RUNNING_MS = 10_000;
/** Tasks that one request takes. */
const AT_ONCE = 100;
const KEPT = 3_000;

interface Curve {
  /** `null`: there is none. */
  path: string | null;
  /** Of the task when the curve was asked for: a curve grows while the task runs and then stays as it is. */
  endTime: string | null;
}

/** The curves of the rows in view. Rows come and go by the hundred while somebody scrolls, so that each costs no more than an entry here. */
export class SparklineStore {
  private readonly curves = new Map<string, Curve>();
  private readonly wanted = new Map<string, { endTime: string | null; notify: () => void }>();
  private readonly asked = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private growing: ReturnType<typeof setTimeout> | undefined;
  private dueAt = 0;

  constructor(private readonly load: (taskIds: string[]) => Promise<readonly Sparkline[]>) {}

  /** An SVG path; `null` where there is no curve, `undefined` while that is not known. */
  pathOf(taskId: string): string | null | undefined {
    return this.curves.get(taskId)?.path;
  }

  /** Keeps the curve of a row in view known until the returned function is called. */
  want(taskId: string, endTime: string | null, notify: () => void): () => void {
    const wish = { endTime, notify };
    this.wanted.set(taskId, wish);
    if (!this.isKnown(taskId, endTime)) this.askSoon();
    if (endTime === null) this.keepCurrent();
    return () => {
      if (this.wanted.get(taskId) === wish) this.wanted.delete(taskId);
    };
  }

  private isKnown(taskId: string, endTime: string | null): boolean {
    return this.curves.get(taskId)?.endTime === endTime;
  }

  private isOutdated(taskId: string): boolean {
    const wish = this.wanted.get(taskId);
    return wish !== undefined && !this.isKnown(taskId, wish.endTime);
  }

  private askSoon(): void {
    const now = Date.now();
    if (this.timer === undefined) this.dueAt = now + PATIENCE_MS;
    clearTimeout(this.timer);
    this.timer = setTimeout(
      () => {
        this.timer = undefined;
        this.ask((taskId, endTime) => !this.isKnown(taskId, endTime));
      },
      Math.min(REST_MS, this.dueAt - now),
    );
  }

  /** Its own timer: rows that come into view must not put off those that run. */
  private keepCurrent(): void {
    if (this.growing !== undefined || ![...this.wanted.values()].some(({ endTime }) => endTime === null)) return;
    this.growing = setTimeout(() => {
      this.growing = undefined;
      this.ask((taskId, endTime) => endTime === null || !this.isKnown(taskId, endTime));
    }, RUNNING_MS);
  }

  private ask(which: (taskId: string, endTime: string | null) => boolean): void {
    const tasks = [...this.wanted].filter(([taskId, { endTime }]) => !this.asked.has(taskId) && which(taskId, endTime));
    for (let start = 0; start < tasks.length; start += AT_ONCE)
      void this.fetch(tasks.slice(start, start + AT_ONCE).map(([taskId, { endTime }]) => ({ taskId, endTime })));
  }

  private async fetch(tasks: readonly { taskId: string; endTime: string | null }[]): Promise<void> {
    for (const { taskId } of tasks) this.asked.add(taskId);
    try {
      const values = new Map((await this.load(tasks.map(({ taskId }) => taskId))).map((one) => [one.taskId, one.values]));
      for (const { taskId, endTime } of tasks)
        this.keep(taskId, { path: sparkPath(values.get(taskId) ?? [], SPARK_WIDTH, SPARK_HEIGHT), endTime });
      // A task that has ended meanwhile was given an unfinished curve.
      if (tasks.some(({ taskId }) => this.isOutdated(taskId))) this.askSoon();
    } catch {
      // A list without its curves is still a list; they are asked for when the rows come into view again.
    } finally {
      for (const { taskId } of tasks) this.asked.delete(taskId);
      for (const { taskId } of tasks) this.wanted.get(taskId)?.notify();
      this.keepCurrent();
    }
  }

  private keep(taskId: string, curve: Curve): void {
    this.curves.delete(taskId);
    this.curves.set(taskId, curve);
    const [oldest] = this.curves.keys();
    if (this.curves.size > KEPT && oldest !== undefined) this.curves.delete(oldest);
  }
}

const store = new SparklineStore(async (taskIds) => (await apiGet<Sparklines>('/train-tasks/sparklines', { ids: taskIds.join() })).items);

/** The loss curve of a row as an SVG path of `SPARK_WIDTH` × `SPARK_HEIGHT`; `null` and `undefined`: none, or none yet. */
export function useSparkline({
  taskId,
  startTime,
  endTime,
}: Pick<TrainTaskSummary, 'taskId' | 'startTime' | 'endTime'>): string | null | undefined {
  const watch = useCallback(
    (notify: () => void) => (startTime === null ? ignore : store.want(taskId, endTime, notify)),
    [taskId, startTime, endTime],
  );
  return useSyncExternalStore(watch, () => store.pathOf(taskId));
}

function ignore(): void {
  // A task that has not started has no curve to wait for.
}

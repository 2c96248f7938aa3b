import type { TaskProgress, TrainTaskSummary } from '@lora-ledger/contracts';

/** What of the browser's `EventSource` is used. */
export interface StreamSource {
  readonly readyState: number;
  addEventListener: (type: string, listener: (event: MessageEvent<string>) => void) => void;
  close: () => void;
}

export interface StreamListener {
  /** Tasks as they stand now, each once however often it changed since the last call. */
  tasks: (changed: ReadonlyMap<string, TrainTaskSummary>) => void;
  /** What reports have changed of running tasks, the last of each. Of no task that `tasks` is told in the same turn. */
  progress: (changed: ReadonlyMap<string, TaskProgress>) => void;
  /** What happened before this moment may have been missed. */
  reset: () => void;
}

/** Tasks that report at the same time are drawn together. */
const GATHER_MS = 200;
/** From one page to the next there is a moment in which nobody listens. */
const LINGER_MS = 1_000;
const RETRY_MS = 5_000;
const CLOSED = 2;

/**
 * The one live connection of the page. It is open while somebody listens and somebody looks: browsers allow six connections to a
 * host over HTTP/1.1, and people keep more tabs than that.
 */
export class TaskStream {
  private readonly listeners = new Set<StreamListener>();
  private readonly watchers = new Set<() => void>();
  private source: StreamSource | null = null;
  private visible = true;
  private gathered = nothing();
  private timers: { gather?: Timer; linger?: Timer; retry?: Timer } = {};
  /** Whether changes arrive by themselves now; while not, whoever shows tasks has to ask. */
  isUp = false;

  constructor(private readonly open: () => StreamSource) {}

  listen(listener: StreamListener): () => void {
    this.listeners.add(listener);
    clearTimeout(this.timers.linger);
    this.connect();
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) this.timers.linger = setTimeout(() => this.disconnect(), LINGER_MS);
    };
  }

  /** Calls back whenever `isUp` changes. */
  watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  setVisible(visible: boolean): void {
    this.visible = visible;
    if (visible) this.connect();
    else this.disconnect();
  }

  private connect(): void {
    if (this.source !== null || !this.visible || this.listeners.size === 0) return;
    clearTimeout(this.timers.retry);
    const source = this.open();
    this.source = source;
    const heard = (type: string, act: (data: string) => void): void => {
      source.addEventListener(type, ({ data }) => {
        if (this.source === source) act(data);
      });
    };
    let isNew = true;
    heard('open', () => {
      this.setUp(true);
      // The browser's own second try tells the server where it had got to; a new connection knows nothing.
      if (isNew) this.resetAll();
      isNew = false;
    });
    heard('reset', () => this.resetAll());
    heard('task', (data) => this.gatherTask(JSON.parse(data) as TrainTaskSummary));
    heard('progress', (data) => this.gatherProgress(JSON.parse(data) as TaskProgress[]));
    heard('error', () => {
      this.setUp(false);
      // A connection that breaks is taken up again by the browser; one that is refused is not.
      if (source.readyState !== CLOSED) return;
      this.disconnect();
      this.timers.retry = setTimeout(() => this.connect(), RETRY_MS);
    });
  }

  private disconnect(): void {
    for (const timer of Object.values(this.timers)) clearTimeout(timer);
    this.timers = {};
    this.gathered = nothing();
    this.source?.close();
    this.source = null;
    this.setUp(false);
  }

  private gatherTask(task: TrainTaskSummary): void {
    this.gathered.tasks.set(task.taskId, task);
    this.gathered.progress.delete(task.taskId);
    this.tellSoon();
  }

  private gatherProgress(changed: readonly TaskProgress[]): void {
    const { tasks, progress } = this.gathered;
    for (const one of changed) {
      const task = tasks.get(one.taskId);
      if (task === undefined) progress.set(one.taskId, one);
      else tasks.set(one.taskId, withProgress(task, one));
    }
    this.tellSoon();
  }

  private tellSoon(): void {
    this.timers.gather ??= setTimeout(() => {
      const changed = this.gathered;
      this.gathered = nothing();
      this.timers.gather = undefined;
      for (const { tasks, progress } of this.listeners) {
        if (changed.tasks.size > 0) tasks(changed.tasks);
        if (changed.progress.size > 0) progress(changed.progress);
      }
    }, GATHER_MS);
  }

  private resetAll(): void {
    this.gathered = nothing();
    for (const { reset } of this.listeners) reset();
  }

  private setUp(now: boolean): void {
    if (now === this.isUp) return;
    this.isUp = now;
    for (const notify of this.watchers) notify();
  }
}

/** The task with newer progress. A task that has ended, as far as is known here, makes no more. */
export function withProgress<Task extends TrainTaskSummary>(task: Task, progress: TaskProgress | undefined): Task {
  return progress !== undefined && task.status === 'RUNNING' ? { ...task, ...progress } : task;
}

function nothing() {
  return { tasks: new Map<string, TrainTaskSummary>(), progress: new Map<string, TaskProgress>() };
}

type Timer = ReturnType<typeof setTimeout>;

import type { TrainTaskSummary } from '@lora-ledger/contracts';

/** What of the browser's `EventSource` is used. */
export interface StreamSource {
  readonly readyState: number;
  addEventListener: (type: string, listener: (event: MessageEvent<string>) => void) => void;
  close: () => void;
}

export interface StreamListener {
  /** Tasks as they stand now, each once however often it changed since the last call. */
  tasks: (changed: ReadonlyMap<string, TrainTaskSummary>) => void;
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
  private gathered = new Map<string, TrainTaskSummary>();
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
      source.addEventListener(type, ({ data }) => { if (this.source === source) act(data); });
    };
    let isNew = true;
    heard('open', () => {
      this.setUp(true);
      // The browser's own second try tells the server where it had got to; a new connection knows nothing.
      if (isNew) this.resetAll();
      isNew = false;
    });
    heard('reset', () => this.resetAll());
    heard('task', (data) => this.gather(JSON.parse(data) as TrainTaskSummary));
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
    this.gathered.clear();
    this.source?.close();
    this.source = null;
    this.setUp(false);
  }

  private gather(task: TrainTaskSummary): void {
    this.gathered.set(task.taskId, task);
    this.timers.gather ??= setTimeout(() => {
      const changed = this.gathered;
      this.gathered = new Map();
      this.timers.gather = undefined;
      for (const { tasks } of this.listeners) tasks(changed);
    }, GATHER_MS);
  }

  private resetAll(): void {
    this.gathered.clear();
    for (const { reset } of this.listeners) reset();
  }

  private setUp(now: boolean): void {
    if (now === this.isUp) return;
    this.isUp = now;
    for (const notify of this.watchers) notify();
  }
}

type Timer = ReturnType<typeof setTimeout>;

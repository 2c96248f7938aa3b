import { heardBy, type Heard } from './audiences.js';
import type { ChangedTask } from './changed-tasks.js';

export interface Changes<Task> {
  /** Tasks that are told as they stand. */
  whole: Task;
  /** Running tasks of which only their progress is told. */
  progress: Task;
}

/** What the audiences hear of some changes at once, as bytes. Audiences that hear the same share them, and no task is written twice for two of them. */
export class Telling {
  private readonly whole: Map<string, Heard[]>;
  private readonly progress: Map<string, Heard[]>;
  private readonly made = new Map<string, Buffer>();

  /** @param eventId where a page has got to that has heard all of it: only the last event carries it */
  constructor(
    audiences: readonly string[],
    private readonly changes: Changes<ChangedTask[]>,
    private readonly eventId: string,
  ) {
    this.whole = heardBy(audiences, changes.whole);
    this.progress = heardBy(audiences, changes.progress);
  }

  /** @returns `null` when none of it is for this audience */
  bytesFor(audience: string): Buffer | null {
    const [whole, progress] = [this.whole.get(audience) ?? [], this.progress.get(audience) ?? []];
    if (whole.length + progress.length === 0) return null;
    const content = `${named(whole)} ${named(progress)}`;
    const bytes = this.made.get(content) ?? this.make(whole, progress);
    this.made.set(content, bytes);
    return bytes;
  }

  private make(whole: readonly Heard[], progress: readonly Heard[]): Buffer {
    const events = whole.map((heard): [string, string] => ['task', jsonOf(this.changes.whole, heard)]);
    if (progress.length > 0) events.push(['progress', `[${progress.map((heard) => jsonOf(this.changes.progress, heard)).join(',')}]`]);
    return Buffer.from(
      events.map(([name, json], index) => event(name, json, index === events.length - 1 ? this.eventId : undefined)).join(''),
    );
  }
}

/** One server-sent event. */
export function event(name: string, json: string, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${json}\n\n`;
}

function named(heard: readonly Heard[]): string {
  return heard.map(({ index, mayChange }) => `${index}${mayChange ? 'w' : 'r'}`).join();
}

function jsonOf(tasks: readonly ChangedTask[], { index, mayChange }: Heard): string {
  return tasks[index]?.json(mayChange) ?? 'null';
}

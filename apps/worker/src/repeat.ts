import { note } from './note.js';
import { sleep } from './sleep.js';

export interface Repetition {
  /** Ends the repetition; resolves when a tick that is under way has ended. */
  stop(): Promise<void>;
}

/** Calls `tick` again and again, `pauseMs` after it has ended. A tick that fails is noted: nothing here may stop a training. */
export function repeat(what: string, pauseMs: number, tick: () => Promise<void>): Repetition {
  const end = new AbortController();
  const running = (async () => {
    while (!end.signal.aborted) {
      try {
        await tick();
      } catch (error) {
        note(`${what} failed`, error);
      }
      await sleep(pauseMs, end.signal);
    }
  })();
  return {
    stop() {
      end.abort();
      return running;
    },
  };
}

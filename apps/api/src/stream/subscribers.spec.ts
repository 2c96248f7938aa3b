import type { ServerResponse } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import type { CallerLookup } from '../auth/caller-lookup.js';
import type { Subscriber } from './audiences.js';
import type { ChangedTasks } from './changed-tasks.js';
import { Subscribers } from './subscribers.js';

interface Page {
  subscriber: Subscriber;
  heard(): string;
}

function page(): Page {
  let heard = '';
  const response = {
    once: () => response,
    write: (text: string | Buffer) => {
      heard += text.toString();
    },
    destroyed: false,
    writableEnded: false,
    writableLength: 0,
  };
  const subscriber = {
    caller: { role: 'admin', userId: '1' },
    credential: { kind: 'session', secret: 's' },
    response: response as unknown as ServerResponse,
  } as unknown as Subscriber;
  return { subscriber, heard: () => heard };
}

async function until(isSo: () => boolean): Promise<void> {
  for (let looks = 0; !isSo(); looks += 1) {
    if (looks > 400) throw new Error('it has not become so');
    await setTimeout(5);
  }
}

describe('a page that comes back to the stream', () => {
  it('is told to ask for everything when what it missed was given up while it waited for its turn', async () => {
    let fail: (reason: Error) => void = () => undefined;
    const reads: string[][] = [];
    const tasks = {
      progress: async () => [],
      whole: (ids: string[]) => (
        reads.push(ids),
        reads.length < 2
          ? Promise.resolve([])
          : new Promise((_done, refuse) => {
              fail = refuse;
            })
      ),
    };
    const subscribers = new Subscribers(tasks as unknown as ChangedTasks, {} as CallerLookup);
    const [stays, returns] = [page(), page()];
    subscribers.add(stays.subscriber, undefined);
    const id = /^id: ?(\S+)$/m.exec(stays.heard())?.[1];
    subscribers.changed(['7']);
    await until(() => reads.length === 1);
    subscribers.changed(['8']);
    await until(() => reads.length === 2);
    subscribers.add(returns.subscriber, id);
    fail(new Error('the database has gone'));
    await until(() => subscribers.count === 2);
    expect(stays.heard()).toContain('event: reset');
    expect(returns.heard()).toContain('event: reset');
  });
});

import type { TrainTaskPage, TrainTaskSummary } from '@lora-ledger/contracts';
import { InfiniteQueryObserver, QueryClient } from '@tanstack/react-query';
import { patchRows, type LoadedPages } from './list/list-pages.js';
import { taskListOptions } from './queries.js';

const row = (taskId: string, status: string) => ({ taskId, status }) as TrainTaskSummary;

describe('the list of tasks', () => {
  const client = new QueryClient();
  const answers: ((page: Partial<TrainTaskPage>) => void)[] = [];
  beforeEach(() => {
    answers.length = 0;
    jest
      .spyOn(globalThis, 'fetch')
      .mockImplementation(() => new Promise((resolve) => answers.push((page) => resolve(Response.json(page)))));
  });
  afterEach(() => {
    client.clear();
    jest.restoreAllMocks();
  });

  it('keeps what it heard of its rows while the next page was on its way', async () => {
    const options = taskListOptions({});
    const list = new InfiniteQueryObserver(client, options);
    const close = list.subscribe(() => {});
    const first = list.fetchNextPage({ cancelRefetch: false });
    answers[0]!({ items: [row('a', 'RUNNING')], nextCursor: 'after a' });
    await first;

    const second = list.fetchNextPage();
    client.setQueryData(options.queryKey, (now) => now && patchRows(now as LoadedPages, new Map([['a', row('a', 'SUCCESS')]])));
    answers[1]!({ items: [row('b', 'QUEUED')], nextCursor: null });
    await second;

    const rows = client.getQueryData(options.queryKey)?.pages.flatMap(({ items }) => items);
    expect(rows?.map(({ taskId, status }) => [taskId, status])).toEqual([
      ['a', 'SUCCESS'],
      ['b', 'QUEUED'],
    ]);
    close();
  });
});

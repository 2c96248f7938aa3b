import type { Sparkline } from '@lora-ledger/contracts';
import { SparklineStore } from './sparklines.js';

const END = '2025-01-01T00:00:00.000Z';

function aStore() {
  const asked: string[][] = [];
  const store = new SparklineStore((ids) => {
    asked.push(ids);
    return Promise.resolve(ids.filter((id) => id !== 'flat').map((taskId): Sparkline => ({ taskId, values: [1, 0] })));
  });
  const want = (id: string, endTime: string | null = END) => {
    const notify = jest.fn();
    return { notify, leave: store.want(id, endTime, notify) };
  };
  return { store, asked, want };
}

describe('the curves of the rows in view', () => {
  beforeEach(() => { jest.useFakeTimers(); });
  afterEach(() => { jest.useRealTimers(); });

  it('are asked for together, once, and each row is told of its own', async () => {
    const { store, asked, want } = aStore();
    const [a, flat] = [want('a'), want('flat')];
    await jest.advanceTimersByTimeAsync(1000);
    expect(asked).toEqual([['a', 'flat']]);
    expect([store.pathOf('a'), store.pathOf('flat')]).toEqual(['M0.0 0.0L44.0 14.0', null]);
    expect([a.notify, flat.notify].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
    want('a');
    await jest.advanceTimersByTimeAsync(1000);
    expect(asked).toHaveLength(1);
  });
  it('are not asked for when the rows have left before the list rests', async () => {
    const { asked, want } = aStore();
    want('a').leave();
    want('b');
    await jest.advanceTimersByTimeAsync(1000);
    expect(asked).toEqual([['b']]);
  });
  it('are asked for now and then while the list never rests', async () => {
    const { asked, want } = aStore();
    for (let index = 0; index < 30; index += 1) {
      want(`row ${index}`);
      await jest.advanceTimersByTimeAsync(40);
    }
    expect(asked.length).toBe(2);
  });
  it('grow while a task runs, and are fetched once more when it has ended', async () => {
    const { asked, want } = aStore();
    const { leave } = want('a', null);
    await jest.advanceTimersByTimeAsync(21_000);
    expect(asked).toHaveLength(3);
    leave();
    want('a', END);
    await jest.advanceTimersByTimeAsync(30_000);
    expect(asked).toHaveLength(4);
  });
});

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
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

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
  it('go on growing when rows come into view and leave again before they are asked for', async () => {
    const { asked, want } = aStore();
    want('a', null);
    await jest.advanceTimersByTimeAsync(1000);
    want('b').leave();
    await jest.advanceTimersByTimeAsync(20_000);
    expect(asked).toEqual([['a'], ['a'], ['a']]);
  });
  it('go on growing while new rows keep coming into view', async () => {
    const { asked, want } = aStore();
    want('a', null);
    for (let index = 0; index < 8; index += 1) {
      await jest.advanceTimersByTimeAsync(5000);
      want(`row ${index}`);
    }
    expect(asked.filter((ids) => ids.includes('a')).length).toBeGreaterThanOrEqual(4);
  });
  it('grow again when a running row comes back into view', async () => {
    const { asked, want } = aStore();
    want('a', null).leave();
    want('a', null);
    await jest.advanceTimersByTimeAsync(1000);
    want('a', null).leave();
    await jest.advanceTimersByTimeAsync(30_000);
    const before = asked.length;
    want('a', null);
    await jest.advanceTimersByTimeAsync(11_000);
    expect(asked.length).toBe(before + 1);
  });
  it('are fetched once more when the task has ended while its curve was on its way', async () => {
    const asked: string[][] = [];
    const answers: (() => void)[] = [];
    const store = new SparklineStore(
      (ids) =>
        new Promise((done) => {
          asked.push(ids);
          answers.push(() => done(ids.map((taskId) => ({ taskId, values: [1, 0] }))));
        }),
    );
    const leave = store.want('a', null, jest.fn());
    await jest.advanceTimersByTimeAsync(100);
    leave();
    store.want('a', END, jest.fn());
    await jest.advanceTimersByTimeAsync(1000);
    expect(asked).toHaveLength(1);
    answers[0]?.();
    await jest.advanceTimersByTimeAsync(1000);
    answers[1]?.();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(2);
  });
  it('are not asked for over and over when that fails', async () => {
    const load = jest.fn(() => Promise.reject(new Error('away')));
    new SparklineStore(load).want('a', END, jest.fn());
    await jest.advanceTimersByTimeAsync(60_000);
    expect(load).toHaveBeenCalledTimes(1);
  });
});

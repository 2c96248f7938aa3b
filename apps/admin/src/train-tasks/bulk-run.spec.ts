import type { BulkRequest, BulkResult } from '@lora-ledger/contracts';
import { BulkRun } from './bulk-run.js';

/** A server with so many tasks, all of which qualify; it notes what it was asked. */
function serverOf(count: number) {
  const asked: BulkRequest[] = [];
  const send = async (request: BulkRequest): Promise<BulkResult> => {
    asked.push(request);
    const from = request.cursor == null ? 0 : Number(request.cursor);
    const ids =
      request.taskIds ?? Array.from({ length: Math.min(request.limit ?? 10_000, count - from) }, (_one, index) => `task ${from + index}`);
    const left = request.taskIds == null ? count - from - ids.length : 0;
    return {
      done: ids.length,
      skipped: 0,
      remaining: left,
      nextCursor: left > 0 ? String(from + ids.length) : null,
      outcomes: ids.map((taskId) => ({ taskId, outcome: 'done', detail: null, newTaskId: null })),
    };
  };
  return { asked, send };
}

describe('one action on many tasks', () => {
  it('is one request while there are few', async () => {
    const { asked, send } = serverOf(300);
    const run = new BulkRun({ action: 'delete', filter: {} }, 300, send);
    await run.go(() => undefined);
    expect(asked).toEqual([{ action: 'delete', filter: {} }]);
    expect([run.done, run.isLong, run.isOver]).toEqual([300, false, true]);
  });
  it('goes step by step through what a filter selects, telling how far it is', async () => {
    const { asked, send } = serverOf(2500);
    const run = new BulkRun({ action: 'tag', filter: {}, addTags: ['a'] }, 2500, send);
    const steps: number[] = [];
    await run.go(() => steps.push(run.done));
    expect(steps).toEqual([1000, 2000, 2500]);
    expect(asked.map(({ cursor, limit }) => [cursor, limit])).toEqual([
      [undefined, 1000],
      ['1000', 1000],
      ['2000', 1000],
    ]);
    expect(new Set(run.doneIds).size).toBe(2500);
  });
  it('takes named tasks in slices', async () => {
    const { asked, send } = serverOf(0);
    const run = new BulkRun({ action: 'restore', taskIds: Array.from({ length: 1001 }, (_one, index) => `task ${index}`) }, 1001, send);
    await run.go(() => undefined);
    expect(asked.map(({ taskIds }) => taskIds?.length)).toEqual([1000, 1]);
  });
  it('stops after the step that is on its way', async () => {
    const { asked, send } = serverOf(5000);
    const run = new BulkRun({ action: 'cancel', filter: {} }, 5000, send);
    await run.go(() => run.stop());
    expect([asked.length, run.done, run.isOver]).toEqual([1, 1000, false]);
  });
  it('goes on where it was after a request that failed', async () => {
    const { asked, send } = serverOf(2500);
    let failures = 1;
    const run = new BulkRun({ action: 'cancel', filter: {} }, 2500, (request) =>
      request.cursor === '1000' && failures-- > 0 ? Promise.reject(new Error('offline')) : send(request),
    );
    await expect(run.go(() => undefined)).rejects.toThrow('offline');
    expect(run.done).toBe(1000);
    await run.go(() => undefined);
    expect(run.done).toBe(2500);
    expect(asked.map(({ cursor }) => cursor)).toEqual([undefined, '1000', '2000']);
  });
});

import type { TaskProgress, TrainTaskSummary } from '@lora-ledger/contracts';
import {
  dropRows,
  patchRows,
  placeRows,
  progressRows,
  recount,
  rowsBetween,
  sortOut,
  unknownRows,
  upTo,
  withArrived,
  type LoadedPages,
} from './list-pages.js';

const row = (taskId: string, more: Partial<TrainTaskSummary> = {}) => ({ taskId, status: 'RUNNING', ...more }) as TrainTaskSummary;
const pages = (...lists: string[][]): LoadedPages => ({
  pages: lists.map((ids, index) => ({
    items: ids.map((id) => row(id)),
    nextCursor: `after ${index}`,
    ...(index === 0 ? { total: 9 } : {}),
  })),
  pageParams: lists.map((_, index) => (index === 0 ? null : `after ${index - 1}`)),
});
const idsOf = (data: LoadedPages) => data.pages.map(({ items }) => items.map(({ taskId }) => taskId));

describe('the loaded pages of a list', () => {
  it('tell which rows are in view', () => {
    const loaded = pages(['a', 'b'], ['c', 'd'], ['e', 'f']);
    const between = (first: number, last: number) => rowsBetween(loaded, first, last).map(({ taskId }) => taskId);
    expect(between(0, 1)).toEqual(['a', 'b']);
    expect(between(1, 4)).toEqual(['b', 'c', 'd', 'e']);
    expect(between(4, 9)).toEqual(['e', 'f']);
    expect(rowsBetween(pages(), 0, 9)).toEqual([]);
  });
  it('end with the page somebody looks at, so that what follows is asked for again', () => {
    const loaded = pages(['a', 'b'], ['c', 'd'], ['e', 'f']);
    expect(idsOf(upTo(loaded, 0))).toEqual([['a', 'b']]);
    expect(idsOf(upTo(loaded, 2))).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect(upTo(loaded, 2).pageParams).toEqual([null, 'after 0']);
    expect(upTo(loaded, 5)).toBe(loaded);
    expect(upTo(loaded, 99)).toBe(loaded);
  });
  it('put a page that arrives behind what became of the others meanwhile', () => {
    const now = dropRows(patchRows(pages(['a', 'b']), new Map([['b', row('b', { status: 'SUCCESS' })]])), new Set(['a']));
    const after = withArrived(now, pages(['a', 'b'], ['c', 'd']));
    expect(idsOf(after)).toEqual([['b'], ['c', 'd']]);
    expect(after.pageParams).toEqual([null, 'after 0']);
    expect(after.pages[0]).toBe(now.pages[0]);
  });
  it('take no row a second time with a page that arrives', () => {
    expect(idsOf(withArrived(pages(['a', 'new']), pages(['a'], ['new', 'b'])))).toEqual([['a', 'new'], ['b']]);
  });
  it('leave out a page that arrives when the one before it is not loaded any more', () => {
    const now = upTo(pages(['a'], ['b']), 0);
    expect(withArrived(now, { ...pages(['a'], ['b'], ['c']), pageParams: [null, 'cut off', 'after 1'] })).toBe(now);
  });
  it('are taken as they arrive when the whole list was asked for again', () => {
    const next = pages(['x', 'a'], ['b']);
    expect(withArrived(pages(['a'], ['b']), next)).toBe(next);
  });
  it('take newer rows in place, in the order they had', () => {
    const after = patchRows(
      pages(['a', 'b'], ['c']),
      new Map([
        ['b', row('b', { status: 'SUCCESS' })],
        ['z', row('z')],
      ]),
    );
    expect(idsOf(after)).toEqual([['a', 'b'], ['c']]);
    expect(after.pages[0]!.items[1]!.status).toBe('SUCCESS');
  });
  it('take the progress of rows that run, and leave the others the very same object', () => {
    const before = patchRows(pages(['a', 'b'], ['c']), new Map([['b', row('b', { status: 'SUCCESS' })]]));
    const progress = (taskId: string) => [taskId, { taskId, currentStep: 5 } as TaskProgress] as const;
    const after = progressRows(before, new Map([progress('a'), progress('b'), progress('z')]));
    expect(after.pages[0]!.items[0]).toEqual(row('a', { currentStep: 5 }));
    expect(after.pages[0]!.items[1]).toBe(before.pages[0]!.items[1]);
    expect(after.pages[1]).toBe(before.pages[1]);
  });
  it('leave untouched rows the very same object, so that they are not drawn again', () => {
    const before = pages(['a', 'b']);
    expect(patchRows(before, new Map([['b', row('b')]])).pages[0]!.items[0]).toBe(before.pages[0]!.items[0]);
  });
  it('lose rows and count them off', () => {
    const after = dropRows(pages(['a', 'b'], ['c']), new Set(['a', 'c']));
    expect(idsOf(after)).toEqual([['b'], []]);
    expect(after.pages[0]!.total).toBe(7);
  });
  it('know which rows of a fresh page are new, and put each behind the row it follows there', () => {
    const before = pages(['a', 'b'], ['c']);
    const fresh = [row('x'), row('a'), row('y'), row('z'), row('c'), row('w')];
    expect(unknownRows(before, fresh).map(({ taskId }) => taskId)).toEqual(['x', 'y', 'z', 'w']);
    const after = placeRows(before, fresh);
    expect(idsOf(after)).toEqual([
      ['x', 'a', 'y', 'z', 'b'],
      ['c', 'w'],
    ]);
    expect(after.pages[0]!.total).toBe(13);
  });
  it('take new rows that follow none on top, in their order', () => {
    expect(idsOf(placeRows(pages(['a'], ['b']), [row('x'), row('y')]))).toEqual([['x', 'y', 'a'], ['b']]);
  });
  it('take no row twice that has come in by another way meanwhile', () => {
    const now = pages(['x', 'a'], ['b']);
    const after = placeRows(now, [row('y'), row('x'), row('b')]);
    expect(idsOf(after)).toEqual([['y', 'x', 'a'], ['b']]);
    expect(after.pages[0]!.total).toBe(10);
    expect(placeRows(now, [row('x')])).toBe(now);
  });
  it('tell another number of all rows once it was counted again', () => {
    const after = recount(pages(['a'], ['b']), { total: 12_000, totalIsEstimate: true });
    expect(after.pages.map(({ total, totalIsEstimate }) => [total, totalIsEstimate])).toEqual([
      [12_000, true],
      [undefined, undefined],
    ]);
  });
  it('stay the very same when nothing of theirs changed, so that nothing is drawn again', () => {
    const before = pages(['a'], ['b']);
    expect(patchRows(before, new Map([['z', row('z')]]))).toBe(before);
    expect(dropRows(before, new Set())).toBe(before);
    expect(patchRows(before, new Map([['b', row('b')]])).pages[0]).toBe(before.pages[0]);
  });
  it('lose what went to the trash and are told of what they do not have', () => {
    const changed = new Map(
      [
        row('a', { deletedAt: '2025-01-01T00:00:00Z' }),
        row('b', { deletedAt: null }),
        row('new', { deletedAt: null }),
        row('other', { deletedAt: '2025-01-01T00:00:00Z' }),
      ].map((task) => [task.taskId, task]),
    );
    const { gone, unknown } = sortOut(pages(['a', 'b']), changed, false);
    expect([...gone]).toEqual(['a']);
    expect(unknown.map(({ taskId }) => taskId)).toEqual(['new']);
    expect(sortOut(pages(['b']), changed, true).unknown.map(({ taskId }) => taskId)).toEqual(['a', 'other']);
  });
});

import fc from 'fast-check';
import type { Column } from './column.js';
import { formatSort, nextSort, parseSort } from './column.js';
import { defaultLayout, moveColumn, readLayout, restoreLayout, shiftColumn, writeLayout, type TableLayout } from './table-layout.js';

const column = (id: string, more: Partial<Column<never>> = {}): Column<never> => ({ id, title: id, width: 100, cell: () => null, ...more });
const columns = [column('name', { required: true }), column('rank'), column('alpha'), column('seed', { hiddenByDefault: true })];

describe('a stored layout', () => {
  it('comes back as it was', () => {
    const stored = {
      order: ['alpha', 'name', 'seed', 'rank'],
      hidden: ['rank'],
      pinned: ['alpha'],
      sizes: { name: 240 },
      shaded: ['rank'],
    };
    expect(restoreLayout(JSON.parse(JSON.stringify(stored)), columns, [])).toEqual(stored);
  });
  it('forgets columns that no longer exist', () => {
    const layout = restoreLayout(
      { order: ['gone', 'name', 'rank', 'alpha', 'seed'], hidden: ['gone'], pinned: ['gone'], sizes: { gone: 99 }, shaded: ['gone'] },
      columns,
      [],
    );
    expect(layout).toEqual({ order: ['name', 'rank', 'alpha', 'seed'], hidden: [], pinned: [], sizes: {}, shaded: [] });
  });
  it('puts a new column where it stands by default, hidden if it is by default', () => {
    const layout = restoreLayout({ order: ['alpha', 'name'], hidden: [], pinned: [], sizes: {} }, columns, []);
    expect(layout.order).toEqual(['alpha', 'seed', 'name', 'rank']);
    expect(layout.hidden).toEqual(['seed']);
  });
  it('never hides the column that tells rows apart', () => {
    expect(restoreLayout({ order: [], hidden: ['name'], pinned: [], sizes: {} }, columns, []).hidden).not.toContain('name');
  });
  it('keeps widths within bounds', () => {
    expect(restoreLayout({ sizes: { rank: 3, alpha: 1e9 } }, columns, []).sizes).toEqual({ rank: 56, alpha: 800 });
  });
  it.each([undefined, null, 7, 'x'])('that is %p gives the default', (stored) => {
    expect(restoreLayout(stored, columns, ['name'])).toEqual(defaultLayout(columns, ['name']));
  });
});

describe('a layout in an address', () => {
  it('can be read by a person', () => {
    expect(
      writeLayout({ order: ['name', 'rank', 'alpha'], hidden: ['alpha'], pinned: ['name'], sizes: { name: 240 }, shaded: ['rank'] }),
    ).toBe('name:p240,rank:s,alpha:h');
  });
  it('comes back as it was, whatever columns are called', () => {
    const ids = fc.uniqueArray(fc.string({ minLength: 1, unit: 'grapheme' }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(ids, fc.infiniteStream(fc.nat(15)), (order, marks) => {
        const some = order.map((id) => ({ id, mark: marks.next().value }));
        const marked = (bit: number) => some.filter(({ mark }) => (mark & bit) !== 0).map(({ id }) => id);
        const layout: TableLayout = {
          order,
          hidden: marked(1),
          pinned: marked(2),
          shaded: marked(4),
          sizes: Object.fromEntries(marked(8).map((id, index) => [id, 56 + index])),
        };
        const known = order.map((id) => column(id));
        expect(restoreLayout(readLayout(writeLayout(layout)), known, [])).toEqual(layout);
      }),
    );
  });
  it('that somebody has edited gives what of it makes sense, and never throws', () => {
    expect(restoreLayout(readLayout('alpha:hp9999,%E4,gone:s,rank:x,name:h'), columns, [])).toEqual({
      order: ['alpha', 'seed', 'name', 'rank'],
      hidden: ['alpha', 'seed'],
      pinned: ['alpha'],
      sizes: { alpha: 800 },
      shaded: [],
    });
    fc.assert(fc.property(fc.string(), (text) => void restoreLayout(readLayout(text), columns, [])));
  });
});

describe('moving a column', () => {
  const layout = (more: Partial<TableLayout> = {}): TableLayout => ({
    order: ['a', 'b', 'c', 'd'],
    hidden: [],
    pinned: [],
    sizes: {},
    shaded: [],
    ...more,
  });
  it('goes to the side of another that was meant, from the left and from the right', () => {
    expect(moveColumn(layout(), 'a', 'before', 'c').order).toEqual(['b', 'a', 'c', 'd']);
    expect(moveColumn(layout(), 'a', 'after', 'c').order).toEqual(['b', 'c', 'a', 'd']);
    expect(moveColumn(layout(), 'd', 'before', 'b').order).toEqual(['a', 'd', 'b', 'c']);
    expect(moveColumn(layout(), 'd', 'after', 'b').order).toEqual(['a', 'b', 'd', 'c']);
  });
  it('stays where it is beside itself and beside what is not there', () => {
    expect([
      moveColumn(layout(), 'a', 'after', 'a'),
      moveColumn(layout(), 'a', 'after', 'x'),
      moveColumn(layout(), 'x', 'after', 'a'),
    ]).toEqual([layout(), layout(), layout()]);
  });
  it('beside a pinned one pins it, away from them lets it go', () => {
    expect(moveColumn(layout({ pinned: ['a'] }), 'c', 'before', 'a')).toMatchObject({ order: ['c', 'a', 'b', 'd'], pinned: ['a', 'c'] });
    expect(moveColumn(layout({ pinned: ['a', 'b'] }), 'a', 'after', 'c')).toMatchObject({ order: ['b', 'c', 'a', 'd'], pinned: ['b'] });
  });
  it('by a step passes what is drawn beside it: no hidden one, none of those pinned elsewhere', () => {
    expect(shiftColumn(layout({ hidden: ['b'], pinned: ['c'] }), 'a', 1).order).toEqual(['b', 'c', 'd', 'a']);
    expect(shiftColumn(layout({ pinned: ['a', 'c'] }), 'a', 1)).toMatchObject({ order: ['b', 'c', 'a', 'd'], pinned: ['a', 'c'] });
    const atEdge = layout({ pinned: ['d'] });
    expect([shiftColumn(atEdge, 'a', -1), shiftColumn(atEdge, 'c', 1), shiftColumn(atEdge, 'd', -1)]).toEqual([atEdge, atEdge, atEdge]);
  });
});

describe('sorting', () => {
  it('reads and writes the order as the API does', () => {
    expect(parseSort('-startTime,loraRank')).toEqual([
      { field: 'startTime', descending: true },
      { field: 'loraRank', descending: false },
    ]);
    expect(formatSort(parseSort('-startTime,loraRank'))).toBe('-startTime,loraRank');
    expect([parseSort(undefined), formatSort([])]).toEqual([[], undefined]);
  });
  it('goes up, down and away again', () => {
    const up = nextSort([], 'rank');
    const down = nextSort(up, 'rank');
    expect([up, down, nextSort(down, 'rank')].map(formatSort)).toEqual(['rank', '-rank', undefined]);
  });
  it('forgets the other keys unless one is added to them', () => {
    expect(formatSort(nextSort(parseSort('name,-loss'), 'rank'))).toBe('rank');
    expect(formatSort(nextSort(parseSort('name,-loss'), 'rank', true, 3))).toBe('name,-loss,rank');
  });
  it('turns an added key round in its place, then takes it away', () => {
    expect(formatSort(nextSort(parseSort('name,loss,rank'), 'loss', true, 3))).toBe('name,-loss,rank');
    expect(formatSort(nextSort(parseSort('name,-loss,rank'), 'loss', true, 3))).toBe('name,rank');
  });
  it('lets the last key give way to a fourth', () => {
    expect(formatSort(nextSort(parseSort('a,b,c'), 'd', true, 3))).toBe('a,b,d');
  });
});

import type { Column } from './column.js';

/** What a person can change about the columns of a list. Column ids everywhere; sizes in pixels. */
export interface TableLayout {
  order: string[];
  hidden: string[];
  pinned: string[];
  sizes: Record<string, number>;
  /** Shaded by their numbers. */
  shaded: string[];
}

/** Of a column, as it is read. */
export type Side = 'before' | 'after';

export const MIN_COLUMN_WIDTH = 56;
export const MAX_COLUMN_WIDTH = 800;

export function defaultLayout(columns: readonly Column<never>[], pinned: readonly string[]): TableLayout {
  return {
    order: columns.map(({ id }) => id),
    hidden: columns.filter(({ hiddenByDefault }) => hiddenByDefault).map(({ id }) => id),
    pinned: [...pinned],
    sizes: {},
    shaded: [],
  };
}

/**
 * A stored layout made to fit today's columns: what no longer exists is dropped, new columns take the place they have by default.
 * Anything that is no layout at all answers the default.
 */
export function restoreLayout(stored: unknown, columns: readonly Column<never>[], pinned: readonly string[]): TableLayout {
  const fallback = defaultLayout(columns, pinned);
  if (typeof stored !== 'object' || stored === null) return fallback;
  const known = new Set(fallback.order);
  const ids = (value: unknown): string[] =>
    Array.isArray(value) ? [...new Set(value.filter((id): id is string => typeof id === 'string' && known.has(id)))] : [];
  const { order, hidden, pinned: kept, sizes, shaded } = stored as Partial<Record<keyof TableLayout, unknown>>;
  const storedOrder = ids(order);
  const unseen = fallback.order.filter((id) => !storedOrder.includes(id));
  const required = new Set(columns.filter((column) => column.required).map(({ id }) => id));
  return {
    order: unseen.reduce((all, id) => insertAfterPredecessor(all, id, fallback.order), storedOrder),
    hidden: [...ids(hidden).filter((id) => !required.has(id)), ...fallback.hidden.filter((id) => unseen.includes(id))],
    pinned: ids(kept),
    shaded: ids(shaded),
    sizes: Object.fromEntries(
      Object.entries((sizes ?? {}) as Record<string, unknown>).flatMap(([id, size]) =>
        known.has(id) && typeof size === 'number' ? [[id, clampWidth(size)]] : [],
      ),
    ),
  };
}

/**
 * A layout as it stands in an address: the columns in their order, with commas between, and behind a colon what is special about one,
 * `h`idden, `p`inned, `s`haded and its width: `status:p,name:p240,loraAlpha:h`. Two layouts that look the same are the same text.
 */
export function writeLayout({ order, hidden, pinned, sizes, shaded }: TableLayout): string {
  const marks = [
    ['h', new Set(hidden)],
    ['p', new Set(pinned)],
    ['s', new Set(shaded)],
  ] as const;
  return order
    .map((id) => {
      const special = `${marks.map(([mark, ids]) => (ids.has(id) ? mark : '')).join('')}${Object.hasOwn(sizes, id) ? sizes[id] : ''}`;
      return `${encodeURIComponent(id)}${special === '' ? '' : `:${special}`}`;
    })
    .join();
}

/** The opposite, for {@link restoreLayout}, which finds out what of it makes sense here. */
export function readLayout(text: string): TableLayout {
  const columns = text.split(',').flatMap((one) => {
    const [, name = '', marks = '', size = ''] = /^([^:]+)(?::([hps]*)(\d{0,4}))?$/.exec(one) ?? [];
    const id = decoded(name);
    return id === '' ? [] : [{ id, marks, size }];
  });
  const marked = (mark: string): string[] => columns.filter(({ marks }) => marks.includes(mark)).map(({ id }) => id);
  return {
    order: columns.map(({ id }) => id),
    hidden: marked('h'),
    pinned: marked('p'),
    shaded: marked('s'),
    sizes: Object.fromEntries(columns.flatMap(({ id, size }) => (size === '' ? [] : [[id, Number(size)]]))),
  };
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return '';
  }
}

function insertAfterPredecessor(order: string[], id: string, reference: readonly string[]): string[] {
  const predecessor = reference
    .slice(0, reference.indexOf(id))
    .reverse()
    .find((candidate) => order.includes(candidate));
  const at = predecessor === undefined ? 0 : order.indexOf(predecessor) + 1;
  return order.toSpliced(at, 0, id);
}

export function clampWidth(width: number): number {
  return Math.min(MAX_COLUMN_WIDTH, Math.max(MIN_COLUMN_WIDTH, Math.round(width)));
}

/** A list of ids with one put in or taken out. */
export function toggled(ids: readonly string[], id: string): string[] {
  return ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id];
}

/** `id` moved beside `target`; pinned if that one is, because that is where it was put. */
export function moveColumn(layout: TableLayout, id: string, side: Side, target: string): TableLayout {
  if (id === target || !layout.order.includes(id) || !layout.order.includes(target)) return layout;
  const others = layout.order.filter((other) => other !== id);
  const joins = layout.pinned.includes(target) !== layout.pinned.includes(id);
  return {
    ...layout,
    order: others.toSpliced(others.indexOf(target) + (side === 'after' ? 1 : 0), 0, id),
    pinned: joins ? toggled(layout.pinned, id) : layout.pinned,
  };
}

/** `id` moved past its neighbour as drawn: pinned and other columns each keep to their own side. */
export function shiftColumn(layout: TableLayout, id: string, by: 1 | -1): TableLayout {
  const isPinned = layout.pinned.includes(id);
  const beside = layout.order.filter((other) => !layout.hidden.includes(other) && layout.pinned.includes(other) === isPinned);
  const target = beside[beside.indexOf(id) + by];
  return target === undefined ? layout : moveColumn(layout, id, by === 1 ? 'after' : 'before', target);
}

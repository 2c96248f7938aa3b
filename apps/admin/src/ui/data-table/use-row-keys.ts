import { useHotkeys } from '@mantine/hooks';
import { useKeyHelp, type KeyHelp, type KeyName } from '../key-help.js';
import { isBusyElsewhere, useShortcuts, type Shortcut } from '../shortcuts.js';

/** A further single key of a list; it is told the active row, if there is one. */
export interface RowKey<Row> {
  key: string;
  name: KeyName;
  act: (row: Row | undefined) => void;
}

interface RowKeys<Row> {
  rows: readonly Row[];
  active: number | null;
  moveTo: (index: number) => void;
  onOpen?: (row: Row) => void;
  onSelect?: (row: Row) => void;
  further?: readonly RowKey<Row>[];
}

const OPENS: readonly KeyHelp[] = [{ name: 'openRow', keys: ['Enter'] }];
const NONE: readonly KeyHelp[] = [];

/** `j`/`k` move, `x` selects, `Enter` opens, and whatever else the list offers for its rows. */
export function useRowKeys<Row>({ rows, active, moveTo, onOpen, onSelect, further = [] }: RowKeys<Row>): void {
  const current = active === null ? undefined : rows[active];
  const last = rows.length - 1;
  const onRow = (act: (row: Row) => void) => () => {
    if (current !== undefined && !isBusyElsewhere()) act(current);
  };
  const move = (by: 1 | -1) => () => {
    if (last < 0 || isBusyElsewhere()) return;
    moveTo(active === null ? 0 : Math.min(last, Math.max(0, active + by)));
  };
  useShortcuts([
    ['j', 'move', move(1)],
    ['k', 'move', move(-1)],
    ...(onSelect === undefined ? [] : [['x', 'select', onRow(onSelect)] satisfies Shortcut]),
    ...further.map(({ key, name, act }): Shortcut => [key, name, () => act(current)]),
  ]);
  useKeyHelp(onOpen === undefined ? NONE : OPENS);
  useHotkeys([
    [
      'Enter',
      (event) => {
        if (onOpen !== undefined && (event.target as HTMLElement).closest('tr, body') === event.target) onRow(onOpen)();
      },
      { preventDefault: false },
    ],
    [
      'ArrowDown',
      (event) => {
        if (isRow(event.target)) move(1)();
      },
      { preventDefault: false },
    ],
    [
      'ArrowUp',
      (event) => {
        if (isRow(event.target)) move(-1)();
      },
      { preventDefault: false },
    ],
  ]);
}

function isRow(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.tagName === 'TR';
}

import { useHotkeys } from '@mantine/hooks';
import { useShortcuts, type Shortcut } from '../shortcuts.js';

interface RowKeys<Row> {
  rows: readonly Row[];
  active: number | null;
  moveTo: (index: number) => void;
  onOpen: (row: Row) => void;
  onSelect?: (row: Row) => void;
  /** Further single keys that act on the active row. */
  actions?: Readonly<Record<string, (row: Row) => void>>;
}

/** `j`/`k` move, `x` selects, `Enter` opens, and whatever else the list offers for its rows. */
export function useRowKeys<Row>({ rows, active, moveTo, onOpen, onSelect, actions = {} }: RowKeys<Row>): void {
  const current = active === null ? undefined : rows[active];
  const last = rows.length - 1;
  const onRow = (act: ((row: Row) => void) | undefined) => () => {
    if (current !== undefined && act !== undefined && !isBusyElsewhere()) act(current);
  };
  const move = (by: 1 | -1) => () => {
    if (last < 0 || isBusyElsewhere()) return;
    moveTo(active === null ? 0 : Math.min(last, Math.max(0, active + by)));
  };
  useShortcuts([
    ['j', move(1)],
    ['k', move(-1)],
    ['x', onRow(onSelect)],
    ...Object.entries(actions).map(([key, act]): Shortcut => [key, onRow(act)]),
  ]);
  useHotkeys([
    ['Enter', (event) => {
      if ((event.target as HTMLElement).closest('tr, body') === event.target) onRow(onOpen)();
    }, { preventDefault: false }],
    ['ArrowDown', (event) => { if (isRow(event.target)) move(1)(); }, { preventDefault: false }],
    ['ArrowUp', (event) => { if (isRow(event.target)) move(-1)(); }, { preventDefault: false }],
  ]);
}

function isRow(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.tagName === 'TR';
}

/** Keys typed while a dialog or menu is open belong to it. */
function isBusyElsewhere(): boolean {
  return document.querySelector('[role="dialog"], [role="menu"], [role="listbox"]') !== null;
}

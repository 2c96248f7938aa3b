import { Menu } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconDots } from '@tabler/icons-react';
import { lazy, Suspense, useCallback, useRef, useState, type CSSProperties, type DragEvent, type MouseEvent, type TouchEvent } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { nextSort, type Column, type SortState } from './column.js';
import css from './data-table.module.css';
import type { HeaderMenuProps } from './header-menu-items.js';
import { clampWidth, moveColumn, type Side, type TableLayout } from './table-layout.js';
import type { ColumnHeader } from './use-columns.js';

const DRAG_TYPE = 'application/x-ledger-column';
const HeaderMenuItems = lazy(async () => ({ default: (await import('./header-menu-items.js')).HeaderMenuItems }));

export interface HeaderCellProps {
  column: Column<never>;
  header: ColumnHeader;
  /** Its edge is being dragged. */
  resizing: boolean;
  pinned: boolean;
  sort: readonly SortState[];
  /** Fields the list can be sorted by at once. */
  sortMax: number;
  shaded: boolean;
  onSort: (sort: readonly SortState[]) => void;
  setLayout: (change: (layout: TableLayout) => TableLayout) => void;
  className: string;
  style: CSSProperties;
}

/** A header sorts by a click, with Shift among equals of the order there is; it moves by dragging, resizes at its edge; its menu does all of that without a mouse. */
export function HeaderCell({
  column,
  header,
  resizing,
  pinned,
  sort,
  sortMax,
  shaded,
  onSort,
  setLayout,
  className,
  style,
}: HeaderCellProps) {
  const { t } = useTranslation();
  const cell = useRef<HTMLTableCellElement>(null);
  const [dragging, setDragging] = useState(false);
  const [dropping, setDropping] = useState<Side | null>(null);
  const { id, title, align = 'start', sortField } = column;
  const place = sort.findIndex(({ field }) => field === sortField);
  const sorted = place === -1 ? undefined : sort[place]?.descending === true ? 'descending' : 'ascending';

  const startDrag = (event: DragEvent): void => {
    event.dataTransfer.setData(DRAG_TYPE, id);
    setDragging(true);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setDropping(null);
    const [dragged, side] = [event.dataTransfer.getData(DRAG_TYPE), sideOf(event)];
    if (dragged !== '') setLayout((layout) => moveColumn(layout, dragged, side, id));
  };

  const widthOf = useCallback(() => cell.current?.offsetWidth ?? 0, []);
  const hide = (): void => {
    // The column takes the focus with it unless a neighbour gets it first.
    const neighbour = (cell.current?.nextElementSibling ?? cell.current?.previousElementSibling)?.querySelector<HTMLElement>(
      '[aria-haspopup="menu"]',
    );
    flushSync(() => setLayout((layout) => ({ ...layout, hidden: [...layout.hidden, id] })));
    neighbour?.focus();
  };

  const startResize = (event: MouseEvent | TouchEvent): void => {
    // As the column widens, the header comes to lie under the pointer; it must not be taken for a drag of the header.
    if (event.type === 'mousedown') event.preventDefault();
    // A column that has grown with the screen is wider than anybody said: from now on its width is what it is.
    if (widthOf() !== header.getSize())
      flushSync(() => setLayout((layout) => ({ ...layout, sizes: { ...layout.sizes, [id]: clampWidth(widthOf()) } })));
    header.getResizeHandler()(event);
  };

  return (
    <th
      ref={cell}
      role="columnheader"
      scope="col"
      className={className}
      style={style}
      data-align={align}
      data-sorted={sorted}
      aria-sort={sorted}
      data-drop={dropping ?? undefined}
      onDragOver={(event) => {
        if (dragging || !event.dataTransfer.types.includes(DRAG_TYPE)) return;
        event.preventDefault();
        setDropping(sideOf(event));
      }}
      onDragLeave={() => setDropping(null)}
      onDrop={drop}
    >
      <div className={css.headInner} draggable onDragStart={startDrag} onDragEnd={() => setDragging(false)}>
        {sortField === undefined ? (
          <span className={css.title}>{title}</span>
        ) : (
          <button
            type="button"
            className={css.sortButton}
            title={sortMax > 1 ? t('table.sortHint') : undefined}
            onClick={(event) => onSort(nextSort(sort, sortField, event.shiftKey && sortMax > 1, sortMax))}
          >
            <span className={css.title}>{title}</span>
            {sorted === 'ascending' && <IconArrowUp size={13} aria-hidden />}
            {sorted === 'descending' && <IconArrowDown size={13} aria-hidden />}
            {sorted !== undefined && sort.length > 1 && (
              <span className={css.sortPlace} aria-label={t('table.sortPlace', { place: place + 1 })}>
                {place + 1}
              </span>
            )}
          </button>
        )}
        <HeaderMenu
          column={column}
          sort={sort}
          sortMax={sortMax}
          shaded={shaded}
          onSort={onSort}
          setLayout={setLayout}
          onHide={hide}
          widthOf={widthOf}
          pinned={pinned}
        />
      </div>
      <div
        className={css.resizer}
        aria-hidden
        data-resizing={resizing || undefined}
        onMouseDown={startResize}
        onTouchStart={startResize}
        onDoubleClick={() => header.column.resetSize()}
      />
    </th>
  );
}

/** The half of a header that the pointer is over. */
function sideOf({ clientX, currentTarget }: DragEvent): Side {
  const { left, width } = currentTarget.getBoundingClientRect();
  return clientX < left + width / 2 ? 'before' : 'after';
}

/** The way to all of that without a mouse. Most headers are never asked: the kit's menu is made, and what it offers loaded, for the one that is. */
function HeaderMenu(props: HeaderMenuProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<boolean | null>(null);
  const ref = useRef<HTMLButtonElement>(null);
  const button = (
    <button
      ref={ref}
      type="button"
      className={css.menuButton}
      aria-label={t('table.columnMenu', { column: props.column.title })}
      aria-haspopup="menu"
      aria-expanded={opened ?? false}
      onClick={() => setOpened(true)}
    >
      <IconDots size={14} aria-hidden />
    </button>
  );
  if (opened === null) return button;
  // The kit knows the button only after it was pressed, and a header that was moved has lost its focus: both are waited for.
  const returnFocus = () =>
    requestAnimationFrame(() => {
      if (document.activeElement === document.body || document.activeElement?.closest('[role="menu"]') != null) ref.current?.focus();
    });
  return (
    <Menu position="bottom-end" width={220} opened={opened} onChange={setOpened} onClose={returnFocus} returnFocus={false}>
      <Menu.Target>{button}</Menu.Target>
      <Menu.Dropdown>
        <Suspense>
          <HeaderMenuItems {...props} />
        </Suspense>
      </Menu.Dropdown>
    </Menu>
  );
}

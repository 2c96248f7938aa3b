import { ActionIcon, Menu, UnstyledButton } from '@mantine/core';
import {
  IconArrowDown, IconArrowLeft, IconArrowRight, IconArrowAutofitWidth, IconArrowsMinimize, IconArrowUp, IconDots, IconEyeOff, IconPin, IconPalette, IconPinnedOff, IconSortAscending, IconSortDescending,
} from '@tabler/icons-react';
import { useState, type CSSProperties, type DragEvent, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { nextSort, type Column, type SortState } from './column.js';
import css from './data-table.module.css';
import { clampWidth, moveColumn, toggled, type TableLayout } from './table-layout.js';
import type { ColumnHeader } from './use-columns.js';

const DRAG_TYPE = 'application/x-ledger-column';
const WIDTH_STEP = 40;

interface HeaderCellProps {
  column: Column<never>;
  header: ColumnHeader;
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
export function HeaderCell({ column, header, sort, sortMax, shaded, onSort, setLayout, className, style }: HeaderCellProps) {
  const { t } = useTranslation();
  const [dropping, setDropping] = useState(false);
  const { id, title, align = 'start', sortField } = column;
  const place = sort.findIndex(({ field }) => field === sortField);
  const sorted = place === -1 ? undefined : (sort[place]?.descending === true ? 'descending' : 'ascending');

  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setDropping(false);
    const dragged = event.dataTransfer.getData(DRAG_TYPE);
    if (dragged !== '') setLayout((layout) => ({ ...layout, order: moveColumn(layout.order, dragged, id) }));
  };

  const startResize = (event: MouseEvent): void => {
    // As the column widens, the header comes to lie under the pointer; it must not be taken for a drag of the header.
    event.preventDefault();
    header.getResizeHandler()(event);
  };

  return (
    <th
      scope="col" className={className} style={style} data-align={align} data-sorted={sorted} aria-sort={sorted} data-drop={dropping || undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(DRAG_TYPE)) return;
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={() => setDropping(false)}
      onDrop={drop}
    >
      <div className={css.headInner} draggable onDragStart={(event) => event.dataTransfer.setData(DRAG_TYPE, id)}>
        {sortField === undefined
          ? <span className={css.title}>{title}</span>
          : (
            <UnstyledButton className={css.sortButton} title={sortMax > 1 ? t('table.sortHint') : undefined} onClick={(event) => onSort(nextSort(sort, sortField, event.shiftKey && sortMax > 1, sortMax))}>
              <span className={css.title}>{title}</span>
              {sorted === 'ascending' && <IconArrowUp size={13} aria-hidden />}
              {sorted === 'descending' && <IconArrowDown size={13} aria-hidden />}
              {sorted !== undefined && sort.length > 1 && <span className={css.sortPlace} aria-label={t('table.sortPlace', { place: place + 1 })}>{place + 1}</span>}
            </UnstyledButton>
          )}
        <HeaderMenu column={column} sort={sort} sortMax={sortMax} shaded={shaded} onSort={onSort} setLayout={setLayout} width={header.getSize()} pinned={header.column.getIsPinned() === 'start'} />
      </div>
      <div
        className={css.resizer} aria-hidden data-resizing={header.column.getIsResizing() || undefined}
        onMouseDown={startResize} onTouchStart={header.getResizeHandler()}
        onDoubleClick={() => header.column.resetSize()}
      />
    </th>
  );
}

type HeaderMenuProps = Pick<HeaderCellProps, 'column' | 'sort' | 'sortMax' | 'shaded' | 'onSort' | 'setLayout'> & { width: number; pinned: boolean };

function HeaderMenu({ column, sort, sortMax, shaded, onSort, setLayout, width, pinned }: HeaderMenuProps) {
  const { t } = useTranslation();
  const { id, title, sortField, required } = column;
  const shift = (by: 1 | -1) => setLayout((layout) => {
    const shown = layout.order.filter((other) => !layout.hidden.includes(other));
    const target = shown[shown.indexOf(id) + by];
    return target === undefined ? layout : { ...layout, order: moveColumn(layout.order, id, target) };
  });
  const resize = (by: number) => setLayout((layout) => ({ ...layout, sizes: { ...layout.sizes, [id]: clampWidth(width + by) } }));
  const togglePin = () => setLayout((layout) => ({ ...layout, pinned: toggled(layout.pinned, id) }));
  const mayAdd = sortMax > 1 && sort.length > 0 && sort.every(({ field }) => field !== sortField);

  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon className={css.menuButton} variant="subtle" color="gray" size={22} aria-label={t('table.columnMenu', { column: title })}>
          <IconDots size={14} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {sortField !== undefined && (
          <>
            <Menu.Item leftSection={<IconSortAscending size={16} />} onClick={() => onSort([{ field: sortField, descending: false }])}>{t('table.sortAscending')}</Menu.Item>
            <Menu.Item leftSection={<IconSortDescending size={16} />} onClick={() => onSort([{ field: sortField, descending: true }])}>{t('table.sortDescending')}</Menu.Item>
            {mayAdd && <Menu.Item leftSection={<IconSortAscending size={16} />} onClick={() => onSort(nextSort(sort, sortField, true, sortMax))}>{t('table.sortThen')}</Menu.Item>}
            {sort.some(({ field }) => field === sortField) && <Menu.Item onClick={() => onSort(sort.filter(({ field }) => field !== sortField))}>{t('table.sortClear')}</Menu.Item>}
            <Menu.Divider />
          </>
        )}
        <Menu.Item leftSection={<IconArrowLeft size={16} />} onClick={() => shift(-1)}>{t('table.moveLeft')}</Menu.Item>
        <Menu.Item leftSection={<IconArrowRight size={16} />} onClick={() => shift(1)}>{t('table.moveRight')}</Menu.Item>
        <Menu.Item leftSection={<IconArrowAutofitWidth size={16} />} closeMenuOnClick={false} onClick={() => resize(WIDTH_STEP)}>{t('table.wider')}</Menu.Item>
        <Menu.Item leftSection={<IconArrowsMinimize size={16} />} closeMenuOnClick={false} onClick={() => resize(-WIDTH_STEP)}>{t('table.narrower')}</Menu.Item>
        <Menu.Item leftSection={pinned ? <IconPinnedOff size={16} /> : <IconPin size={16} />} onClick={togglePin}>{pinned ? t('table.unpin') : t('table.pin')}</Menu.Item>
        {column.number !== undefined && (
          <Menu.Item leftSection={<IconPalette size={16} />} onClick={() => setLayout((layout) => ({ ...layout, shaded: toggled(layout.shaded, id) }))}>{shaded ? t('table.unshade') : t('table.shade')}</Menu.Item>
        )}
        {required !== true && (
          <Menu.Item leftSection={<IconEyeOff size={16} />} onClick={() => setLayout((layout) => ({ ...layout, hidden: [...layout.hidden, id] }))}>{t('table.hide')}</Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

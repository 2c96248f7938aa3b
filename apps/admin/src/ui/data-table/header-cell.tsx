import { ActionIcon, Menu, UnstyledButton } from '@mantine/core';
import {
  IconArrowDown, IconArrowLeft, IconArrowRight, IconArrowAutofitWidth, IconArrowsMinimize, IconArrowUp, IconDots, IconEyeOff, IconPin, IconPinnedOff, IconSortAscending, IconSortDescending,
} from '@tabler/icons-react';
import { useState, type CSSProperties, type DragEvent, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { nextSort, type Column, type SortState } from './column.js';
import css from './data-table.module.css';
import { clampWidth, moveColumn, type TableLayout } from './table-layout.js';
import type { ColumnHeader } from './use-columns.js';

const DRAG_TYPE = 'application/x-ledger-column';
const WIDTH_STEP = 40;

interface HeaderCellProps {
  column: Column<never>;
  header: ColumnHeader;
  sort: SortState | null;
  onSort: (sort: SortState | null) => void;
  setLayout: (change: (layout: TableLayout) => TableLayout) => void;
  className: string;
  style: CSSProperties;
}

/** A header sorts by a click, moves by dragging, resizes at its edge; its menu does all of that without a mouse. */
export function HeaderCell({ column, header, sort, onSort, setLayout, className, style }: HeaderCellProps) {
  const [dropping, setDropping] = useState(false);
  const { id, title, align = 'start', sortField } = column;
  const sorted = sortField !== undefined && sort?.field === sortField ? (sort.descending ? 'descending' : 'ascending') : undefined;

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
            <UnstyledButton className={css.sortButton} onClick={() => onSort(nextSort(sort, sortField))}>
              <span className={css.title}>{title}</span>
              {sorted === 'ascending' && <IconArrowUp size={13} aria-hidden />}
              {sorted === 'descending' && <IconArrowDown size={13} aria-hidden />}
            </UnstyledButton>
          )}
        <HeaderMenu column={column} sort={sort} onSort={onSort} setLayout={setLayout} width={header.getSize()} pinned={header.column.getIsPinned() === 'start'} />
      </div>
      <div
        className={css.resizer} aria-hidden data-resizing={header.column.getIsResizing() || undefined}
        onMouseDown={startResize} onTouchStart={header.getResizeHandler()}
        onDoubleClick={() => header.column.resetSize()}
      />
    </th>
  );
}

type HeaderMenuProps = Pick<HeaderCellProps, 'column' | 'sort' | 'onSort' | 'setLayout'> & { width: number; pinned: boolean };

function HeaderMenu({ column, sort, onSort, setLayout, width, pinned }: HeaderMenuProps) {
  const { t } = useTranslation();
  const { id, title, sortField, required } = column;
  const shift = (by: 1 | -1) => setLayout((layout) => {
    const shown = layout.order.filter((other) => !layout.hidden.includes(other));
    const target = shown[shown.indexOf(id) + by];
    return target === undefined ? layout : { ...layout, order: moveColumn(layout.order, id, target) };
  });
  const resize = (by: number) => setLayout((layout) => ({ ...layout, sizes: { ...layout.sizes, [id]: clampWidth(width + by) } }));
  const togglePin = () => setLayout((layout) => ({
    ...layout, pinned: layout.pinned.includes(id) ? layout.pinned.filter((other) => other !== id) : [...layout.pinned, id],
  }));

  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <ActionIcon className={css.menuButton} variant="subtle" color="gray" size={22} aria-label={t('table.columnMenu', { column: title })}>
          <IconDots size={14} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {sortField !== undefined && (
          <>
            <Menu.Item leftSection={<IconSortAscending size={16} />} onClick={() => onSort({ field: sortField, descending: false })}>{t('table.sortAscending')}</Menu.Item>
            <Menu.Item leftSection={<IconSortDescending size={16} />} onClick={() => onSort({ field: sortField, descending: true })}>{t('table.sortDescending')}</Menu.Item>
            {sort?.field === sortField && <Menu.Item onClick={() => onSort(null)}>{t('table.sortClear')}</Menu.Item>}
            <Menu.Divider />
          </>
        )}
        <Menu.Item leftSection={<IconArrowLeft size={16} />} onClick={() => shift(-1)}>{t('table.moveLeft')}</Menu.Item>
        <Menu.Item leftSection={<IconArrowRight size={16} />} onClick={() => shift(1)}>{t('table.moveRight')}</Menu.Item>
        <Menu.Item leftSection={<IconArrowAutofitWidth size={16} />} closeMenuOnClick={false} onClick={() => resize(WIDTH_STEP)}>{t('table.wider')}</Menu.Item>
        <Menu.Item leftSection={<IconArrowsMinimize size={16} />} closeMenuOnClick={false} onClick={() => resize(-WIDTH_STEP)}>{t('table.narrower')}</Menu.Item>
        <Menu.Item leftSection={pinned ? <IconPinnedOff size={16} /> : <IconPin size={16} />} onClick={togglePin}>{pinned ? t('table.unpin') : t('table.pin')}</Menu.Item>
        {required !== true && (
          <Menu.Item leftSection={<IconEyeOff size={16} />} onClick={() => setLayout((layout) => ({ ...layout, hidden: [...layout.hidden, id] }))}>{t('table.hide')}</Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

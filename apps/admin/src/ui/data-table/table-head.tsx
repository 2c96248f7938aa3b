import { Checkbox } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { SortState } from './column.js';
import css from './data-table.module.css';
import { cellClass, pinStyle } from './drawn-columns.js';
import { HeaderCell } from './header-cell.js';
import type { TableLayout } from './table-layout.js';
import type { VisibleColumn } from './use-columns.js';

interface TableHeadProps {
  columns: readonly VisibleColumn<never>[];
  sort: readonly SortState[];
  sortMax: number;
  shaded: readonly string[];
  setLayout: (change: (layout: TableLayout) => TableLayout) => void;
  onSort: (sort: readonly SortState[]) => void;
  /** How many of the loaded rows are ticked; `null` where none can be. */
  ticked: 'none' | 'some' | 'all' | null;
  onTick: (all: boolean) => void;
}

/** Not drawn again because of what the rows do. */
export const TableHead = memo(function TableHead({ columns, sort, sortMax, shaded, setLayout, onSort, ticked, onTick }: TableHeadProps) {
  const { t } = useTranslation();
  return (
    <thead role="rowgroup" className={css.head}>
      <tr role="row" className={css.headRow} aria-rowindex={1}>
        {ticked !== null && (
          <th role="columnheader" className={`${css.headCell} ${css.pinned} ${css.select}`}>
            <Checkbox
              size="xs"
              aria-label={t('table.selectAll')}
              checked={ticked === 'all'}
              indeterminate={ticked === 'some'}
              onChange={(event) => onTick(event.currentTarget.checked)}
            />
          </th>
        )}
        {columns.map(({ column, header, resizing, pinnedAt, lastPinned }) => (
          <HeaderCell
            key={column.id}
            column={column}
            header={header}
            resizing={resizing}
            pinned={pinnedAt !== null}
            sort={sort}
            sortMax={sortMax}
            shaded={shaded.includes(column.id)}
            setLayout={setLayout}
            onSort={onSort}
            className={cellClass(css.headCell, pinnedAt, lastPinned)}
            style={pinStyle(pinnedAt, ticked !== null)}
          />
        ))}
      </tr>
    </thead>
  );
});

import { Alert, Button, Group } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconAlertCircle } from '@tabler/icons-react';
import { useCallback, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from './data-table/column.js';
import { ColumnChooser } from './data-table/column-chooser.js';
import { DataTable } from './data-table/data-table.js';
import type { TableLayout } from './data-table/table-layout.js';
import { useTableLayout } from './data-table/use-table-layout.js';
import css from './list-view.module.css';
import { problemText } from './problem-text.js';

/** What a list needs to know of the query that brings its rows; infinite queries say when there is more. */
export interface ListQuery {
  isPending: boolean;
  isError: boolean;
  error: unknown;
  isPlaceholderData: boolean;
  refetch: () => unknown;
  hasNextPage?: boolean;
  isFetchingNextPage?: boolean;
  fetchNextPage?: () => unknown;
}

interface ListViewProps<Row> {
  /** Under which the browser keeps the column layout. */
  name: string;
  /** What the list is, for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  /** A row on a phone, in the height of {@link COMPACT_HEIGHT}. */
  compact: (row: Row) => ReactNode;
  rows: readonly Row[];
  rowId: (row: Row) => string;
  rowLabel: (row: Row) => string;
  query: ListQuery;
  /** Title of the error when the rows could not be loaded. */
  failed: string;
  /** Instead of the table when there are no rows. */
  empty: ReactNode;
  /** Filters, before the choice of columns. */
  toolbar?: ReactNode;
  onOpen?: (row: Row) => void;
  rowHeight?: number;
}

const COMPACT_LAYOUT: TableLayout = { order: ['row'], hidden: [], pinned: [], sizes: {}, shaded: [] };
/** Pixels: two lines of text. */
export const COMPACT_HEIGHT = 62;
const PINNED: readonly string[] = [];

/** A list in the order the server gives it: toolbar, the one table, and on a phone a row per entry. */
export function ListView<Row>({
  name,
  label,
  columns,
  compact,
  rows,
  rowId,
  rowLabel,
  query,
  failed,
  empty,
  toolbar,
  onOpen,
  rowHeight,
}: ListViewProps<Row>) {
  const { t } = useTranslation();
  const { layout, setLayout, resetLayout } = useTableLayout(name, columns, PINNED);
  const narrow = useMediaQuery('(max-width: 40em)', false, { getInitialValueInEffect: false });
  const compactColumns = useMemo<Column<Row>[]>(
    () => [{ id: 'row', title: label, width: 280, grows: true, required: true, cell: compact }],
    [label, compact],
  );
  const { fetchNextPage, isFetchingNextPage } = query;
  const more = useCallback(() => {
    if (isFetchingNextPage !== true) fetchNextPage?.();
  }, [fetchNextPage, isFetchingNextPage]);
  const nothing = rows.length === 0 && !query.isPending && !query.isError;

  return (
    <div className={css.list}>
      {(toolbar !== undefined || !narrow) && (
        <Group gap="xs" wrap="wrap">
          {toolbar}
          {!narrow && (
            <Group gap="xs" ml="auto">
              <ColumnChooser columns={columns} layout={layout} setLayout={setLayout} onReset={resetLayout} />
            </Group>
          )}
        </Group>
      )}
      {query.isError && (
        <Alert color="red" variant="light" icon={<IconAlertCircle />} title={failed} role="alert">
          {problemText(t, query.error)}{' '}
          <Button size="compact-xs" variant="light" onClick={() => query.refetch()}>
            {t('action.tryAgain')}
          </Button>
        </Alert>
      )}
      {nothing ? (
        empty
      ) : (
        <DataTable
          label={label}
          rows={rows}
          rowId={rowId}
          rowLabel={rowLabel}
          bare={narrow}
          rowHeight={narrow ? COMPACT_HEIGHT : rowHeight}
          columns={narrow ? compactColumns : columns}
          layout={narrow ? COMPACT_LAYOUT : layout}
          setLayout={setLayout}
          sort={undefined}
          onSort={ignore}
          loading={query.isPending || (query.isError && rows.length === 0)}
          stale={query.isPlaceholderData}
          hasMore={query.hasNextPage ?? false}
          onMore={more}
          onOpen={onOpen}
        />
      )}
    </div>
  );
}

function ignore(): void {
  // The server gives these lists one order.
}

/** A row on a phone: two lines, each with something at its end. */
export function TwoLines({
  first,
  firstEnd,
  second,
  secondEnd,
}: {
  first: ReactNode;
  firstEnd?: ReactNode;
  second: ReactNode;
  secondEnd?: ReactNode;
}) {
  return (
    <span className={css.two}>
      <span className={css.line}>
        <span>{first}</span>
        {firstEnd}
      </span>
      <span className={`${css.line} ${css.second}`}>
        <span>{second}</span>
        {secondEnd}
      </span>
    </span>
  );
}

import { Alert, Button, Skeleton, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { Selection, TrainTaskSummary } from '@lora-ledger/contracts';
import { IconAlertCircle, IconArrowUp } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useUser } from '../../api/session.js';
import { ColumnChooser } from '../../ui/data-table/column-chooser.js';
import { DataTable } from '../../ui/data-table/data-table.js';
import { useTableLayout } from '../../ui/data-table/use-table-layout.js';
import { problemText } from '../../ui/problem-text.js';
import { useFormat } from '../../ui/use-format.js';
import { COMPARE_MAX, COMPARE_MIN } from '../compare/compare-search.js';
import { useLiveList } from '../live.js';
import { taskListOptions } from '../queries.js';
import { useTaskCommands } from '../use-task-commands.js';
import { COMPACT_LAYOUT, COMPACT_ROW_HEIGHT, useCompactColumns } from './compact-columns.js';
import { ExportMenu } from './export-menu.js';
import { FilterBar } from '../../task-filter/filter-bar.js';
import { KeysHelp } from './keys-help.js';
import { defaultScope, isFiltered, SORT_MAX, toFilter, type ListSearch } from '../../task-filter/list-search.js';
import { NoMatch } from './no-match.js';
import { SavedViews } from './saved-views.js';
import { ownerPlace, useTaskColumns } from './task-columns.js';
import css from './task-list.module.css';

interface TaskListProps {
  trash: boolean;
  search: ListSearch;
  onSearch: (next: ListSearch, replace: boolean) => void;
  /** Shown when there is nothing although nothing is filtered. */
  empty: ReactNode;
}

const PINNED = ['status', 'name'];
/** Parts of the address that narrow nothing. */
const KEPT = ['sort', 'scope', 'column'];
const BulkBar = lazy(async () => ({ default: (await import('./bulk-bar.js')).BulkBar }));
const AddColumn = lazy(async () => ({ default: (await import('./add-column.js')).AddColumn }));
const NONE: readonly string[] = [];
const taskIdOf = ({ taskId }: TrainTaskSummary) => taskId;
const nameOf = ({ name }: TrainTaskSummary) => name;

/** A list of tasks with everything around it: filters, columns, live rows, selection, keyboard. */
export function TaskList({ trash, search, onSearch, empty }: TaskListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const { role } = useUser();
  const scope = search.scope ?? defaultScope(role);
  const columns = useTaskColumns(ownerPlace(scope, role), trash, search.column);
  const { layout, setLayout, resetLayout } = useTableLayout(trash ? 'trash' : 'tasks', columns, PINNED);
  const compactColumns = useCompactColumns();
  const compact = useMediaQuery('(max-width: 40em)', false, { getInitialValueInEffect: false });
  const commands = useTaskCommands();
  const frame = useRef<HTMLDivElement>(null);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [all, setAll] = useState<Selection | null>(null);
  const select = useCallback((ids: ReadonlySet<string>) => {
    setSelected(ids);
    setAll(null);
  }, []);
  const [range, setRange] = useState({ first: 0, last: 0 });

  const query = useInfiniteQuery(taskListOptions(search, trash));
  const view = useMemo(() => ({ ...range, mayInsert: () => range.first === 0 && frame.current?.matches(':hover') !== true }), [range]);
  const { newCount, showNew } = useLiveList(search, trash, view);
  const rows = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data]);
  const { total, totalIsEstimate = false } = query.data?.pages[0] ?? {};
  const about = total === undefined ? '' : totalIsEstimate ? format.about(total) : format.count(total);
  const chosen = rows.filter(({ taskId }) => selected.has(taskId));

  const change = (part: Partial<ListSearch>, replace = false) => {
    select(new Set());
    onSearch({ ...search, ...part }, replace);
  };
  const clear = () => change(Object.fromEntries(Object.keys(search).filter((key) => !KEPT.includes(key)).map((key) => [key, undefined])));
  const open = useCallback((task: TrainTaskSummary) => void navigate({ to: '/tasks/$taskId', params: { taskId: task.taskId } }), [navigate]);
  const { fetchNextPage, isFetchingNextPage } = query;
  const more = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, isFetchingNextPage]);
  const keys = trash ? undefined : {
    c: (task: TrainTaskSummary) => void navigate({ to: '/tasks/$taskId/clone', params: { taskId: task.taskId } }),
    e: (task: TrainTaskSummary) => commands.run('trash', [task]),
    v: () => {
      if (chosen.length >= COMPARE_MIN && chosen.length <= COMPARE_MAX) void navigate({ to: '/compare', search: { ids: chosen.map(({ taskId }) => taskId) } });
    },
  };

  if (query.isSuccess && rows.length === 0 && !isFiltered(search) && !query.isPlaceholderData) return empty;
  return (
    <div className={css.list}>
      <FilterBar search={search} onChange={change} onClear={clear}>
        {total !== undefined && <Text size="xs" c="dimmed" className="tabular" role="status">{t(totalIsEstimate ? 'list.about' : 'list.count', { count: total, formatted: about })}</Text>}
        <SavedViews page={trash ? 'trash' : 'tasks'} onOpen={(next) => { select(new Set()); onSearch(next, false); }} />
        <ExportMenu search={search} trash={trash} />
        <KeysHelp />
        {!compact && (
          <ColumnChooser columns={columns} layout={layout} setLayout={setLayout} onReset={resetLayout}>
            <Suspense fallback={<Skeleton height={56} mt="xs" />}><AddColumn columns={search.column ?? NONE} onChange={(column) => onSearch({ ...search, column: column.length === 0 ? undefined : column }, false)} /></Suspense>
          </ColumnChooser>
        )}
      </FilterBar>
      {query.isError && (
        <Alert color="red" variant="light" icon={<IconAlertCircle />} title={t('list.failed')} role="alert">
          {problemText(t, query.error)} <Button size="compact-xs" variant="light" onClick={() => void query.refetch()}>{t('action.tryAgain')}</Button>
        </Alert>
      )}
      <div ref={frame} className={css.frame}>
        {newCount > 0 && <Button className={css.fresh} size="compact-sm" radius="xl" leftSection={<IconArrowUp size={14} aria-hidden />} onClick={showNew}>{t('list.newTasks', { count: newCount })}</Button>}
        {query.isSuccess && rows.length === 0
          ? <NoMatch onClear={clear} />
          : (
            <DataTable
              label={trash ? t('list.trashTitle') : t('list.title')} rows={rows} rowId={taskIdOf} rowLabel={nameOf} bare={compact} rowHeight={compact ? COMPACT_ROW_HEIGHT : undefined}
              columns={compact ? compactColumns : columns} layout={compact ? COMPACT_LAYOUT : layout} setLayout={setLayout}
              sort={search.sort} sortMax={SORT_MAX} onSort={(sort) => change({ sort })}
              loading={query.isPending || (query.isError && rows.length === 0)} stale={query.isPlaceholderData} hasMore={query.hasNextPage} onMore={more} onOpen={open}
              selection={compact ? undefined : { ids: selected, onChange: select }} keys={keys} onRange={(first, last) => setRange((now) => (now.first === first && now.last === last ? now : { first, last }))}
            />
          )}
        {chosen.length > 0 && (
          <Suspense><BulkBar
            tasks={chosen} all={all} offer={chosen.length === rows.length && query.hasNextPage ? about : ''} onClear={() => select(new Set())}
            onAll={() => setAll({ filter: { ...toFilter(search, trash, Date.now()), scope } })}
          /></Suspense>
        )}
      </div>
    </div>
  );
}

import { Alert, Button } from '@mantine/core';
import { useDebouncedCallback, useMediaQuery } from '@mantine/hooks';
import type { TrainTaskSummary } from '@lora-ledger/contracts';
import { IconAlertCircle, IconArrowUp } from '@tabler/icons-react';
import { hashKey, useInfiniteQuery } from '@tanstack/react-query';
import { useLocation, useNavigate, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useUser } from '../../api/session.js';
import { DataTable } from '../../ui/data-table/data-table.js';
import { useTableLayout } from '../../ui/data-table/use-table-layout.js';
import { problemText } from '../../ui/problem-text.js';
import { useFormat } from '../../ui/use-format.js';
import { useLiveList, type ListView } from '../live-list.js';
import { taskListOptions } from '../queries.js';
import { useSelectionActions } from '../use-selection-actions.js';
import { COMPACT_LAYOUT, COMPACT_ROW_HEIGHT, useCompactColumns } from './compact-columns.js';
import { defaultScope, isFiltered, SORT_MAX, toFilter, type ListSearch } from '../../task-filter/list-search.js';
import { ListBar } from './list-bar.js';
import { NoMatch } from './no-match.js';
import { TELL_LAYOUT, useHasOwnLayout } from './own-layout.js';
import { ownerPlace, useTaskColumns } from './task-columns.js';
import css from './task-list.module.css';
import { useListKeys } from './use-list-keys.js';
import { useListSelection } from './use-list-selection.js';

interface TaskListProps {
  trash: boolean;
  search: ListSearch;
  onSearch: (next: ListSearch, replace: boolean) => void;
  /** Shown when there is nothing although nothing is filtered. */
  empty: ReactNode;
}

const PINNED = ['status', 'name'];
/** Parts of the address that narrow nothing. */
const KEPT = ['sort', 'scope', 'column', 'layout'];
/** Those that show the same tasks in another way: what is selected stays. */
const RELAID = ['sort', 'column', 'layout'];
/** Somebody who points at a name so long may be about to open it. */
const HINT_MS = 60;
const BulkBar = lazy(async () => ({ default: (await import('./bulk-bar.js')).BulkBar }));
/** Names the tasks that are asked for. */
const questionOf = (search: ListSearch) => hashKey(Object.entries(search).filter(([name]) => !RELAID.includes(name)));
const taskIdOf = ({ taskId }: TrainTaskSummary) => taskId;
const nameOf = ({ name }: TrainTaskSummary) => name;
/** What a finger has tapped stays `:hover` long after it has left: only while it is down does it point. */
const isPointedAt = (element: HTMLElement | null) => element?.matches(matchMedia('(hover: hover)').matches ? ':hover' : ':active') === true;

/** A list of tasks with everything around it: filters, columns, live rows, selection, keyboard. */
export function TaskList({ trash, search, onSearch, empty }: TaskListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const router = useRouter();
  const place = useLocation({ select: ({ state }) => state.__TSR_key });
  const { role } = useUser();
  const scope = search.scope ?? defaultScope(role);
  const columns = useTaskColumns(ownerPlace(scope, role), trash, search.column);
  const page = trash ? 'trash' : 'tasks';
  const address = { layout: search.layout, isOwn: useHasOwnLayout(), tell: TELL_LAYOUT[page] };
  const { layout, setLayout, resetLayout, borrowed } = useTableLayout(page, columns, PINNED, address);
  const compactColumns = useCompactColumns();
  const compact = useMediaQuery('(max-width: 40em)', false, { getInitialValueInEffect: false });
  const frame = useRef<HTMLDivElement>(null);
  const { ids: selected, all, aside, select, selectAll, keepAside, clear: deselect } = useListSelection(questionOf(search));
  // Not a state: scrolling is no reason to draw the page again.
  const range = useRef({ first: 0, last: 0 });
  const look = useRef(() => {});
  const inView = useCallback((first: number, last: number) => {
    range.current = { first, last };
    look.current();
  }, []);
  const chosenIds = useRef(selected);
  const chosenTasks = useRef<readonly TrainTaskSummary[]>([]);
  const view = useMemo<ListView>(
    () => ({ range: () => range.current, isPointedAt: () => isPointedAt(frame.current), selected: () => chosenIds.current }),
    [],
  );

  const query = useInfiniteQuery(taskListOptions(search, trash));
  const live = useLiveList(search, trash, view);
  const rows = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data]);
  const { total, totalIsEstimate = false } = query.data?.pages[0] ?? {};
  const about = total === undefined ? '' : totalIsEstimate ? format.about(total) : format.count(total);
  // All that match are ticked wherever one scrolls, not only those that were there when they were chosen.
  const ticked = useMemo(() => (all === null ? selected : new Set(rows.map(taskIdOf))), [all, selected, rows]);
  const chosen = useMemo(() => {
    if (ticked.size === 0) return [];
    const there = rows.filter(({ taskId }) => ticked.has(taskId));
    return [...there, ...aside.filter((task) => ticked.has(task.taskId) && !there.some(({ taskId }) => taskId === task.taskId))];
  }, [rows, ticked, aside]);

  useEffect(() => {
    look.current = live.look;
    chosenIds.current = selected;
    chosenTasks.current = chosen;
  });

  const change = useCallback(
    (part: Partial<ListSearch>, replace = false) => {
      keepAside(chosenTasks.current);
      onSearch({ ...search, ...part }, replace);
    },
    [keepAside, onSearch, search],
  );
  const go = useCallback((next: ListSearch) => onSearch(next, false), [onSearch]);
  const sort = useCallback((order: string | undefined) => change({ sort: order }), [change]);
  const clear = useCallback(
    () =>
      change(
        Object.fromEntries(
          Object.keys(search)
            .filter((key) => !KEPT.includes(key))
            .map((key) => [key, undefined]),
        ),
      ),
    [change, search],
  );
  const open = useCallback(
    (task: TrainTaskSummary) => void navigate({ to: '/tasks/$taskId', params: { taskId: task.taskId } }),
    [navigate],
  );
  const hint = useDebouncedCallback(
    (task: TrainTaskSummary) => void router.preloadRoute({ to: '/tasks/$taskId', params: { taskId: task.taskId } }),
    HINT_MS,
  );
  const showNew = () => {
    live.showNew();
    frame.current?.querySelector('[role="region"]')?.scrollTo({ top: 0 });
  };
  const { fetchNextPage } = query;
  // Whether a page is on its way is not asked of the query: that would draw everything again when one sets out, in the midst of scrolling.
  const more = useCallback(() => void fetchNextPage({ cancelRefetch: false }).then(() => look.current()), [fetchNextPage]);
  const selection = useSelectionActions(chosen, all, deselect);
  const keys = useListKeys(trash, selection);

  if (query.isSuccess && rows.length === 0 && !isFiltered(search) && !query.isPlaceholderData) return empty;
  return (
    <div className={css.list}>
      <ListBar
        search={search}
        trash={trash}
        total={total === undefined ? undefined : t(totalIsEstimate ? 'list.about' : 'list.count', { count: total, formatted: about })}
        onChange={change}
        onClear={clear}
        onGo={go}
        columns={compact ? undefined : columns}
        layout={layout}
        setLayout={setLayout}
        onReset={resetLayout}
        borrowed={borrowed}
      />
      {query.isError && (
        <Alert color="red" variant="light" icon={<IconAlertCircle />} title={t('list.failed')} role="alert">
          {problemText(t, query.error)}{' '}
          <Button size="compact-xs" variant="light" onClick={() => void query.refetch()}>
            {t('action.tryAgain')}
          </Button>
        </Alert>
      )}
      <div ref={frame} className={css.frame} onPointerLeave={live.look}>
        {live.newCount > 0 && (
          <Button className={css.fresh} size="compact-sm" radius="xl" leftSection={<IconArrowUp size={14} aria-hidden />} onClick={showNew}>
            {t('list.newTasks', { count: live.newCount })}
          </Button>
        )}
        {/* Before the rows, though drawn over their end: nobody can go through all of them with Tab. */}
        {chosen.length > 0 && (
          <Suspense>
            <BulkBar
              selection={selection}
              offer={chosen.length === rows.length && query.hasNextPage ? about : ''}
              onClear={deselect}
              onAll={() => selectAll({ filter: { ...toFilter(search, trash, Date.now()), scope } })}
            />
          </Suspense>
        )}
        {query.isSuccess && rows.length === 0 ? (
          <NoMatch onClear={clear} />
        ) : (
          <DataTable
            label={trash ? t('list.trashTitle') : t('list.title')}
            rows={rows}
            rowId={taskIdOf}
            rowLabel={nameOf}
            bare={compact}
            rowHeight={compact ? COMPACT_ROW_HEIGHT : undefined}
            columns={compact ? compactColumns : columns}
            layout={compact ? COMPACT_LAYOUT : layout}
            setLayout={setLayout}
            sort={search.sort}
            sortMax={SORT_MAX}
            onSort={sort}
            loading={query.isPending || (query.isError && rows.length === 0)}
            stale={query.isPlaceholderData}
            hasMore={query.hasNextPage}
            onMore={more}
            onOpen={open}
            onHint={hint}
            selection={compact ? undefined : { ids: ticked, onChange: select }}
            keys={keys}
            onRange={inView}
            place={place}
          />
        )}
      </div>
    </div>
  );
}

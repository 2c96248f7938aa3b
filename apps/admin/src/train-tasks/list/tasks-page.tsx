import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.js';
import { DropToForm } from '../form/drop-overlay.js';
import { EmptyTasks } from './empty-tasks.js';
import { rememberList } from './last-list.js';
import { NothingShared } from './nothing-shared.js';
import { ScopeFilter } from '../../task-filter/scope-filter.js';
import type { ListSearch } from '../../task-filter/list-search.js';
import { useListSearch } from '../../task-filter/use-list-search.js';
import { TaskList } from './task-list.js';

const route = getRouteApi('/signed-in/tasks');

export function TasksPage() {
  const { t } = useTranslation();
  const search = useListSearch(route.useSearch());
  const navigate = route.useNavigate();
  useEffect(() => rememberList(search), [search]);
  const go = useCallback((next: ListSearch, replace: boolean) => void navigate({ search: next, replace }), [navigate]);
  return (
    <Page
      title={t('list.title')}
      height="full"
      actions={<ScopeFilter search={search} onChange={(change) => void navigate({ search: { ...search, ...change } })} />}
    >
      <DropToForm />
      <TaskList trash={false} search={search} onSearch={go} empty={search.scope === 'shared' ? <NothingShared /> : <EmptyTasks />} />
    </Page>
  );
}

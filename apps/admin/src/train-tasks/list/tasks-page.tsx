import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.js';
import { EmptyTasks } from './empty-tasks.js';
import { TaskList } from './task-list.js';

const route = getRouteApi('/signed-in/tasks');

export function TasksPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page title={t('list.title')} height="full">
      <TaskList trash={false} search={search} onSearch={(next, replace) => void navigate({ search: next, replace })} empty={<EmptyTasks />} />
    </Page>
  );
}

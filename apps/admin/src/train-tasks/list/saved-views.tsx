import { Button, Menu } from '@mantine/core';
import { IconBookmark } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListSearch } from '../../task-filter/list-search.js';
import type { EditedView } from './view-dialog.js';

const ViewItems = lazy(async () => ({ default: (await import('./view-items.js')).ViewItems }));
const ViewDialog = lazy(async () => ({ default: (await import('./view-dialog.js')).ViewDialog }));

interface SavedViewsProps {
  page: 'tasks' | 'trash';
  onOpen: (search: ListSearch) => void;
}

/** Lists by name: to open one, and to give one to this list. */
export function SavedViews({ page, onOpen }: SavedViewsProps) {
  const { t } = useTranslation();
  const [edited, setEdited] = useState<EditedView | null>(null);
  return (
    <>
      <Menu position="bottom-start" width={300}>
        <Menu.Target>
          <Button variant="default" size="xs" leftSection={<IconBookmark size={15} aria-hidden />}>
            {t('views.title')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Suspense>
            <ViewItems page={page} onOpen={onOpen} onEdit={setEdited} />
          </Suspense>
        </Menu.Dropdown>
      </Menu>
      {edited !== null && (
        <Suspense>
          <ViewDialog view={edited} onClose={() => setEdited(null)} />
        </Suspense>
      )}
    </>
  );
}

import { ActionIcon, Menu } from '@mantine/core';
import type { TrainTaskPage } from '@lora-ledger/contracts';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { apiGet, apiHref } from '../../api/http.js';
import { problemText } from '../../ui/problem-text.js';
import { useTell } from '../../ui/use-tell.js';
import { toApiQuery, type ListSearch } from '../../task-filter/list-search.js';

const FORMATS = ['csv', 'json'] as const;

/** The whole filtered list as a file; the browser itself downloads it, however large it is. */
export function ExportMenu({ search, trash }: { search: ListSearch; trash: boolean }) {
  const { t } = useTranslation();
  const tell = useTell();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={30} visibleFrom="xs" aria-label={t('exporting.title')} title={t('exporting.title')}>
          <IconDownload size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('exporting.listHint')}</Menu.Label>
        {FORMATS.map((format) => (
          <Menu.Item
            key={format}
            onClick={() => void download(search, trash, format).catch((error: unknown) => tell.refused(problemText(t, error)))}
          >
            {t(`exporting.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/**
 * The time is read at the click, so that "last 7 days" means now and not when the menu was drawn. What would be refused is refused for a
 * single row too, and there it can be said why: of a download the browser tells at best that it failed.
 */
async function download(search: ListSearch, trash: boolean, format: (typeof FORMATS)[number]): Promise<void> {
  const query = { ...toApiQuery(search, Date.now()), deleted: trash ? 'only' : undefined };
  await apiGet<TrainTaskPage>('/train-tasks', { ...query, limit: 1 });
  const link = document.createElement('a');
  link.href = apiHref('/train-tasks/export', { ...query, format });
  // Without this an answer that is no file after all would take the place of the page.
  link.download = '';
  link.click();
}

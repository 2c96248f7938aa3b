import { ActionIcon, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { apiHref } from '../../api/http.js';
import { toApiQuery, type ListSearch } from '../../task-filter/list-search.js';

const FORMATS = ['csv', 'json'] as const;

/** The whole filtered list as a file; the browser itself downloads it, however large it is. */
export function ExportMenu({ search, trash }: { search: ListSearch; trash: boolean }) {
  const { t } = useTranslation();
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
          <Menu.Item key={format} onClick={() => download(search, trash, format)}>
            {t(`exporting.${format}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The time is read at the click, so that "last 7 days" means now and not when the menu was drawn. */
function download(search: ListSearch, trash: boolean, format: (typeof FORMATS)[number]): void {
  window.location.assign(
    apiHref('/train-tasks/export', { ...toApiQuery(search, Date.now()), deleted: trash ? 'only' : undefined, format }),
  );
}

import { ActionIcon, Tooltip } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { downloadCsv } from './download.js';
import type { Figures } from './figures.js';

/** Takes away what a card says that has no chart. */
export function ExportButton({ title, fileName, figures }: { title: string; fileName: string; figures: Figures }) {
  const { t } = useTranslation();
  return (
    <Tooltip label={t('analytics.chart.csv')}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`${t('analytics.chart.csv')}${t('value.colon')}${title}`}
        onClick={() => downloadCsv(fileName, figures)}
      >
        <IconDownload size={17} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

import { ActionIcon, Box, Group, Menu, Skeleton, Text, Tooltip } from '@mantine/core';
import { IconChartBar, IconDownload, IconTable } from '@tabler/icons-react';
import { lazy, Suspense, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.js';
import type { ChartHandle, ChartProps } from './chart.js';
import css from './chart.module.css';
import { download, downloadCsv } from './download.js';
import type { Figures } from './figures.js';
import { FiguresTable } from './figures-table.js';

const Chart = lazy(async () => ({ default: (await import('./chart.js')).Chart }));

interface ChartCardProps extends Omit<ChartProps, 'handle'> {
  title: string;
  /** Of exported files, without ending. */
  fileName: string;
  /** Pixels below which its labels would run into each other: on a narrow page it is pushed sideways instead. */
  minWidth?: number;
  figures: Figures;
  /** Choices that belong to this chart. */
  controls?: ReactNode;
  /** What to make of the chart, above it. */
  lead?: ReactNode;
  /** Which marks are drawn, where the chart itself does not say. */
  legend?: ReactNode;
}

/** A chart with its alternative as a table, and both to take away. */
export function ChartCard({ title, fileName, minWidth, figures, controls, lead, legend, ...chart }: ChartCardProps) {
  const { t } = useTranslation();
  const handle = useRef<ChartHandle | null>(null);
  const [asTable, setAsTable] = useState(false);
  const swap = asTable ? t('analytics.chart.asChart') : t('analytics.chart.asTable');
  const actions = (
    <Group gap={4} wrap="nowrap">
      {controls}
      <Tooltip label={swap}>
        <ActionIcon variant="subtle" color="gray" aria-label={`${swap}${t('value.colon')}${title}`} onClick={() => setAsTable(!asTable)}>
          {asTable ? <IconChartBar size={17} aria-hidden /> : <IconTable size={17} aria-hidden />}
        </ActionIcon>
      </Tooltip>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`${t('analytics.chart.export')}${t('value.colon')}${title}`}>
            <IconDownload size={17} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => downloadCsv(fileName, figures)}>{t('analytics.chart.csv')}</Menu.Item>
          {!asTable && (
            <Menu.Item
              onClick={() => {
                if (handle.current !== null) download(`${fileName}.png`, handle.current.png());
              }}
            >
              {t('analytics.chart.png')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
  return (
    <Card title={title} actions={actions}>
      {lead !== undefined && (
        <Text component="div" size="sm" c="dimmed" mb="xs" maw={1100}>
          {lead}
        </Text>
      )}
      {!asTable && legend !== undefined && <Box mb="xs">{legend}</Box>}
      {asTable ? (
        <FiguresTable label={title} figures={figures} />
      ) : (
        <div {...(minWidth === undefined ? {} : { className: css.sideways, role: 'region', 'aria-label': title, tabIndex: 0 })}>
          <div style={{ minWidth }}>
            <Suspense fallback={<Skeleton height={chart.height} />}>
              <Chart {...chart} handle={handle} />
            </Suspense>
          </div>
        </div>
      )}
    </Card>
  );
}

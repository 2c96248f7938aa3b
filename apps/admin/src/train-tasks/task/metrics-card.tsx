import { Table } from '@mantine/core';
import type { MetricSummary } from '@lora-ledger/contracts';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.js';
import { useFormat } from '../../ui/use-format.js';
import css from './task-page.module.css';

export function MetricsCard({ metrics }: { metrics: readonly MetricSummary[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (metrics.length === 0) return null;
  return (
    <Card title={t('detail.metrics.title')}>
      <div className={css.scroller} tabIndex={0} role="group" aria-label={t('detail.metrics.title')}>
        <Table fz={12.5} horizontalSpacing={5} style={{ whiteSpace: 'nowrap' }} verticalSpacing={5} className="tabular">
          <Table.Thead>
            <Table.Tr>
              <Table.Th ps={0}>{t('detail.metrics.metric')}</Table.Th>
              <Table.Th ta="end">{t('detail.metrics.last')}</Table.Th>
              <Table.Th ta="end">{t('detail.metrics.min')}</Table.Th>
              <Table.Th ta="end">{t('detail.metrics.max')}</Table.Th>
              <Table.Th ta="end" pe={0}>
                {t('detail.metrics.count')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {metrics.map(({ key, last, min, max, count }) => (
              <Table.Tr key={key}>
                <Table.Th scope="row" fw={500} ps={0}>
                  {key}
                </Table.Th>
                <Table.Td ta="end">{format.value(last)}</Table.Td>
                <Table.Td ta="end">{format.value(min)}</Table.Td>
                <Table.Td ta="end">{format.value(max)}</Table.Td>
                <Table.Td ta="end" pe={0}>
                  {format.count(count)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Card>
  );
}

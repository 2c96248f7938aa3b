import { Text } from '@mantine/core';
import type { Basis } from '@lora-ledger/contracts';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/use-format.js';

/** What an answer rests on, and how old it is. */
export function BasisLine({ basis: { tasks, sampled, asOf } }: { basis: Basis }) {
  const { t } = useTranslation();
  const format = useFormat();
  const facts = { count: tasks, formatted: format.count(tasks), time: format.fullTime(asOf) };
  return (
    <Text size="xs" c="dimmed" className="tabular">
      {sampled ? t('analytics.basis.sampled', facts) : t('analytics.basis.all', facts)}
    </Text>
  );
}

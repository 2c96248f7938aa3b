import { Autocomplete, Group, Text, TextInput } from '@mantine/core';
import type { Convergence } from '@lora-ledger/contracts';
import { IconChartLine } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { facetsOptions } from '../../task-filter/facets.js';
import { EmptyList } from '../../ui/empty-list.js';
import { filterOf } from '../analytics-search.js';
import { Answered } from '../answered.js';
import { BasisLine } from '../basis-line.js';
import { DimensionSelect } from '../dimension-select.js';
import { convergenceOptions } from '../queries.js';
import type { SectionProps } from '../section.js';
import { ConvergenceBands } from './convergence-bands.js';
import { ConvergenceTable } from './convergence-table.js';

/** How a metric falls over the run, by the value of a parameter. */
export function ConvergenceSection({ search, onChange }: SectionProps) {
  const { t } = useTranslation();
  const by = search.by ?? 'learningRate';
  const query = useQuery(convergenceOptions({ ...filterOf(search), metric: search.metric, target: search.target }, by));
  return (
    <>
      <Group gap="sm" align="end">
        <DimensionSelect label={t('analytics.by')} value={by} onChange={(name) => onChange({ by: name ?? undefined })} />
        <MetricField key={search.metric} search={search} onChange={onChange} />
        <TargetField key={`target ${search.target}`} search={search} onChange={onChange} />
      </Group>
      <Answered query={query} skeleton={[420, 200]}>
        {(answer) => <ConvergenceAnswer search={search} answer={answer} />}
      </Answered>
    </>
  );
}

function ConvergenceAnswer({ search, answer }: Pick<SectionProps, 'search'> & { answer: Convergence }) {
  const { t } = useTranslation();
  if (answer.groups.length === 0)
    return (
      <EmptyList
        Icon={IconChartLine}
        title={t('analytics.convergence.none')}
        text={t('analytics.convergence.noneText', { metric: answer.metric })}
      />
    );
  return (
    <>
      <ConvergenceBands key={`${answer.by} ${answer.metric} ${answer.groups.length}`} search={search} answer={answer} />
      <ConvergenceTable search={search} answer={answer} />
      {answer.unaligned > 0 && (
        <Text size="xs" c="dimmed">
          {t('analytics.convergence.unaligned', { count: answer.unaligned })}
        </Text>
      )}
      <BasisLine basis={answer.basis} />
    </>
  );
}

function MetricField({ search, onChange }: SectionProps) {
  const { t } = useTranslation();
  const { data } = useQuery(facetsOptions);
  const [metric, setMetric] = useState(search.metric ?? 'loss');
  const apply = (name: string): void => onChange({ metric: name.trim() === '' || name.trim() === 'loss' ? undefined : name.trim() });
  return (
    <Autocomplete
      size="xs"
      w={150}
      label={t('analytics.convergence.metric')}
      data={['loss', ...(data?.metricKeys ?? []).filter((key) => key !== 'loss')]}
      limit={50}
      value={metric}
      onChange={setMetric}
      onOptionSubmit={apply}
      onBlur={() => apply(metric)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') apply(metric);
      }}
    />
  );
}

function TargetField({ search, onChange }: SectionProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(search.target === undefined ? '' : String(search.target));
  const isNumber = text.trim() === '' || Number.isFinite(Number(text));
  const apply = (event?: FormEvent): void => {
    event?.preventDefault();
    if (isNumber) onChange({ target: text.trim() === '' ? undefined : Number(text) });
  };
  return (
    <form onSubmit={apply}>
      <TextInput
        size="xs"
        w={150}
        label={t('analytics.convergence.target')}
        placeholder={t('analytics.none')}
        inputMode="decimal"
        value={text}
        error={isNumber ? undefined : t('filters.notANumber')}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => apply()}
      />
    </form>
  );
}

import { Group, Text } from '@mantine/core';
import type { SuccessRates } from '@lora-ledger/contracts';
import { IconChartBarOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyList } from '../../ui/empty-list.js';
import { useFormat } from '../../ui/use-format.js';
import { filterOf } from '../analytics-search.js';
import { Answered } from '../answered.js';
import { BasisLine } from '../basis-line.js';
import { DimensionSelect } from '../dimension-select.js';
import { successOptions } from '../queries.js';
import type { SectionProps } from '../section.js';
import { useWords } from '../words.js';
import { RateBars } from './rate-bars.js';
import { RateMap } from './rate-map.js';

/** How often it goes well, by one parameter or two. */
export function SuccessSection({ search, onChange }: SectionProps) {
  const { t } = useTranslation();
  const by = search.by ?? 'loraRank';
  const dimensions = search.and === undefined || search.and === by ? [by] : [by, search.and];
  const query = useQuery(successOptions(filterOf(search), dimensions));
  return (
    <>
      <Group gap="sm" align="end">
        <DimensionSelect
          label={t('analytics.by')}
          value={by}
          except={search.and}
          onChange={(name) => onChange({ by: name ?? undefined })}
        />
        <DimensionSelect
          label={t('analytics.success.and')}
          value={search.and ?? null}
          except={by}
          clearable
          onChange={(name) => onChange({ and: name ?? undefined })}
        />
      </Group>
      <Answered query={query} skeleton={[420]}>
        {(answer) => <SuccessAnswer search={search} answer={answer} />}
      </Answered>
    </>
  );
}

function SuccessAnswer({ search, answer }: Pick<SectionProps, 'search'> & { answer: SuccessRates }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { overall, p, omitted, bins } = answer;
  const words = useWords();
  if (overall.n === 0)
    return <EmptyList Icon={IconChartBarOff} title={t('analytics.success.none')} text={t('analytics.success.noneText')} />;
  const lead = (
    <>
      <Text inherit>
        {t('analytics.success.overall', {
          rate: words.rate(overall.rate),
          interval: words.interval(overall),
          count: overall.n,
          formatted: format.count(overall.n),
        })}{' '}
        {p === null ? '' : chance(p)}
      </Text>
      {omitted > 0 && <Text inherit>{t('analytics.success.omitted', { count: omitted, formatted: format.count(omitted) })}</Text>}
    </>
  );
  function chance(probability: number): string {
    if (probability < 0.001) return t('analytics.success.surely');
    return t(probability <= 0.05 ? 'analytics.success.likely' : 'analytics.success.chance', {
      p: format.value(Number(probability.toPrecision(2))),
    });
  }
  return (
    <>
      {answer.by.length === 1 ? (
        <RateBars key={answer.by[0]} search={search} answer={answer} lead={lead} />
      ) : (
        <RateMap search={search} answer={answer} lead={lead} />
      )}
      {bins.some(({ tooFew }) => tooFew) && (
        <Text size="xs" c="dimmed">
          {t('analytics.success.tooFewText')}
        </Text>
      )}
      <BasisLine basis={answer.basis} />
    </>
  );
}

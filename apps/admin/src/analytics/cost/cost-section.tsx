import { SegmentedControl, Text } from '@mantine/core';
import type { Costs } from '@lora-ledger/contracts';
import { COST_DIMENSIONS } from '@lora-ledger/contracts/analytics-names';
import { IconCoin } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useUser } from '../../api/session.js';
import { EmptyList } from '../../ui/empty-list.js';
import { filterOf } from '../analytics-search.js';
import { Answered } from '../answered.js';
import { BasisLine } from '../basis-line.js';
import { costOptions } from '../queries.js';
import type { SectionProps } from '../section.js';
import { BudgetsCard } from './budgets-card.js';
import { CostBars } from './cost-bars.js';

/** What was spent, on what, and how much of it came to nothing. */
export function CostSection({ search, onChange }: SectionProps) {
  const { t } = useTranslation();
  const { role } = useUser();
  const choices = COST_DIMENSIONS.filter((name) => name !== 'user' || role === 'admin');
  const per = search.per !== undefined && choices.includes(search.per) ? search.per : choices[0];
  const query = useQuery(costOptions({ ...filterOf(search), per }));
  return (
    <>
      <SegmentedControl
        size="xs"
        style={{ alignSelf: 'start' }}
        aria-label={t('analytics.by')}
        value={per ?? 'user'}
        data={choices.map((value) => ({ value, label: t(`analytics.cost.per.${value}`) }))}
        onChange={(value) => onChange({ per: choices.find((known) => known === value) })}
      />
      <Answered query={query} skeleton={[360]}>
        {(answer) => <CostAnswer search={search} answer={answer} />}
      </Answered>
      <BudgetsCard />
    </>
  );
}

function CostAnswer({ search, answer }: Pick<SectionProps, 'search'> & { answer: Costs }) {
  const { t } = useTranslation();
  if (answer.total.gpuHours === 0 && answer.total.cost === null)
    return <EmptyList Icon={IconCoin} title={t('analytics.cost.none')} text={t('analytics.cost.noneText')} />;
  return (
    <>
      <CostBars search={search} answer={answer} />
      {answer.total.cost === null && (
        <Text size="xs" c="dimmed">
          {t('analytics.cost.noPriceText')}
        </Text>
      )}
      <BasisLine basis={answer.basis} />
    </>
  );
}

import { Button, Group, Text } from '@mantine/core';
import type { Overview } from '@lora-ledger/contracts';
import { IconChartBarOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { isFiltered } from '../../task-filter/list-search.js';
import { EmptyList } from '../../ui/empty-list.js';
import { LinkButton } from '../../ui/links.js';
import type { PeriodName } from '../../ui/period.js';
import { usePeriodLabel } from '../../ui/period-filter.js';
import { filterOf } from '../analytics-search.js';
import { Answered } from '../answered.js';
import { BasisLine } from '../basis-line.js';
import { overviewOptions } from '../queries.js';
import type { SectionProps } from '../section.js';
import { OverviewTiles } from './overview-tiles.js';
import { RateOverTime, StatesOverTime } from './over-time.js';

const COMPARABLE: readonly PeriodName[] = ['7d', '30d', '90d'];

/** How many, how well, how long and how dear. */
export function OverviewSection(props: SectionProps) {
  return (
    <Answered query={useQuery(overviewOptions(filterOf(props.search)))} skeleton={[92, 340, 300]}>
      {(answer) => <OverviewAnswer {...props} answer={answer} />}
    </Answered>
  );
}

function OverviewAnswer({ search, onChange, answer }: SectionProps & { answer: Overview }) {
  const { t } = useTranslation();
  if (answer.totals.all === 0) return <NoTasks search={search} onChange={onChange} />;
  return (
    <>
      <OverviewTiles search={search} answer={answer} />
      {answer.previous === null ? (
        <ComparedWith onChange={onChange} />
      ) : (
        <Text size="xs" c="dimmed">
          {t('analytics.overview.previous')}
        </Text>
      )}
      <StatesOverTime search={search} answer={answer} />
      <RateOverTime search={search} answer={answer} />
      <BasisLine basis={answer.basis} />
    </>
  );
}

/** Changes show only where there is a period to compare with. */
function ComparedWith({ onChange }: Pick<SectionProps, 'onChange'>) {
  const { t } = useTranslation();
  const label = usePeriodLabel();
  return (
    <Group gap={6}>
      <Text size="xs" c="dimmed">
        {t('analytics.overview.choose')}
      </Text>
      {COMPARABLE.map((created) => (
        <Button
          key={created}
          size="compact-xs"
          variant="default"
          onClick={() => onChange({ created, createdFrom: undefined, createdTo: undefined })}
        >
          {label({ last: created })}
        </Button>
      ))}
    </Group>
  );
}

function NoTasks({ search, onChange }: SectionProps) {
  const { t } = useTranslation();
  if (!isFiltered(filterOf(search))) {
    return (
      <EmptyList Icon={IconChartBarOff} title={t('analytics.empty.title')} text={t('analytics.empty.text')}>
        <LinkButton to="/tasks/new" mt="sm" size="xs" variant="light">
          {t('nav.newTask')}
        </LinkButton>
      </EmptyList>
    );
  }
  const clear = () =>
    onChange(
      Object.fromEntries(
        Object.keys(filterOf(search))
          .filter((key) => key !== 'scope')
          .map((key) => [key, undefined]),
      ),
    );
  return (
    <EmptyList Icon={IconChartBarOff} title={t('list.noMatch.title')} text={t('list.noMatch.text')}>
      <Button mt="sm" size="xs" variant="light" onClick={clear}>
        {t('list.noMatch.clear')}
      </Button>
    </EmptyList>
  );
}

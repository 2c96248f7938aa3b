import { Group, SegmentedControl, Text } from '@mantine/core';
import { IconClockOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyList } from '../../ui/empty-list.js';
import { FIGURES, filterOf } from '../analytics-search.js';
import { Answered } from '../answered.js';
import { BasisLine } from '../basis-line.js';
import { DimensionSelect } from '../dimension-select.js';
import { durationsOptions } from '../queries.js';
import type { SectionProps } from '../section.js';
import { DurationBoxes } from './duration-boxes.js';
import { DurationHistogram } from './duration-histogram.js';

/** How long trainings take and wait, and how fast they go: spreads, not averages. */
export function DurationsSection({ search, onChange }: SectionProps) {
  const { t } = useTranslation();
  const by = search.by ?? 'modelName';
  const figure = search.figure ?? 'duration';
  const query = useQuery(durationsOptions(filterOf(search), by));
  return (
    <>
      <Group gap="sm" align="end">
        <DimensionSelect label={t('analytics.by')} value={by} onChange={(name) => onChange({ by: name ?? undefined })} />
        <SegmentedControl
          size="xs"
          aria-label={t('analytics.durations.figure')}
          value={figure}
          data={FIGURES.map((value) => ({ value, label: t(`analytics.durations.${value}`) }))}
          onChange={(value) => onChange({ figure: FIGURES.find((known) => known === value && known !== 'duration') })}
        />
      </Group>
      <Answered query={query} skeleton={[380, 280]}>
        {(answer) =>
          answer.overall[figure].n === 0 ? (
            <EmptyList
              Icon={IconClockOff}
              title={t(figure === 'waiting' ? 'analytics.durations.noneStarted' : 'analytics.durations.none')}
              text={figure === 'waiting' ? undefined : t('analytics.durations.noneText')}
            />
          ) : (
            <>
              <DurationBoxes search={search} answer={answer} figure={figure} />
              {answer.histogram.length > 0 && <DurationHistogram search={search} answer={answer} />}
              {figure === 'waiting' && (
                <Text size="xs" c="dimmed">
                  {t('analytics.durations.ofStarted')}
                </Text>
              )}
              <BasisLine basis={answer.basis} />
            </>
          )
        }
      </Answered>
    </>
  );
}

import { Group, Text } from '@mantine/core';
import type { ProvenRecommendation } from '@lora-ledger/contracts';
import type { Objective } from '@lora-ledger/contracts/analytics-names';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.js';
import { LinkAnchor } from '../../ui/links.js';
import { useFormat } from '../../ui/use-format.js';
import { OUTCOMES, type AnalyticsSearch } from '../analytics-search.js';
import { useTasksBehind } from '../section.js';
import { useWords } from '../words.js';
import { CloneLink } from './clone-link.js';
import { Facts } from './facts.js';
import { ParameterList, valuesOf } from './parameter-list.js';

const COMPARED = 20;

interface ProvenCardProps {
  search: AnalyticsSearch;
  recommended: ProvenRecommendation;
  place: number;
  objective: Objective;
  /** With a present task, which `changes` tell the distance of. */
  isCompared: boolean;
}

/** A group of runs that has proved good, with what it rests on. */
export function ProvenCard({ search, recommended, place, objective, isCompared }: ProvenCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const { behind } = useTasksBehind(search);
  const { group, params, filter, n, successRate, medianFinalLoss, medianSeconds, medianLow, medianHigh, taskIds, reason, changes } =
    recommended;
  const tasks = behind(filter, { status: OUTCOMES });
  const names = Object.keys(group);
  const spread = (read: (value: number) => string): string =>
    medianLow === null || medianHigh === null ? '' : ` (${read(medianLow)} – ${read(medianHigh)})`;
  const best = names
    .filter((name) => typeof group[name] === 'object' && group[name] !== null)
    .map((name) => `${words.parameter(name)} ${words.value(params[name] ?? null)}`);
  return (
    <Card
      title={t('analytics.recommend.provenTitle', { place })}
      actions={<CloneLink recommended={recommended} label={t('analytics.recommend.clone')} />}
    >
      {names.length === 0 ? (
        <Text size="sm" fw={600}>
          {t('analytics.recommend.everything')}
        </Text>
      ) : (
        <ParameterList values={valuesOf(group, words.group)} changes={changes} />
      )}
      <Facts
        facts={[
          [t('analytics.runs'), format.count(n)],
          [t('analytics.rate'), `${words.rate(successRate.rate)} (${words.interval(successRate)})`],
          [t('analytics.recommend.medianLoss'), `${format.loss(medianFinalLoss)}${objective === 'finalLoss' ? spread(format.loss) : ''}`],
          ...(objective === 'time' || medianSeconds !== null
            ? [
                [
                  t('analytics.overview.median'),
                  `${format.duration(medianSeconds)}${objective === 'time' ? spread(format.duration) : ''}`,
                ] as const,
              ]
            : []),
        ]}
      />
      <Text size="sm" mt="sm">
        {words.sentence(reason)}
      </Text>
      {isCompared && names.length > 0 && (
        <Text size="sm" mt={4}>
          {changes.length === 0
            ? t('analytics.recommend.within')
            : t('analytics.recommend.distance', {
                count: changes.length,
                all: names.length,
                names: changes.map(({ parameter }) => words.parameter(parameter)).join(t('analytics.recommend.separator')),
              })}
        </Text>
      )}
      {!isCompared && best.length > 0 && (
        <Text size="xs" c="dimmed" mt={4}>
          {t('analytics.recommend.bestOf', { values: best.join(t('analytics.recommend.separator')) })}
        </Text>
      )}
      <Group gap="md" mt="sm">
        {tasks !== null && (
          <LinkAnchor to="/tasks" search={tasks} size="sm">
            {t('analytics.recommend.tasks', { count: n, formatted: format.count(n) })}
          </LinkAnchor>
        )}
        {taskIds.length > 1 && (
          <LinkAnchor to="/compare" search={{ ids: taskIds.slice(0, COMPARED) }} size="sm">
            {t('analytics.recommend.compare', { count: Math.min(COMPARED, taskIds.length) })}
          </LinkAnchor>
        )}
      </Group>
    </Card>
  );
}

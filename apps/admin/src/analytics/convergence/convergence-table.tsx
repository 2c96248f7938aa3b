import { Text } from '@mantine/core';
import type { Convergence, ConvergenceGroup, TargetSteps } from '@lora-ledger/contracts';
import { TOO_FEW, wilsonInterval } from '@lora-ledger/training';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.js';
import { useFormat } from '../../ui/use-format.js';
import { OUTCOMES, type AnalyticsSearch } from '../analytics-search.js';
import { ExportButton } from '../chart/export-button.js';
import type { Figure, Figures } from '../chart/figures.js';
import { FiguresTable } from '../chart/figures-table.js';
import { useTasksBehind } from '../section.js';
import { useWords } from '../words.js';
import { finalMedian } from './final-median.js';
import { middleHalf } from './middle-half.js';

/** Of each group: how many runs diverged, where the metric is a loss, where they ended, and how soon they came down to the target. */
export function ConvergenceTable({ search, answer: { groups, by } }: { search: AnalyticsSearch; answer: Convergence }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const { behind } = useTasksBehind(search);
  const hasTarget = search.target !== undefined;
  const isLoss = groups.some(({ diverged }) => diverged !== null);
  const steps = (value: number | null): Figure => ({
    raw: value,
    shown: value === null ? t('value.none') : format.count(Math.round(value)),
  });
  const target = ({ reached, n, median, q1, q3 }: TargetSteps): Figure[] => [
    { raw: reached, shown: t('analytics.of', { part: format.count(reached), all: format.count(n) }) },
    { ...steps(median), shown: median === null ? t('analytics.never') : steps(median).shown },
    { raw: `${q1 ?? ''}..${q3 ?? ''}`, shown: middleHalf({ q1, q3 }, t, format.count) },
  ];
  const divergedFigures = ({ diverged, n }: ConvergenceGroup): Figure[] => {
    if (diverged === null) return [];
    const { low, high } = wilsonInterval(diverged, n);
    const share = t('analytics.share', {
      share: words.rate(diverged / n),
      part: t('analytics.of', { part: format.count(diverged), all: format.count(n) }),
    });
    return [
      { raw: diverged / n, shown: share },
      { raw: `${low}..${high}`, shown: words.interval({ low, high }) },
    ];
  };
  const title = t('analytics.convergence.groups');
  const figures: Figures = {
    name: words.parameter(by),
    columns: [
      t('analytics.runs'),
      ...(isLoss ? [t('analytics.convergence.diverged'), t('analytics.interval95')] : []),
      t('analytics.convergence.final'),
      ...(hasTarget
        ? [
            t('analytics.convergence.reached', { target: format.value(search.target) }),
            t('analytics.convergence.steps'),
            t('analytics.convergence.middle'),
          ]
        : []),
    ],
    rows: groups.map((group) => ({
      key: words.value(group.value),
      name: words.value(group.value),
      tasks: behind(group.filter, { status: OUTCOMES }),
      figures: [
        { raw: group.n, shown: words.from(group.n, format.count(group.n)) },
        ...divergedFigures(group),
        { raw: finalMedian(group), shown: format.loss(finalMedian(group)) },
        ...(hasTarget && group.stepsToTarget !== null ? target(group.stepsToTarget) : []),
      ],
    })),
  };
  return (
    <Card title={title} actions={<ExportButton title={title} fileName={`convergence-groups-by-${by}`} figures={figures} />}>
      <FiguresTable label={title} figures={figures} />
      {groups.some(({ n }) => n < TOO_FEW) && (
        <Text size="xs" c="dimmed" mt="xs">
          {t('analytics.convergence.tooFewText')}
        </Text>
      )}
    </Card>
  );
}

import { Group, Text } from '@mantine/core';
import type { ProvenRecommendation } from '@lora-ledger/contracts';
import type { Objective } from '@lora-ledger/contracts/analytics-names';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.js';
import { LinkAnchor } from '../../ui/links.js';
import { useFormat } from '../../ui/use-format.js';
import { listBehind, type AnalyticsSearch } from '../analytics-search.js';
import { useWords } from '../words.js';
import { CloneLink } from './clone-link.js';
import { Facts } from './facts.js';
import { ParameterList } from './parameter-list.js';
import { selectionOfParams } from './selection-of-params.js';

const COMPARED = 20;

interface ProvenCardProps {
  search: AnalyticsSearch;
  recommended: ProvenRecommendation;
  place: number;
  objective: Objective;
}

/** A combination that has proved good, with what it rests on. */
export function ProvenCard({ search, recommended, place, objective }: ProvenCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const { params, n, successRate, medianFinalLoss, medianSeconds, taskIds, reason, changes } = recommended;
  return (
    <Card title={t('analytics.recommend.provenTitle', { place })} actions={<CloneLink recommended={recommended} label={t('analytics.recommend.clone')} />}>
      <ParameterList params={params} changes={changes} />
      <Facts facts={[
        [t('analytics.rate'), `${words.rate(successRate.rate)} (${words.interval(successRate)})`], [t('analytics.runs'), successRate.tooFew ? t('analytics.fewCount', { n: format.count(n) }) : format.count(n)],
        [t('analytics.recommend.medianLoss'), format.loss(medianFinalLoss)], ...(objective === 'time' || medianSeconds !== null ? [[t('analytics.overview.median'), format.duration(medianSeconds)] as const] : []),
      ]}
      />
      <Text size="sm" mt="sm">{words.sentence(reason)}</Text>
      <Group gap="md" mt="sm">
        <LinkAnchor to="/tasks" search={listBehind(search, selectionOfParams(params))} size="sm">{t('analytics.recommend.tasks', { count: n, formatted: format.count(n) })}</LinkAnchor>
        {taskIds.length > 1 && <LinkAnchor to="/compare" search={{ ids: taskIds.slice(0, COMPARED) }} size="sm">{t('analytics.recommend.compare', { count: Math.min(COMPARED, taskIds.length) })}</LinkAnchor>}
      </Group>
    </Card>
  );
}

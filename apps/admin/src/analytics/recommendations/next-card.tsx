import { Text } from '@mantine/core';
import type { NextRecommendation } from '@lora-ledger/contracts';
import type { Objective } from '@lora-ledger/contracts/analytics-names';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.js';
import { useFormat } from '../../ui/use-format.js';
import { useWords } from '../words.js';
import { CloneLink } from './clone-link.js';
import { Facts } from './facts.js';
import { ParameterList, valuesOf } from './parameter-list.js';

interface NextCardProps {
  recommended: NextRecommendation;
  place: number;
  /** Parameters that are told elsewhere. */
  told: readonly string[];
  objective: Objective;
}

/** A combination nobody has tried, with what is expected of it. */
export function NextCard({ recommended, place, told, objective }: NextCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const { params, expected, reason, changes, against } = recommended;
  const own = Object.fromEntries(Object.entries(params).filter(([name]) => !told.includes(name)));
  const figure = (value: number): string =>
    objective === 'success' ? words.rate(value) : objective === 'time' ? format.duration(value) : format.loss(value);
  return (
    <Card
      title={t('analytics.recommend.nextTitle', { place })}
      actions={<CloneLink recommended={recommended} label={t('analytics.recommend.try')} />}
    >
      <ParameterList values={valuesOf(own, words.value)} changes={changes.length > 0 ? changes : against} />
      <Facts
        facts={[
          [t(`analytics.recommend.expected.${objective}`), figure(expected.value)],
          [t('analytics.interval95'), `${figure(expected.low)} – ${figure(expected.high)}`],
          [t('analytics.recommend.endsWell'), words.rate(expected.successProbability)],
        ]}
      />
      <Text size="sm" mt="sm">
        {words.sentence(reason)}
      </Text>
    </Card>
  );
}

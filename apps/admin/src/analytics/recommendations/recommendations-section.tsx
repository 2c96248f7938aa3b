import { Alert, Group, Pill, SegmentedControl, Select, Text, Title } from '@mantine/core';
import type { Recommendations } from '@lora-ledger/contracts';
import { OBJECTIVES } from '@lora-ledger/contracts/analytics-names';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { facetsOptions } from '../../task-filter/facets.js';
import { useFormat } from '../../ui/use-format.js';
import { filterOf } from '../analytics-search.js';
import css from '../analytics.module.css';
import { Answered } from '../answered.js';
import { BasisLine } from '../basis-line.js';
import { recommendationsOptions } from '../queries.js';
import type { SectionProps } from '../section.js';
import { useWords } from '../words.js';
import { inAll } from './in-all.js';
import { NextCard } from './next-card.js';
import { ProvenCard } from './proven-card.js';

/** What to run: what has proved good, and what promises to be better. */
export function RecommendationsSection({ search, onChange }: SectionProps) {
  const { t } = useTranslation();
  const query = useQuery(recommendationsOptions({ ...filterOf(search), objective: search.objective, present: search.present }));
  const facets = useQuery(facetsOptions);
  const chosen = search.modelName ?? query.data?.modelNames ?? [];
  const models = [...new Set([...chosen, ...(facets.data?.modelNames ?? [])])];
  return (
    <>
      <Group gap="sm" align="end">
        <Select
          size="xs"
          w={240}
          searchable
          label={t('analytics.dimension.modelName')}
          data={models}
          value={chosen.length === 1 ? (chosen[0] ?? null) : null}
          placeholder={chosen.join(', ')}
          onChange={(model) => {
            if (model !== null) onChange({ modelName: [model] });
          }}
          allowDeselect={false}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('analytics.objective.label')}
          value={search.objective ?? 'finalLoss'}
          data={OBJECTIVES.map((value) => ({ value, label: t(`analytics.objective.${value}`) }))}
          onChange={(value) => onChange({ objective: OBJECTIVES.find((known) => known === value && known !== 'finalLoss') })}
        />
        {search.present !== undefined && (
          <Pill
            withRemoveButton
            onRemove={() => onChange({ present: undefined })}
            removeButtonProps={{ 'aria-label': t('analytics.recommend.noPresent'), 'aria-hidden': false, tabIndex: 0 }}
          >
            {t(query.data?.comparedWith === null ? 'analytics.recommend.otherModel' : 'analytics.recommend.present')}
          </Pill>
        )}
      </Group>
      <Answered query={query} skeleton={[260, 260]}>
        {(answer) => <Cards search={search} answer={answer} />}
      </Answered>
    </>
  );
}

function Cards({
  search,
  answer: { refused, proven, groupedBy, leftOut, unproven, next, objective, basedOn, comparedWith },
}: Pick<SectionProps, 'search'> & { answer: Recommendations }) {
  const { t } = useTranslation();
  const words = useWords();
  const format = useFormat();
  const common = inAll(next);
  if (refused !== null) {
    return (
      <Alert variant="light" color="blue" icon={<IconInfoCircle />} title={t('analytics.recommend.refused')}>
        {words.sentence(refused)} {t('analytics.widen')}
      </Alert>
    );
  }
  return (
    <>
      <section aria-labelledby="proven">
        <Title order={2} fz={17} id="proven">
          {t('analytics.recommend.proven')}
        </Title>
        <Text size="sm" c="dimmed" mb="sm">
          {t(`analytics.recommend.provenText.${objective}`)}
          {groupedBy.length > 0 && <> {t('analytics.recommend.groupedBy', { names: groupedBy.map(words.parameter).join(' × ') })}</>}
          {leftOut > 0 && <> {t('analytics.recommend.leftOut', { count: leftOut, formatted: format.count(leftOut) })}</>}
        </Text>
        {unproven !== null && (
          <Alert variant="light" color="blue" icon={<IconInfoCircle />} title={t('analytics.recommend.unproven')}>
            {words.sentence(unproven)} {t('analytics.widen')}
          </Alert>
        )}
        <div className={css.cards}>
          {proven.map((one, index) => (
            <ProvenCard
              key={JSON.stringify(one.group)}
              search={search}
              recommended={one}
              place={index + 1}
              objective={objective}
              isCompared={comparedWith !== null}
            />
          ))}
        </div>
      </section>
      <section aria-labelledby="next">
        <Title order={2} fz={17} id="next">
          {t('analytics.recommend.next')}
        </Title>
        <Text size="sm" c="dimmed" mb="sm">
          {t(next.length === 0 ? 'analytics.recommend.noNext' : 'analytics.recommend.nextText')}
          {common.length > 0 && (
            <>
              {' '}
              {t('analytics.recommend.inAll', {
                values: common
                  .map((name) => `${words.parameter(name)} ${words.value(next[0]?.params[name] ?? null)}`)
                  .join(t('analytics.recommend.separator')),
              })}
            </>
          )}
        </Text>
        <div className={css.cards}>
          {next.map((one, index) => (
            <NextCard key={JSON.stringify(one.params)} recommended={one} place={index + 1} told={common} objective={objective} />
          ))}
        </div>
      </section>
      <BasisLine basis={basedOn} />
    </>
  );
}

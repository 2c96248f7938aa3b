import { Alert, SegmentedControl, Text } from '@mantine/core';
import type { Importance } from '@lora-ledger/contracts';
import { OBJECTIVES } from '@lora-ledger/contracts/analytics-names';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/use-format.js';
import { filterOf } from '../analytics-search.js';
import { Answered } from '../answered.js';
import { BasisLine } from '../basis-line.js';
import { importanceOptions } from '../queries.js';
import type { SectionProps } from '../section.js';
import { useWords } from '../words.js';
import { ImportanceBars } from './importance-bars.js';

/** The finding comes first when there is none: bars alone would be read as one. */
function NothingStandsOut({ answer: { explained, basis, objective } }: { answer: Importance }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const facts = {
    share: words.rate(Math.max(0, explained ?? 0)),
    count: basis.tasks,
    formatted: format.count(basis.tasks),
    objective: t(`analytics.objective.${objective}`),
  };
  return (
    <Alert variant="light" color="blue" icon={<IconInfoCircle />} title={t('analytics.importance.nothing')}>
      {t('analytics.importance.nothingText', facts)}
    </Alert>
  );
}

/** Which parameters decide the loss, the success or the time. */
export function ImportanceSection({ search, onChange }: SectionProps) {
  const { t } = useTranslation();
  const words = useWords();
  const query = useQuery(importanceOptions({ ...filterOf(search), objective: search.objective }));
  return (
    <>
      <SegmentedControl
        size="xs"
        style={{ alignSelf: 'start' }}
        aria-label={t('analytics.objective.label')}
        value={search.objective ?? 'finalLoss'}
        data={OBJECTIVES.map((value) => ({ value, label: t(`analytics.objective.${value}`) }))}
        onChange={(value) => onChange({ objective: OBJECTIVES.find((known) => known === value && known !== 'finalLoss') })}
      />
      <Answered query={query} skeleton={[380]}>
        {(answer) => (
          <>
            {answer.refused !== null && (
              <Alert variant="light" color="blue" icon={<IconInfoCircle />} title={t('analytics.importance.refused')}>
                {words.sentence(answer.refused)} {t('analytics.widen')}
              </Alert>
            )}
            {answer.parameters.length > 0 && !answer.parameters.some(({ notable }) => notable) && <NothingStandsOut answer={answer} />}
            {answer.parameters.length > 0 && <ImportanceBars search={search} answer={answer} />}
            {answer.parameters.length > 0 && (
              <Text size="xs" c="dimmed" maw={820}>
                {t('analytics.importance.how')}
              </Text>
            )}
            <BasisLine basis={answer.basis} />
          </>
        )}
      </Answered>
    </>
  );
}

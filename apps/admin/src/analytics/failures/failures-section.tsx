import { IconMoodSmile } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyList } from '../../ui/empty-list.js';
import { filterOf } from '../analytics-search.js';
import { Answered } from '../answered.js';
import { BasisLine } from '../basis-line.js';
import { failuresOptions } from '../queries.js';
import type { SectionProps } from '../section.js';
import { ErrorGroups } from './error-groups.js';
import { ReasonsOverTime } from './reasons-over-time.js';
import { Suspects } from './suspects.js';

/** Why trainings fail, and what those that do have in common. */
export function FailuresSection({ search }: SectionProps) {
  const { t } = useTranslation();
  const query = useQuery(failuresOptions(filterOf(search)));
  return (
    <Answered query={query} skeleton={[220, 320, 320]}>
      {(answer) =>
        answer.basis.tasks === 0 ? (
          <EmptyList Icon={IconMoodSmile} title={t('analytics.failures.none')} text={t('analytics.failures.noneText')} />
        ) : (
          <>
            <Suspects search={search} answer={answer} />
            <ReasonsOverTime search={search} answer={answer} />
            <ErrorGroups search={search} answer={answer} />
            <BasisLine basis={answer.basis} />
          </>
        )
      }
    </Answered>
  );
}

import { Group, Progress, Stack, Text } from '@mantine/core';
import type { Failures, OverRepresented } from '@lora-ledger/contracts';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.js';
import { LinkAnchor } from '../../ui/links.js';
import { useFormat } from '../../ui/use-format.js';
import type { AnalyticsSearch } from '../analytics-search.js';
import css from '../analytics.module.css';
import { ExportButton } from '../chart/export-button.js';
import { useTasksBehind } from '../section.js';
import { useWords } from '../words.js';
import { figuresOfSuspects } from './figures-of-failures.js';

/** Parameters that keep company with failures more often than chance explains. */
export function Suspects({ search, answer: { overRepresented, tested, testBasis } }: { search: AnalyticsSearch; answer: Failures }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const title = t('analytics.failures.suspects');
  return (
    <Card
      title={title}
      actions={
        overRepresented.length > 0 && (
          <ExportButton title={title} fileName="over-represented-among-failures" figures={figuresOfSuspects(overRepresented, words, t)} />
        )
      }
    >
      <Stack gap="lg">
        {overRepresented.length === 0 && <Text size="sm">{t('analytics.failures.noSuspects')}</Text>}
        {overRepresented.length > 0 && (
          <div className={css.columns}>
            {overRepresented.map((suspect) => (
              <SuspectRow key={`${suspect.parameter} ${JSON.stringify(suspect.value)}`} search={search} suspect={suspect} />
            ))}
          </div>
        )}
        <Text size="xs" c="dimmed">
          {t('analytics.failures.tested', { count: tested, formatted: format.count(tested), tasks: format.count(testBasis.tasks) })}
        </Text>
      </Stack>
    </Card>
  );
}

function SuspectRow({ search, suspect }: { search: AnalyticsSearch; suspect: OverRepresented }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useWords();
  const { behind } = useTasksBehind(search);
  const { parameter, value, failures, successes, failureRate, elsewhere, oddsRatio, q, filter } = suspect;
  const tasks = behind(filter);
  const name = `${words.parameter(parameter)} ${words.value(value)}`;
  return (
    <div>
      <Group justify="space-between" gap="xs" wrap="wrap">
        <Text size="sm" fw={600}>
          {t('analytics.failures.suspect', { name, failures: format.count(failures), n: format.count(failures + successes) })}
        </Text>
        {tasks !== null && (
          <LinkAnchor to="/tasks" search={tasks} size="sm">
            {t('analytics.failures.show', { count: failures, formatted: format.count(failures) })}
          </LinkAnchor>
        )}
      </Group>
      <div className={css.rates}>
        <span>{t('analytics.failures.with')}</span>
        <Progress value={100 * failureRate} size="sm" color="orange.7" aria-label={t('analytics.failures.with')} />
        <span className="tabular">{words.rate(failureRate)}</span>
        <span>{t('analytics.failures.without')}</span>
        <Progress value={100 * elsewhere} size="sm" color="gray.6" aria-label={t('analytics.failures.without')} />
        <span className="tabular">{words.rate(elsewhere)}</span>
      </div>
      <Text size="xs" c="dimmed" mt={4}>
        {t('analytics.failures.statistic', {
          odds: format.value(Number(oddsRatio.toPrecision(2))),
          q: format.value(Number(q.toPrecision(2))),
        })}
      </Text>
    </div>
  );
}

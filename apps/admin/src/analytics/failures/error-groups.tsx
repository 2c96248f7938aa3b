import { Badge, Group, Stack, Text } from '@mantine/core';
import type { ErrorGroup, Failures } from '@lora-ledger/contracts';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.js';
import { LinkAnchor } from '../../ui/links.js';
import { useFormat } from '../../ui/use-format.js';
import type { AnalyticsSearch } from '../analytics-search.js';
import css from '../analytics.module.css';
import { ExportButton } from '../chart/export-button.js';
import { useTasksBehind } from '../section.js';
import { figuresOfErrors } from './figures-of-failures.js';

/** Errors that say the same, each with an example and the way to its tasks. */
export function ErrorGroups({ search, answer: { signatures, signatureBasis } }: { search: AnalyticsSearch; answer: Failures }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (signatures.length === 0) return null;
  const title = t('analytics.failures.signatures');
  return (
    <Card title={title} actions={<ExportButton title={title} fileName="errors" figures={figuresOfErrors(signatures, t)} />}>
      <Stack gap="md">
        {signatures.map((group) => (
          <ErrorRow key={group.signature} search={search} group={group} />
        ))}
        {signatureBasis.sampled && (
          <Text size="xs" c="dimmed">
            {t('analytics.failures.newest', { count: signatureBasis.tasks, formatted: format.count(signatureBasis.tasks) })}
          </Text>
        )}
      </Stack>
    </Card>
  );
}

function ErrorRow({
  search,
  group: { signature, reason, count, example, firstSeen, lastSeen, taskIds },
}: {
  search: AnalyticsSearch;
  group: ErrorGroup;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { behind } = useTasksBehind(search);
  const tasks = taskIds.length === 0 ? null : behind({}, { ids: taskIds, status: ['FAILED'] });
  const [latest] = taskIds;
  return (
    <div>
      <Group gap="xs" wrap="wrap">
        <Badge variant="light" color="orange" tt="none" radius="sm" c="var(--mantine-color-text)" className="tabular">
          {t('analytics.failures.times', { count, formatted: format.count(count) })}
        </Badge>
        {reason !== null && (
          <Text size="xs" c="dimmed">
            {t(`task.reason.${reason}`)}
          </Text>
        )}
        <Text size="xs" c="dimmed">
          {t('analytics.failures.seen', { first: format.time(firstSeen), last: format.time(lastSeen) })}
        </Text>
        <Group gap="sm" ml="auto">
          {latest !== undefined && (
            <LinkAnchor to="/tasks/$taskId" params={{ taskId: latest }} size="xs">
              {t('analytics.failures.latest')}
            </LinkAnchor>
          )}
          {tasks !== null && (
            <LinkAnchor to="/tasks" search={tasks} size="xs">
              {t(taskIds.length < count ? 'analytics.failures.showNewest' : 'analytics.failures.show', {
                count: taskIds.length,
                formatted: format.count(taskIds.length),
              })}
            </LinkAnchor>
          )}
        </Group>
      </Group>
      {signature === '' ? (
        <Text className={css.mono} mt={4}>
          {t('analytics.failures.noText')}
        </Text>
      ) : (
        <Text className={css.mono} mt={4} lineClamp={3} title={example} translate="no">
          {signature}
        </Text>
      )}
    </div>
  );
}

import { ActionIcon, Badge, Button, Group, Progress, Stack, Text } from '@mantine/core';
import type { Budget } from '@lora-ledger/contracts';
import { IconAlertTriangle, IconPencil, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUser } from '../../api/session.js';
import { Card } from '../../ui/card.js';
import { useFormat } from '../../ui/use-format.js';
import { Answered } from '../answered.js';
import { ExportButton } from '../chart/export-button.js';
import { budgetsOptions } from '../queries.js';
import { BudgetDialog } from './budget-dialog.js';

const LOOK = { ok: 'teal.7', warn: 'orange.7', over: 'red.7' } as const;

/** What people and models may cost in a month, and how far they have got. Members see their own; admins set them. */
export function BudgetsCard() {
  const { t } = useTranslation();
  const { role } = useUser();
  const isAdmin = role === 'admin';
  const query = useQuery(budgetsOptions);
  const [edited, setEdited] = useState<Budget | 'new' | null>(null);
  if (!isAdmin && query.data?.items.length === 0) return null;
  return (
    <Card
      title={t('analytics.budget.title')}
      actions={
        <Group gap={4} wrap="nowrap">
          {isAdmin && (
            <Button size="compact-sm" variant="light" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setEdited('new')}>
              {t('analytics.budget.add')}
            </Button>
          )}
          {query.data !== undefined && query.data.items.length > 0 && (
            <ExportButton
              title={t('analytics.budget.title')}
              fileName="budgets"
              figures={{
                name: t('analytics.budget.of'),
                columns: [t('analytics.budget.spentColumn'), t('analytics.budget.monthly'), t('analytics.budget.warnAt')],
                rows: query.data.items.map(({ of, name, spent, monthly, warnAt }) => ({
                  key: `${of} ${name}`,
                  name,
                  tasks: null,
                  figures: [spent, monthly, warnAt].map((raw) => ({ raw, shown: String(raw) })),
                })),
              }}
            />
          )}
        </Group>
      }
    >
      <Answered query={query} skeleton={[80]}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('analytics.budget.none')}
            </Text>
          ) : (
            <Stack gap="md">
              {items.map((budget) => (
                <BudgetRow key={`${budget.of} ${budget.name}`} budget={budget} onEdit={isAdmin ? () => setEdited(budget) : undefined} />
              ))}
              <Text size="xs" c="dimmed">
                {t('analytics.budget.counted')}
              </Text>
            </Stack>
          )
        }
      </Answered>
      {edited !== null && <BudgetDialog budget={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Card>
  );
}

function BudgetRow({ budget: { of, name, monthly, spent, warnAt, level }, onEdit }: { budget: Budget; onEdit?: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const money = (value: number) => format.value(Number(value.toFixed(2)));
  return (
    <div>
      <Group gap="xs" justify="space-between" wrap="nowrap">
        <Group gap={8} wrap="wrap">
          <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Text>
          <Text size="xs" c="dimmed">
            {t(`analytics.cost.per.${of}`)}
          </Text>
          {level !== 'ok' && (
            <Badge
              size="sm"
              radius="sm"
              variant="light"
              tt="none"
              color={level === 'over' ? 'red' : 'orange'}
              c="var(--mantine-color-text)"
              leftSection={<IconAlertTriangle size={11} aria-hidden />}
            >
              {t(`analytics.budget.${level}`)}
            </Badge>
          )}
        </Group>
        <Group gap={6} wrap="nowrap">
          <Text size="sm" className="tabular">
            {t('analytics.budget.spent', { spent: money(spent), monthly: money(monthly) })}
          </Text>
          {onEdit !== undefined && (
            <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('analytics.budget.edit', { name })} onClick={onEdit}>
              <IconPencil size={15} aria-hidden />
            </ActionIcon>
          )}
        </Group>
      </Group>
      <Progress
        value={Math.min(100, (100 * spent) / monthly)}
        size="sm"
        mt={6}
        color={LOOK[level]}
        aria-label={t('analytics.budget.used', { name, share: format.percent(Math.min(1, spent / monthly)) })}
      />
      <Text size="xs" c="dimmed" mt={2}>
        {t('analytics.budget.warnsAt', { share: format.percent(warnAt) })}
      </Text>
    </div>
  );
}

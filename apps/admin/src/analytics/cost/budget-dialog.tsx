import { Alert, Autocomplete, Button, Group, Modal, NumberInput, SegmentedControl, Stack } from '@mantine/core';
import type { Budget, Budgets, SetBudget } from '@lora-ledger/contracts';
import type { BudgetSubject } from '@lora-ledger/contracts/analytics-names';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { send } from '../../api/http.js';
import { facetsOptions } from '../../task-filter/facets.js';
import { problemText } from '../../ui/problem-text.js';
import { budgetsOptions } from '../queries.js';

/** Sets, changes or takes away what a person or a model may cost in a month. */
export function BudgetDialog({ budget, onClose }: { budget: Budget | null; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const facets = useQuery(facetsOptions);
  const [of, setOf] = useState<BudgetSubject>(budget?.of ?? 'user');
  const [name, setName] = useState(budget?.name ?? '');
  const [monthly, setMonthly] = useState<number | string>(budget?.monthly ?? '');
  const [warnAt, setWarnAt] = useState<number | string>(Math.round(100 * (budget?.warnAt ?? 0.8)));
  const set = useMutation({
    mutationFn: (body: SetBudget) => send<Budgets>('PUT', '/analytics/budgets', { body }),
    onSuccess: (budgets) => {
      client.setQueryData(budgetsOptions.queryKey, budgets);
      onClose();
    },
  });
  const isReady = name.trim() !== '' && typeof monthly === 'number' && monthly > 0 && typeof warnAt === 'number' && warnAt > 0;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isReady) set.mutate({ of, name: name.trim(), monthly, warnAt: warnAt / 100 });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={budget === null ? t('analytics.budget.add') : t('analytics.budget.edit', { name: budget.name })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          {budget === null && (
            <>
              <SegmentedControl<BudgetSubject>
                size="xs"
                aria-label={t('analytics.budget.of')}
                value={of}
                onChange={(value) => {
                  setOf(value);
                  setName('');
                }}
                data={(['user', 'model'] as const).map((value) => ({ value, label: t(`analytics.cost.per.${value}`) }))}
              />
              <Autocomplete
                data-autofocus
                label={t(`analytics.cost.per.${of}`)}
                data={(of === 'user' ? facets.data?.users : facets.data?.modelNames) ?? []}
                limit={50}
                value={name}
                onChange={setName}
                required
              />
            </>
          )}
          <NumberInput
            label={t('analytics.budget.monthly')}
            description={t('analytics.budget.monthlyHelp')}
            min={0}
            decimalScale={2}
            thousandSeparator={false}
            value={monthly}
            onChange={setMonthly}
            required
            hideControls
          />
          <NumberInput
            label={t('analytics.budget.warnAt')}
            suffix=" %"
            min={1}
            max={100}
            allowDecimal={false}
            value={warnAt}
            onChange={setWarnAt}
            required
            hideControls
          />
          {set.error !== null && (
            <Alert color="red" variant="light" role="alert">
              {problemText(t, set.error)}
            </Alert>
          )}
          <Group justify="space-between">
            {budget === null ? (
              <span />
            ) : (
              <Button variant="subtle" color="red" onClick={() => set.mutate({ of, name, monthly: null })}>
                {t('analytics.budget.remove')}
              </Button>
            )}
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>
                {t('action.cancel')}
              </Button>
              <Button type="submit" disabled={!isReady} loading={set.isPending}>
                {t('analytics.budget.save')}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

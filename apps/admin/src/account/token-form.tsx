import { Alert, Button, Checkbox, Group, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { CreatedToken, TokenScope } from '@lora-ledger/contracts';
import { IconAlertCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../ui/problem-text.js';
import { useFormat } from '../ui/use-format.js';
import { useNow } from '../ui/use-now.js';
import { useCreateToken } from './queries.js';
import { EXPIRIES, expiryDate, type Expiry } from './token-expiry.js';

const SCOPES: readonly TokenScope[] = ['read', 'submit', 'report'];
const NAME_MAX = 100;

/** Asks what a token is for, and as little else as possible. */
export function TokenForm({ onCreated, onCancel }: { onCreated: (token: CreatedToken) => void; onCancel: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const create = useCreateToken();
  const form = useForm({
    mode: 'controlled',
    initialValues: { name: '', scopes: ['read'] as TokenScope[], expiry: 'd90' as Expiry },
    validate: {
      name: (value) => (value.trim() === '' ? t('personal.tokens.nameRule') : null),
      scopes: (value) => (value.length === 0 ? t('personal.tokens.scopesRule') : null),
    },
  });
  const ends = expiryDate(form.values.expiry, now);
  const submit = form.onSubmit(({ name, scopes, expiry }) =>
    create.mutate({ name: name.trim(), scopes: SCOPES.filter((scope) => scopes.includes(scope)), expiry }, { onSuccess: onCreated }),
  );

  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        {create.isError && (
          <Alert icon={<IconAlertCircle />} color="red" variant="light" role="alert">
            {problemText(t, create.error)}
          </Alert>
        )}
        <TextInput
          label={t('personal.tokens.name')}
          description={t('personal.tokens.nameHint')}
          placeholder={t('personal.tokens.nameExample')}
          maxLength={NAME_MAX}
          autoComplete="off"
          data-autofocus
          {...form.getInputProps('name')}
        />
        <Checkbox.Group label={t('personal.tokens.scopes')} {...form.getInputProps('scopes')}>
          <Stack gap={10} mt={8} mb={4}>
            {SCOPES.map((scope) => (
              <Checkbox
                key={scope}
                value={scope}
                label={t(`personal.tokens.scope.${scope}`)}
                description={t(`personal.tokens.scopeText.${scope}`)}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <Select
          label={t('personal.tokens.expires')}
          allowDeselect={false}
          description={ends === null ? t('personal.tokens.neverHint') : t('personal.tokens.expiryDay', { when: format.time(ends) })}
          inputWrapperOrder={['label', 'input', 'description']}
          data={(Object.keys(EXPIRIES) as Expiry[]).map((value) => ({ value, label: t(`personal.tokens.expiry.${value}`) }))}
          {...form.getInputProps('expiry')}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending}>
            {t('personal.tokens.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

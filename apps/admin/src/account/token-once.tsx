import { Alert, Button, Group, Stack, Tabs, TextInput } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import type { CreatedToken } from '@lora-ledger/contracts';
import { IconAlertTriangle, IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CodeSample } from '../ui/code-sample.js';
import { tokenSnippets } from './token-snippets.js';

/** The one look at a new token, with what to do with it. */
export function TokenOnce({ token, onDone }: { token: CreatedToken; onDone: () => void }) {
  const { t } = useTranslation();
  const { copy, copied } = useClipboard({ timeout: 2000 });
  const snippets = tokenSnippets(window.location.origin, token.secret, token.scopes);
  const [first] = snippets;
  const nameOf = (kind: string) => (kind === 'trainer' ? t('personal.tokens.once.trainer') : kind);

  return (
    <Stack gap="md">
      <Alert icon={<IconAlertTriangle />} color="orange" variant="light">
        {t('personal.tokens.once.warning')}
      </Alert>
      <Group gap="xs" align="flex-end">
        <TextInput
          flex="1 1 260px"
          label={t('personal.tokens.once.secret', { name: token.name })}
          readOnly
          value={token.secret}
          spellCheck={false}
          data-autofocus
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13, textOverflow: 'ellipsis' } }}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button
          leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
          onClick={() => copy(token.secret)}
        >
          {copied ? t('action.copied') : t('personal.tokens.once.copy')}
        </Button>
      </Group>
      {first !== undefined && (
        <Tabs defaultValue={first.kind}>
          <Tabs.List aria-label={t('personal.tokens.once.use')} mb="xs">
            {snippets.map(({ kind }) => (
              <Tabs.Tab key={kind} value={kind}>
                {nameOf(kind)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {snippets.map(({ kind, text }) => (
            <Tabs.Panel key={kind} value={kind}>
              <CodeSample label={nameOf(kind)} text={text} />
            </Tabs.Panel>
          ))}
        </Tabs>
      )}
      <Group justify="flex-end">
        <Button variant="default" onClick={onDone}>
          {t('personal.tokens.once.done')}
        </Button>
      </Group>
    </Stack>
  );
}

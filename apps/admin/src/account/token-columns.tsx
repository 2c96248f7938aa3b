import { Badge, Button, Code, Group, Text, Tooltip } from '@mantine/core';
import type { TokenDto } from '@lora-ledger/contracts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '../ui/data-table/column.js';
import { TwoLines } from '../ui/list-view.js';
import { ask } from '../ui/ask.js';
import { problemText } from '../ui/problem-text.js';
import { Time } from '../ui/time.js';
import { useFormat } from '../ui/use-format.js';
import { useNow } from '../ui/use-now.js';
import { useTell } from '../ui/use-tell.js';
import { useRevokeToken } from './queries.js';
import { expiryState } from './token-expiry.js';

export function useTokenColumns(): Column<TokenDto>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        id: 'name',
        title: t('personal.tokens.name'),
        width: 190,
        required: true,
        grows: true,
        cell: ({ name }) => (
          <span title={name} style={{ fontWeight: 550 }}>
            {name}
          </span>
        ),
      },
      { id: 'prefix', title: t('personal.tokens.token'), width: 125, cell: ({ prefix }) => <Code>{prefix}…</Code> },
      { id: 'scopes', title: t('personal.tokens.scopes'), width: 165, cell: (token) => <Scopes token={token} /> },
      { id: 'expires', title: t('personal.tokens.expires'), width: 165, cell: (token) => <Expires token={token} /> },
      { id: 'lastUsed', title: t('personal.tokens.lastUsed'), width: 130, cell: (token) => <LastUsed token={token} /> },
      { id: 'created', title: t('personal.tokens.created'), width: 130, cell: ({ createdAt }) => <Time at={createdAt} /> },
      { id: 'revoke', title: t('table.actions'), width: 100, align: 'end', required: true, cell: (token) => <Revoke token={token} /> },
    ],
    [t],
  );
}

/** A token on a phone. */
export function CompactToken({ token }: { token: TokenDto }) {
  const { t } = useTranslation();
  return (
    <TwoLines
      first={<strong>{token.name}</strong>}
      firstEnd={<Revoke token={token} />}
      second={
        <>
          {t('personal.tokens.expires')}
          {t('value.colon')}
          <Expires token={token} />
        </>
      }
      secondEnd={<Scopes token={token} />}
    />
  );
}

function Scopes({ token: { scopes } }: { token: TokenDto }) {
  const { t } = useTranslation();
  return (
    <Group gap={4} wrap="nowrap">
      {scopes.map((scope) => (
        <Badge key={scope} variant="default" size="sm" tt="none" radius="sm" fw={500}>
          {t(`personal.tokens.scope.${scope}`)}
        </Badge>
      ))}
    </Group>
  );
}

function LastUsed({ token: { lastUsedAt } }: { token: TokenDto }) {
  const { t } = useTranslation();
  return lastUsedAt === null ? (
    <Text span inherit c="dimmed">
      {t('personal.tokens.neverUsed')}
    </Text>
  ) : (
    <Time at={lastUsedAt} relative />
  );
}

function Expires({ token: { expiresAt } }: { token: TokenDto }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const state = expiryState(expiresAt, now);
  if (expiresAt === null) return <>{t('personal.tokens.expiry.never')}</>;
  if (state === 'good') return <Time at={expiresAt} />;
  return (
    <Tooltip label={format.fullTime(expiresAt)}>
      <Badge variant="light" color={state === 'soon' ? 'orange' : 'red'} tt="none" radius="sm" style={{ verticalAlign: 'middle' }}>
        {state === 'soon' ? format.relative(expiresAt, now) : t('personal.tokens.expired')}
      </Badge>
    </Tooltip>
  );
}

/** Something may depend on it right now: asked about first. */
function Revoke({ token }: { token: TokenDto }) {
  const { t } = useTranslation();
  const revoke = useRevokeToken();
  const tell = useTell();
  const perform = () =>
    revoke.mutate(token.id, {
      onSuccess: () => tell.done(t('personal.tokens.revoked')),
      onError: (error) => tell.refused(problemText(t, error)),
    });
  const askFirst = () =>
    ask(t, {
      title: t('personal.tokens.confirmRevoke.title', { name: token.name }),
      text: t('personal.tokens.confirmRevoke.text'),
      confirm: t('personal.tokens.revoke'),
      back: t('action.cancel'),
      isGrave: true,
      onConfirm: perform,
    });
  return (
    <Button size="compact-xs" variant="light" color="red" loading={revoke.isPending} onClick={askFirst}>
      {t('personal.tokens.revoke')}
    </Button>
  );
}

import { Badge, Button } from '@mantine/core';
import type { SessionDto } from '@lora-ledger/contracts';
import { IconDevices } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '../ui/data-table/column.js';
import { EmptyList } from '../ui/empty-list.js';
import { ListView, TwoLines } from '../ui/list-view.js';
import { problemText } from '../ui/problem-text.js';
import { Time } from '../ui/time.js';
import { useTell } from '../ui/use-tell.js';
import { AccountPage } from './account-page.js';
import { browserName } from './browser-name.js';
import { sessionsOptions, useEndSession } from './queries.js';

const NONE: readonly SessionDto[] = [];
const idOf = ({ id }: SessionDto) => id;

/** Where one is signed in, and the way to put an end to it. */
export function SessionsPage() {
  const { t } = useTranslation();
  const query = useQuery(sessionsOptions);
  const columns = useMemo<Column<SessionDto>[]>(
    () => [
      {
        id: 'device',
        title: t('personal.sessions.device'),
        width: 240,
        required: true,
        grows: true,
        cell: (session) => <Device session={session} />,
      },
      { id: 'address', title: t('personal.sessions.address'), width: 150, cell: ({ address }) => address },
      { id: 'lastSeen', title: t('personal.sessions.lastSeen'), width: 150, cell: ({ lastSeenAt }) => <Time at={lastSeenAt} relative /> },
      { id: 'created', title: t('personal.sessions.created'), width: 150, cell: ({ createdAt }) => <Time at={createdAt} /> },
      { id: 'expires', title: t('personal.sessions.expires'), width: 150, cell: ({ expiresAt }) => <Time at={expiresAt} /> },
      { id: 'end', title: t('table.actions'), width: 110, align: 'end', required: true, cell: (session) => <End session={session} /> },
    ],
    [t],
  );
  const compact = useCallback(
    (session: SessionDto) => (
      <TwoLines
        first={<Device session={session} />}
        firstEnd={<End session={session} />}
        second={session.address}
        secondEnd={<Time at={session.lastSeenAt} relative />}
      />
    ),
    [],
  );

  return (
    <AccountPage title={t('personal.sessions.title')} lead={t('personal.sessions.lead')} height="full">
      <ListView
        name="sessions"
        label={t('personal.sessions.title')}
        columns={columns}
        compact={compact}
        rows={query.data?.items ?? NONE}
        rowId={idOf}
        rowLabel={({ address }) => address ?? ''}
        query={query}
        failed={t('personal.sessions.failed')}
        empty={<EmptyList Icon={IconDevices} title={t('personal.sessions.empty')} />}
      />
    </AccountPage>
  );
}

function Device({ session }: { session: SessionDto }) {
  const { t } = useTranslation();
  const program = browserName(session.userAgent);
  const name =
    program === null
      ? t('personal.sessions.unknown')
      : program.system === null
        ? program.browser
        : t('personal.sessions.on', { browser: program.browser, system: program.system });
  return (
    <span>
      <span translate="no" title={session.userAgent ?? undefined}>
        {name}
      </span>{' '}
      {session.current && (
        <Badge size="sm" variant="light" tt="none" radius="sm" ml={6}>
          {t('personal.sessions.current')}
        </Badge>
      )}
    </span>
  );
}

/** The session one is using is ended by signing out, which also forgets what this page has loaded. */
function End({ session }: { session: SessionDto }) {
  const { t } = useTranslation();
  const end = useEndSession();
  const tell = useTell();
  if (session.current) return null;
  const perform = () =>
    end.mutate(session.id, {
      onSuccess: () => tell.done(t('personal.sessions.ended')),
      onError: (error) => tell.refused(problemText(t, error)),
    });
  return (
    <Button size="compact-xs" variant="light" color="red" loading={end.isPending} onClick={perform}>
      {t('personal.sessions.end')}
    </Button>
  );
}

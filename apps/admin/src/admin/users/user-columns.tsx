import { Avatar, Badge, Group, Text } from '@mantine/core';
import type { UserDto } from '@lora-ledger/contracts';
import { IconBan, IconCheck, IconShieldCheck, IconTrash, IconUser } from '@tabler/icons-react';
import { useCallback, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useUser } from '../../api/session.js';
import type { Column } from '../../ui/data-table/column.js';
import { TwoLines } from '../../ui/list-view.js';
import { Time } from '../../ui/time.js';
import { nameOf } from './user-rules.js';
import css from './users-page.module.css';

type Menu = (user: UserDto) => ReactNode;

export function useUserColumns(menu: Menu, deleted: boolean): Column<UserDto>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      { id: 'user', title: t('users.column.user'), width: 220, required: true, grows: true, cell: (user) => <Person user={user} /> },
      { id: 'role', title: t('users.column.role'), width: 115, cell: (user) => <Role user={user} /> },
      { id: 'state', title: t('users.column.state'), width: 115, cell: (user) => <State user={user} deleted={deleted} /> },
      { id: 'email', title: t('users.column.email'), width: 190, cell: (user) => user.email },
      { id: 'lastLoginAt', title: t('users.column.lastLoginAt'), width: 150, cell: (user) => <LastLogin user={user} /> },
      { id: 'createdAt', title: t('users.column.createdAt'), width: 130, cell: (user) => <Time at={user.createdAt} /> },
      {
        id: 'id',
        title: t('users.column.id'),
        width: 180,
        hiddenByDefault: true,
        cell: (user) => <span className="tabular">{user.id}</span>,
      },
      { id: 'actions', title: t('table.actions'), width: 84, align: 'end', required: true, cell: menu },
    ],
    [t, menu, deleted],
  );
}

/** Somebody on a phone. */
export function useCompactUser(menu: Menu, deleted: boolean): (user: UserDto) => ReactNode {
  const { t } = useTranslation();
  return useCallback(
    (user) => (
      <TwoLines
        first={<Name user={user} />}
        firstEnd={menu(user)}
        second={
          <>
            {t('users.column.lastLoginAt')}
            {t('value.colon')}
            <LastLogin user={user} />
          </>
        }
        secondEnd={
          <Group gap={6} wrap="nowrap">
            <Role user={user} />
            <State user={user} deleted={deleted} />
          </Group>
        }
      />
    ),
    [t, menu, deleted],
  );
}

function Person({ user }: { user: UserDto }) {
  return (
    <span className={css.person}>
      <Avatar size={26} name={nameOf(user)} color={user.disabled ? 'gray' : 'ledger'} aria-hidden />
      <Name user={user} />
    </span>
  );
}

function Name({ user }: { user: UserDto }) {
  const { t } = useTranslation();
  const me = useUser();
  return (
    <span className={css.name}>
      <strong>{nameOf(user)}</strong>
      {user.displayName !== null && (
        <Text span size="xs" c="dimmed">
          {user.username}
        </Text>
      )}
      {user.id === me.id && (
        <Text span size="xs" c="dimmed">
          ({t('users.you')})
        </Text>
      )}
    </span>
  );
}

function Role({ user }: { user: UserDto }) {
  const { t } = useTranslation();
  const isAdmin = user.role === 'admin';
  const RoleIcon = isAdmin ? IconShieldCheck : IconUser;
  return (
    <Badge
      className={css.role}
      variant={isAdmin ? 'light' : 'default'}
      color={isAdmin ? 'ledger' : undefined}
      tt="none"
      radius="sm"
      fw={600}
      leftSection={<RoleIcon size={12} aria-hidden />}
    >
      {t(`account.${user.role}`)}
    </Badge>
  );
}

/** Icon and word; colour only repeats them. */
function State({ user, deleted }: { user: UserDto; deleted: boolean }) {
  const { t } = useTranslation();
  const state = deleted ? 'deleted' : user.disabled ? 'disabled' : 'active';
  const StateIcon = { active: IconCheck, disabled: IconBan, deleted: IconTrash }[state];
  return (
    <span className={css.state} data-state={state}>
      <StateIcon size={14} aria-hidden />
      {t(`users.state.${state}`)}
    </span>
  );
}

function LastLogin({ user }: { user: UserDto }) {
  const { t } = useTranslation();
  return user.lastLoginAt === null ? (
    <Text span inherit c="dimmed">
      {t('users.never')}
    </Text>
  ) : (
    <Time at={user.lastLoginAt} relative />
  );
}

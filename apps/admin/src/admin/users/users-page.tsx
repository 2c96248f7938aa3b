import { Button, Modal, SegmentedControl, Text } from '@mantine/core';
import type { UserDto } from '@lora-ledger/contracts';
import { IconPlus, IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUser } from '../../api/session.js';
import { EmptyList } from '../../ui/empty-list.js';
import { ListView } from '../../ui/list-view.js';
import { Page } from '../../ui/page.js';
import { useTell } from '../../ui/use-tell.js';
import { usersOptions } from './queries.js';
import { ResetPasswordForm } from './reset-password-form.js';
import { useUserCommands } from './use-user-commands.js';
import { useCompactUser, useUserColumns } from './user-columns.js';
import { UserForm } from './user-form.js';
import { UserMenu } from './user-menu.js';
import { isLastAdmin, nameOf, userActions, type UserAction } from './user-rules.js';

const route = getRouteApi('/signed-in/admin/users');

/** A dialog that is open, or was until it faded out. */
type Dialog = { kind: 'create' } | { kind: 'edit' | 'reset'; user: UserDto };

const idOf = ({ id }: UserDto) => id;

export function UsersPage() {
  const { t } = useTranslation();
  const me = useUser();
  const deleted = route.useSearch().deleted === 'only';
  const navigate = route.useNavigate();
  const query = useInfiniteQuery(usersOptions(deleted));
  const rows = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data]);
  const complete = !deleted && query.isSuccess && !query.hasNextPage;
  const command = useUserCommands();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);

  const act = useCallback(
    (action: UserAction, user: UserDto) => {
      if (action === 'edit' || action === 'reset') setDialog({ kind: action, user });
      else command(action, user);
    },
    [command],
  );
  const menu = useCallback(
    (user: UserDto) => (
      <UserMenu
        user={user}
        onAction={act}
        actions={userActions(user, { me: me.id, deleted, lastAdmin: isLastAdmin(user, rows, complete) })}
      />
    ),
    [act, me.id, deleted, rows, complete],
  );
  const columns = useUserColumns(menu, deleted);
  const compact = useCompactUser(menu, deleted);

  return (
    <Page
      title={t('users.title')}
      height="full"
      lead={
        <Text c="dimmed" size="sm" mt={2}>
          {t('users.lead')}
        </Text>
      }
      actions={
        <Button size="sm" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setDialog({ kind: 'create' })}>
          {t('users.new')}
        </Button>
      }
    >
      <ListView
        key={String(deleted)}
        name="users"
        label={t('users.title')}
        columns={columns}
        compact={compact}
        rows={rows}
        rowId={idOf}
        rowLabel={nameOf}
        rowHeight={44}
        query={query}
        failed={t('users.failed')}
        empty={<EmptyList Icon={IconUsers} title={t('users.noneDeleted')} />}
        onOpen={deleted ? undefined : (user) => setDialog({ kind: 'edit', user })}
        toolbar={
          <SegmentedControl
            size="xs"
            aria-label={t('users.which')}
            value={deleted ? 'deleted' : 'active'}
            data={[
              { value: 'active', label: t('users.active') },
              { value: 'deleted', label: t('users.deleted') },
            ]}
            onChange={(value) => void navigate({ search: value === 'deleted' ? { deleted: 'only' } : {} })}
          />
        }
      />
      <UserDialog dialog={dialog} onClose={close} lastAdmin={dialog?.kind === 'edit' && isLastAdmin(dialog.user, rows, complete)} />
    </Page>
  );
}

function UserDialog({ dialog, lastAdmin, onClose }: { dialog: Dialog | null; lastAdmin: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const tell = useTell();
  const done = (message: string) => {
    tell.done(message);
    onClose();
  };
  const title =
    dialog === null
      ? ''
      : dialog.kind === 'create'
        ? t('users.form.create')
        : t(dialog.kind === 'edit' ? 'users.form.edit' : 'users.reset.title', { name: nameOf(dialog.user) });
  return (
    <Modal opened={dialog !== null} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('action.close') }}>
      {dialog?.kind === 'reset' && <ResetPasswordForm user={dialog.user} onDone={done} onCancel={onClose} />}
      {(dialog?.kind === 'create' || dialog?.kind === 'edit') && (
        <UserForm user={dialog.kind === 'edit' ? dialog.user : null} lastAdmin={lastAdmin} onDone={done} onCancel={onClose} />
      )}
    </Modal>
  );
}

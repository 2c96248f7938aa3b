import { ActionIcon, Menu, Text } from '@mantine/core';
import type { UserDto } from '@lora-ledger/contracts';
import { IconDots, IconKey, IconLock, IconLockOpen, IconPencil, IconRestore, IconTrash, type Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { nameOf, type UserAction } from './user-rules.js';

const ICONS: Record<UserAction, Icon> = {
  edit: IconPencil,
  reset: IconKey,
  disable: IconLock,
  enable: IconLockOpen,
  delete: IconTrash,
  restore: IconRestore,
};

interface UserMenuProps {
  user: UserDto;
  actions: readonly { action: UserAction; allowed: boolean }[];
  onAction: (action: UserAction, user: UserDto) => void;
}

/** What can be done with somebody; what the last admin is kept from is shown with its reason. */
export function UserMenu({ user, actions, onAction }: UserMenuProps) {
  const { t } = useTranslation();
  const refused = actions.some(({ allowed }) => !allowed);
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t('users.actionsOf', { name: nameOf(user) })}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {actions.map(({ action, allowed }) => {
          const ActionIcon = ICONS[action];
          return (
            <Menu.Item
              key={action}
              disabled={!allowed}
              c={action === 'delete' && allowed ? 'var(--mantine-color-error)' : undefined}
              leftSection={<ActionIcon size={16} aria-hidden />}
              onClick={() => onAction(action, user)}
            >
              {t(`users.action.${action}`)}
            </Menu.Item>
          );
        })}
        {refused && (
          <Text size="xs" c="dimmed" px="sm" pb={6} pt={2}>
            {t('users.lastAdmin')}
          </Text>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

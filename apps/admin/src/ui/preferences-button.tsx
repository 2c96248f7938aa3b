import { Button, Menu } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, type Language } from '../i18n/i18n.js';
import { PreferenceItems } from './preferences-menu.js';

/** Language and colours for pages that have no account menu yet. */
export function PreferencesButton() {
  const { i18n } = useTranslation();
  return (
    <Menu position="bottom-end" width={200}>
      <Menu.Target>
        <Button variant="subtle" color="gray" size="xs" leftSection={<IconLanguage size={16} aria-hidden />}>
          {LANGUAGES[i18n.language as Language]}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <PreferenceItems />
      </Menu.Dropdown>
    </Menu>
  );
}

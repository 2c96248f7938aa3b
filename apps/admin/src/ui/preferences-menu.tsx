import { Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { changeLanguage, LANGUAGES, type Language } from '../i18n/i18n.js';

export const SCHEMES: readonly (readonly [MantineColorScheme, typeof IconSun])[] = [
  ['light', IconSun],
  ['dark', IconMoon],
  ['auto', IconDeviceDesktop],
];

/** Language and colours, as items for whichever menu they stand in. */
export function PreferenceItems() {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const mark = (chosen: boolean) => (chosen ? <IconCheck size={14} aria-hidden /> : undefined);

  return (
    <>
      <Menu.Label>{t('preferences.language')}</Menu.Label>
      {(Object.entries(LANGUAGES) as [Language, string][]).map(([language, name]) => (
        <Menu.Item
          key={language}
          lang={language}
          role="menuitemradio"
          aria-checked={i18n.language === language}
          rightSection={mark(i18n.language === language)}
          onClick={() => void changeLanguage(language)}
        >
          {name}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Label>{t('preferences.scheme')}</Menu.Label>
      {SCHEMES.map(([scheme, Icon]) => (
        <Menu.Item
          key={scheme}
          role="menuitemradio"
          aria-checked={colorScheme === scheme}
          leftSection={<Icon size={16} aria-hidden />}
          rightSection={mark(colorScheme === scheme)}
          onClick={() => setColorScheme(scheme)}
        >
          {t(`preferences.${scheme}`)}
        </Menu.Item>
      ))}
    </>
  );
}

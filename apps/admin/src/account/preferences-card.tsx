import { Group, Input, SegmentedControl, Stack, Switch, Text, useMantineColorScheme } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { changeLanguage, LANGUAGES, type Language } from '../i18n/i18n.js';
import { Card } from '../ui/card.js';
import { SCHEMES } from '../ui/preferences-menu.js';
import { enableShortcuts, useShortcutsEnabled } from '../ui/shortcuts.js';

/** How one likes it, on this computer: nothing of it is sent anywhere. */
export function PreferencesCard() {
  const { t, i18n } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const shortcuts = useShortcutsEnabled();
  const [languageId, schemeId] = [useId(), useId()];
  return (
    <Card
      title={t('personal.profile.preferences')}
      actions={
        <Text size="xs" c="dimmed">
          {t('personal.profile.preferencesHint')}
        </Text>
      }
    >
      <Stack gap="md">
        <div>
          <Input.Label id={languageId} labelElement="div" mb={4}>
            {t('personal.profile.language')}
          </Input.Label>
          <SegmentedControl
            fullWidth
            aria-labelledby={languageId}
            value={i18n.language}
            onChange={(language) => void changeLanguage(language as Language)}
            data={(Object.entries(LANGUAGES) as [Language, string][]).map(([value, name]) => ({
              value,
              label: <span lang={value === 'zh' ? 'zh-CN' : value}>{name}</span>,
            }))}
          />
        </div>
        <div>
          <Input.Label id={schemeId} labelElement="div" mb={4}>
            {t('personal.profile.scheme')}
          </Input.Label>
          <SegmentedControl
            fullWidth
            aria-labelledby={schemeId}
            value={colorScheme}
            onChange={(scheme) => setColorScheme(scheme)}
            data={SCHEMES.map(([value, SchemeIcon]) => ({
              value,
              label: (
                <Group gap={6} justify="center" wrap="nowrap">
                  <SchemeIcon size={15} aria-hidden />
                  {t(`preferences.${value}`)}
                </Group>
              ),
            }))}
          />
        </div>
        <Switch
          checked={shortcuts}
          onChange={(event) => enableShortcuts(event.currentTarget.checked)}
          label={t('personal.profile.shortcuts')}
          description={t('personal.profile.shortcutsHint')}
        />
      </Stack>
    </Card>
  );
}

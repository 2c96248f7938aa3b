import { useMantineColorScheme } from '@mantine/core';
import {
  IconBookmark,
  IconKey,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconPlus,
  IconUserCircle,
  IconUsersGroup,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useUser } from '../api/session.js';
import { changeLanguage, LANGUAGES, type Language } from '../i18n/i18n.js';
import { readView, rememberView, savedViewsOptions } from '../train-tasks/list/views.js';
import { callKeysHelp } from '../ui/keys-help.js';
import { usePageCommands, type PageCommand } from '../ui/page-commands.js';
import { SCHEMES } from '../ui/preferences-menu.js';
import { ADMIN_PAGES, PAGES } from './pages.js';
import type { Command } from './palette-match.js';
import { useSignOut } from './use-sign-out.js';

export type PaletteCommand = Command & Pick<PageCommand, 'Icon' | 'run'>;

/** What the palette offers to this person, in groups. English words find a command in every language: people know them from elsewhere. */
export function usePaletteCommands(): { label: string; commands: PaletteCommand[] }[] {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const user = useUser();
  const signOut = useSignOut();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { data: views } = useQuery(savedViewsOptions);
  const here = usePageCommands();

  const pages = [...PAGES, ...(user.role === 'admin' ? ADMIN_PAGES : [])].map(({ to, key, Icon: PageIcon }): PaletteCommand => ({
    id: to,
    label: t(`nav.${key}`),
    words: to,
    Icon: PageIcon,
    run: () => void navigate({ to }),
  }));
  const languages = (Object.entries(LANGUAGES) as [Language, string][])
    .filter(([language]) => language !== i18n.language)
    .map(([language, name]): PaletteCommand => ({
      id: language,
      label: name,
      hint: t('preferences.language'),
      words: `language 语言 ${language}`,
      Icon: IconLanguage,
      run: () => void changeLanguage(language),
    }));
  const schemes = SCHEMES.filter(([scheme]) => scheme !== colorScheme).map(([scheme, SchemeIcon]): PaletteCommand => ({
    id: scheme,
    label: t('palette.scheme', { scheme: t(`preferences.${scheme}`) }),
    words: `theme colours colors ${scheme}`,
    Icon: SchemeIcon,
    run: () => setColorScheme(scheme),
  }));
  const saved = (views?.items ?? []).flatMap((view): PaletteCommand[] => {
    if (view.page !== 'tasks' && view.page !== 'trash') return [];
    const to = `/${view.page}` as const;
    return [
      {
        id: view.id,
        label: view.name,
        hint: view.owner === user.username ? undefined : t('views.by', { owner: view.owner }),
        words: 'view',
        Icon: view.audience === 'everyone' ? IconUsersGroup : IconBookmark,
        run: () => {
          rememberView(view);
          void navigate({ to, search: readView(view) });
        },
      },
    ];
  });
  return [
    { label: t('palette.here'), commands: [...here] },
    {
      label: t('palette.pages'),
      commands: [
        {
          id: 'new',
          label: t('nav.newTask'),
          words: 'new task create submit',
          Icon: IconPlus,
          run: () => void navigate({ to: '/tasks/new' }),
        },
        ...pages,
      ],
    },
    { label: t('views.title'), commands: saved },
    {
      label: t('palette.commands'),
      commands: [
        { id: 'help', label: t('keys.open'), words: 'keyboard shortcuts help', Icon: IconKeyboard, run: callKeysHelp },
        ...languages,
        ...schemes,
        {
          id: 'profile',
          label: t('account.profile'),
          words: 'account profile password',
          Icon: IconUserCircle,
          run: () => void navigate({ to: '/account' }),
        },
        {
          id: 'tokens',
          label: t('account.tokens'),
          words: 'api tokens',
          Icon: IconKey,
          run: () => void navigate({ to: '/account/tokens' }),
        },
        { id: 'sign-out', label: t('account.signOut'), words: 'sign out log out logout', Icon: IconLogout, run: () => signOut.mutate() },
      ],
    },
  ];
}

import '@mantine/spotlight/styles.css';
import { Loader } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import css from './palette.module.css';
import { matching } from './palette-match.js';
import { findTasksOptions } from './palette-tasks.js';
import { TaskActions } from './palette-task-actions.js';
import { usePaletteCommands } from './use-palette-commands.js';

const TYPED_MS = 150;
const LIST = 'palette-list';
const [store, palette] = createSpotlight();

interface PaletteProps {
  /** Opens it whenever it grows. */
  calls: number;
  onGo: () => void;
}

/** Everything that has a name, a few letters away: pages, commands, saved views, and the tasks the person may see. */
export function Palette({ calls, onGo }: PaletteProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [typed] = useDebouncedValue(text.trim(), TYPED_MS);
  const tasks = useQuery(findTasksOptions(typed));
  const groups = usePaletteCommands()
    .map(({ commands, ...group }) => ({ ...group, commands: matching(text, commands) }))
    .filter(({ commands }) => commands.length > 0);
  const found = text.trim() === '' ? [] : (tasks.data ?? []);
  const isSearching = text.trim() !== '' && (typed !== text.trim() || tasks.isFetching);
  useEffect(() => {
    palette.open();
  }, [calls]);
  const first = groups[0]?.commands[0]?.id ?? found[0]?.taskId;
  useEffect(() => {
    // Tasks come after the letters that found them: Enter should open the first, as it does with a command.
    if (typed !== '' && first !== undefined) selectFirst();
  }, [typed, first]);

  // The part that scrolls is the list itself. The kit hands this on to its scroll area, though its types do not say so.
  const scrollingList = { viewportProps: { id: LIST, role: 'listbox', 'aria-label': t('palette.title') } };

  return (
    <Spotlight.Root
      store={store}
      query={text}
      onQueryChange={setText}
      shortcut={null}
      onSpotlightClose={() => setText('')}
      scrollable
      maxHeight={420}
      classNames={{ action: css.action }}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      // The dialog itself: what is around it stays when it has closed, and has no role that could be named.
      attributes={{ content: { 'aria-label': t('palette.title') } }}
    >
      <Spotlight.Search
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
        // The focus stays here while the arrow keys lead through the list: which one is chosen is announced.
        role="combobox"
        aria-expanded
        aria-haspopup="listbox"
        aria-autocomplete="list"
        aria-controls={LIST}
        leftSection={<IconSearch size={18} aria-hidden />}
        rightSection={isSearching ? <Loader size={14} /> : undefined}
      />
      <Spotlight.ActionsList {...scrollingList}>
        {groups.map(({ label, commands }) => (
          <Spotlight.ActionsGroup key={label} label={label} role="group" aria-label={label}>
            {commands.map(({ id, label: name, hint, Icon, run }) => (
              <Spotlight.Action
                key={id}
                role="option"
                label={name}
                description={hint}
                leftSection={<Icon size={18} stroke={1.6} aria-hidden />}
                onClick={() => {
                  onGo();
                  run();
                }}
              />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {found.length > 0 && <TaskActions tasks={found} onGo={onGo} />}
        {groups.length === 0 && found.length === 0 && !isSearching && (
          <Spotlight.Empty>{t('palette.nothing', { text: text.trim() })}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** As the library itself does for what is there when a letter is typed. */
function selectFirst(): void {
  if (document.querySelector('[data-action][data-selected]') !== null) return;
  document.querySelector('[data-action]')?.setAttribute('data-selected', 'true');
  store.setState((state) => ({ ...state, selected: 0 }));
}

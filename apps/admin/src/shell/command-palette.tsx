import { Kbd, UnstyledButton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import css from './main-nav.module.css';

const load = () => import('./palette.js');
const Palette = lazy(async () => ({ default: (await load()).Palette }));
const KeysDialog = lazy(async () => ({ default: (await import('../train-tasks/list/keys-dialog.js')).KeysDialog }));
const isMac = /Mac|iP(hone|ad)/.test(navigator.userAgent);

/** The button and the key, wherever one is, that lead to everything by its name. What lies behind them is loaded when it is called for. */
export function CommandPalette({ onNavigate }: { onNavigate: () => void }) {
  const { t } = useTranslation();
  const [calls, setCalls] = useState(0);
  const [help, setHelp] = useState(false);
  const call = () => setCalls((before) => before + 1);
  useHotkeys([['mod+K', call]], [], true);
  return (
    <>
      <UnstyledButton className={css.palette} onClick={call} onPointerEnter={() => void load()} aria-keyshortcuts="Control+K Meta+K">
        <IconSearch size={15} aria-hidden />
        <span className={css.paletteText}>{t('palette.open')}</span>
        <Kbd size="xs" visibleFrom="sm">{isMac ? '⌘K' : 'Ctrl K'}</Kbd>
      </UnstyledButton>
      {calls > 0 && <Suspense><Palette calls={calls} onGo={onNavigate} onHelp={() => setHelp(true)} /></Suspense>}
      {help && <Suspense><KeysDialog onClose={() => setHelp(false)} /></Suspense>}
    </>
  );
}

import { Kbd, UnstyledButton } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useKeyHelp, type KeyHelp } from '../ui/key-help.js';
import css from './main-nav.module.css';

const load = () => import('./palette.js');
const Palette = lazy(async () => ({ default: (await load()).Palette }));
const isMac = /Mac|iP(hone|ad)/.test(navigator.userAgent);
const KEY = isMac ? '⌘K' : 'Ctrl K';
const HELP: readonly KeyHelp[] = [{ name: 'palette', keys: [KEY] }];

/** The button and the key, wherever one is, that lead to everything by its name. What lies behind them is loaded when it is called for. */
export function CommandPalette({ onNavigate }: { onNavigate: () => void }) {
  const { t } = useTranslation();
  const [calls, setCalls] = useState(0);
  const call = () => setCalls((before) => before + 1);
  useKeyHelp(HELP);
  useHotkeys([['mod+K', call]], [], true);
  return (
    <>
      <UnstyledButton className={css.palette} onClick={call} onPointerEnter={() => void load()} aria-keyshortcuts="Control+K Meta+K">
        <IconSearch size={15} aria-hidden />
        <span className={css.paletteText}>{t('palette.open')}</span>
        <Kbd size="xs" visibleFrom="sm">
          {KEY}
        </Kbd>
      </UnstyledButton>
      {calls > 0 && (
        <Suspense>
          <Palette calls={calls} onGo={onNavigate} />
        </Suspense>
      )}
    </>
  );
}

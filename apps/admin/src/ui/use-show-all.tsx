import { Anchor } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** The first few of a list that may be long, and what shows the rest of it; `toggle` is `null` when there is none. */
export function useShowAll<Item>(items: readonly Item[], few: number): { shown: readonly Item[]; toggle: ReactNode } {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  if (items.length <= few) return { shown: items, toggle: null };
  return {
    shown: isOpen ? items : items.slice(0, few),
    toggle: (
      <Anchor component="button" type="button" inherit underline="always" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {isOpen ? t('action.showFewer') : t('action.showAll', { count: items.length })}
      </Anchor>
    ),
  };
}

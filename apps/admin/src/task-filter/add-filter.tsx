import { Button, Popover, Skeleton } from '@mantine/core';
import { IconFilterPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FilterProps } from './filter-bar.js';

const FilterMenu = lazy(async () => ({ default: (await import('./filter-menu.js')).FilterMenu }));

/** The way to every filter that has no button of its own. What is set shows as a chip. */
export function AddFilter({ search, onChange }: FilterProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  /** How often it was opened: each time it begins anew, also while it is still closing. */
  const [times, setTimes] = useState(0);
  const toggle = (): void => {
    setOpened(!opened);
    if (!opened) setTimes(times + 1);
  };
  return (
    <Popover position="bottom-start" width={280} trapFocus returnFocus opened={opened} onChange={setOpened}>
      <Popover.Target>
        <Button variant="default" size="xs" leftSection={<IconFilterPlus size={15} aria-hidden />} onClick={toggle}>
          {t('filters.add')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <Suspense fallback={<Skeleton height={240} />}>
          <FilterMenu key={times} search={search} onChange={onChange} onDone={() => setOpened(false)} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}

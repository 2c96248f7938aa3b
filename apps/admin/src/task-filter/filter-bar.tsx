import { CloseButton, Group, Space, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '../ui/shortcuts.js';
import { AddFilter } from './add-filter.js';
import { isFiltered, type ListSearch } from './list-search.js';
import { StatusFilter } from './status-filter.js';
import { TimeFilter } from './time-filter.js';

const FilterChips = lazy(async () => ({ default: (await import('./filter-chips.js')).FilterChips }));
/** Pixels that the chips take in one line: kept for them until they are loaded. */
const CHIPS_HEIGHT = 22;

export interface FilterProps {
  search: ListSearch;
  /** `replace`: a letter typed is no step to go back to. */
  onChange: (change: Partial<ListSearch>, replace?: boolean) => void;
}

/** What narrows the list, and what it is narrowed by; `children` stand at its end. */
export function FilterBar({ search, onChange, onClear, children }: FilterProps & { onClear: () => void; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div role="search" aria-label={t('list.filter.label')}>
      <Group gap="xs" wrap="wrap">
        <SearchField search={search} onChange={onChange} />
        <StatusFilter search={search} onChange={onChange} />
        <TimeFilter search={search} onChange={onChange} />
        <AddFilter search={search} onChange={onChange} />
        <Group gap="xs" ml="auto">
          {children}
        </Group>
      </Group>
      {isFiltered(search) && (
        <Suspense fallback={<Space h={CHIPS_HEIGHT} mt="xs" />}>
          <FilterChips search={search} onChange={onChange} onClear={onClear} />
        </Suspense>
      )}
    </div>
  );
}

function SearchField({ search, onChange }: FilterProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(search.q ?? '');
  const [told, setTold] = useState(search.q);
  if (told !== search.q) {
    // The address changed by another way than this field: back, a chip, a link.
    setTold(search.q);
    setText(search.q ?? '');
  }
  const tell = useDebouncedCallback(
    (q: string) => {
      const next = q.trim() === '' ? undefined : q;
      setTold(next);
      onChange({ q: next }, true);
    },
    { delay: 200, flushOnUnmount: false },
  );
  const type = (value: string): void => {
    setText(value);
    tell(value);
  };
  useShortcuts([['/', 'search', () => field.current?.focus()]]);
  useEffect(() => tell.cancel, [tell]);

  return (
    <TextInput
      ref={field}
      size="xs"
      w={{ base: '100%', xs: 230 }}
      type="search"
      aria-label={t('list.filter.searchLabel')}
      placeholder={t('list.filter.search')}
      leftSection={<IconSearch size={15} aria-hidden />}
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={leaveOnEscape}
      rightSection={text === '' ? undefined : <CloseButton size="xs" aria-label={t('action.reset')} onClick={() => type('')} />}
    />
  );
}

/** Back to the rows with what was typed: browsers would empty the field. */
function leaveOnEscape(event: KeyboardEvent<HTMLInputElement>): void {
  if (event.key !== 'Escape') return;
  event.preventDefault();
  event.currentTarget.blur();
}

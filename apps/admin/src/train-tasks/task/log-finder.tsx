import { ActionIcon, Group, Loader, Text, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../../ui/problem-text.js';
import { useFormat } from '../../ui/use-format.js';
import type { LogSearchState } from './use-log-search.js';

interface LogFinderProps {
  search: LogSearchState;
  initial: string;
  /** Bytes of the whole log. */
  size: number;
  onFind: (text: string) => void;
  onStep: (by: 1 | -1) => void;
}

/** Looks for text in the whole log, also in what is not loaded. Enter goes on to the next match, with Shift to the one before. */
export function LogFinder({ search, initial, size, onFind, onStep }: LogFinderProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [text, setText] = useState(initial);
  const { q, index, count, isComplete, isSearching, searchedTo, error } = search;
  const told = ((): string => {
    if (q === '') return '';
    if (error !== null && !isSearching) return problemText(t, error);
    if (isSearching)
      return searchedTo === null || size === 0
        ? t('detail.log.searching')
        : t('detail.log.searchedTo', { percent: format.percent(Math.min(0.99, searchedTo / size)) });
    if (count === 0) return t('detail.log.noMatch');
    return t(isComplete ? 'detail.log.match' : 'detail.log.matchOfMore', { index: format.count(index + 1), total: format.count(count) });
  })();
  const go = (by: 1 | -1): void => (text === q && q !== '' ? onStep(by) : onFind(text));
  return (
    <Group gap={6} wrap="nowrap">
      <TextInput
        size="xs"
        w={190}
        type="search"
        maxLength={200}
        aria-label={t('detail.log.find')}
        placeholder={t('detail.log.find')}
        leftSection={<IconSearch size={14} aria-hidden />}
        rightSection={isSearching ? <Loader size={12} /> : null}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          if (event.currentTarget.value === '') onFind('');
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') go(event.shiftKey ? -1 : 1);
        }}
      />
      <ActionIcon.Group>
        <ActionIcon
          variant="default"
          size={30}
          disabled={count === 0}
          aria-label={t('detail.log.previousMatch')}
          onClick={() => onStep(-1)}
        >
          <IconChevronUp size={15} aria-hidden />
        </ActionIcon>
        <ActionIcon variant="default" size={30} disabled={count === 0} aria-label={t('detail.log.nextMatch')} onClick={() => onStep(1)}>
          <IconChevronDown size={15} aria-hidden />
        </ActionIcon>
      </ActionIcon.Group>
      <Text size="xs" c="dimmed" role="status" className="tabular" style={{ whiteSpace: 'nowrap' }}>
        {told}
      </Text>
    </Group>
  );
}

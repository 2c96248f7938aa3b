import { Select, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/use-format.js';
import { taskSearchOptions } from '../queries.js';
import { COMPARE_MAX } from './compare-search.js';

const PAUSE_MS = 200;

/** Puts another task into the comparison, found by its name. */
export function AddTask({ ids, onAdd }: { ids: readonly string[]; onAdd: (taskId: string) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [text, setText] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [asked] = useDebouncedValue(text.trim(), PAUSE_MS);
  const { data } = useQuery({ ...taskSearchOptions(asked), enabled: isOpen });
  const found = (data?.items ?? []).filter(({ taskId }) => !ids.includes(taskId));
  if (ids.length >= COMPARE_MAX)
    return (
      <Text size="xs" c="dimmed">
        {t('compare.full', { count: COMPARE_MAX })}
      </Text>
    );
  return (
    <Select
      size="sm"
      w={220}
      searchable
      aria-label={t('compare.add')}
      placeholder={t('compare.add')}
      leftSection={<IconPlus size={15} aria-hidden />}
      nothingFoundMessage={t('compare.addNothing')}
      value={null}
      searchValue={text}
      onSearchChange={setText}
      onDropdownOpen={() => setOpen(true)}
      filter={({ options }) => options}
      comboboxProps={{ shadow: 'md', width: 340, position: 'bottom-end' }}
      data={found.map(({ taskId, name }) => ({ value: taskId, label: name }))}
      onChange={(taskId) => {
        if (taskId !== null) {
          onAdd(taskId);
          setText('');
        }
      }}
      renderOption={({ option }) => {
        const task = found.find(({ taskId }) => taskId === option.value);
        return (
          <div>
            <Text size="sm">{option.label}</Text>
            {task !== undefined && (
              <Text size="xs" c="dimmed">
                {t(`task.status.${task.status}`)} · {task.modelName} · {format.time(task.createdAt)}
              </Text>
            )}
          </div>
        );
      }}
    />
  );
}

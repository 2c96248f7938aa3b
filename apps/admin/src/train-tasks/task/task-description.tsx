import { ActionIcon, Button, Text, Textarea, Tooltip } from '@mantine/core';
import type { TrainTaskDetail } from '@lora-ledger/contracts';
import { IconPencil, IconPencilPlus } from '@tabler/icons-react';
import { useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { usePageCommand } from '../../ui/page-commands.js';
import { mayDescribe } from './description-rules.js';
import { useWordsEdit } from './use-words-edit.js';
import { WordsFoot } from './words-foot.js';
import css from './words.module.css';

/** What the task is for and what came out of it, in somebody's own words. */
export function TaskDescription({ task }: { task: TrainTaskDetail }) {
  const { t } = useTranslation();
  const pencil = useRef<HTMLButtonElement>(null);
  const edit = useWordsEdit(task, 'description', pencil);
  const mayEdit = mayDescribe(task);
  const text = task.description ?? '';
  const label = t(text === '' ? 'detail.words.add' : 'detail.words.edit');
  // Not while somebody types: beginning again would take their text away.
  usePageCommand(
    mayEdit && edit.text === null ? { id: 'describe', label, words: 'description note edit', Icon: IconPencil, run: edit.begin } : null,
  );
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) edit.save();
    else if (event.key === 'Escape') edit.giveUp();
    else return;
    event.preventDefault();
  };

  if (edit.text !== null && mayEdit) {
    return (
      <div style={{ maxWidth: 820 }}>
        <Textarea
          aria-label={t('form.field.description')}
          placeholder={t('detail.words.placeholder')}
          value={edit.text}
          error={edit.error}
          autosize
          minRows={3}
          maxRows={16}
          autoFocus={edit.takesFocus}
          onFocus={({ currentTarget }) => currentTarget.setSelectionRange(currentTarget.value.length, currentTarget.value.length)}
          onChange={(event) => edit.type(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <WordsFoot edit={edit} hint={t('detail.words.descriptionKeys')} />
      </div>
    );
  }
  if (text === '') {
    return mayEdit ? (
      <div>
        <Button
          ref={pencil}
          size="compact-sm"
          variant="subtle"
          color="gray"
          fw={400}
          ml={-8}
          leftSection={<IconPencilPlus size={15} aria-hidden />}
          onClick={edit.begin}
        >
          {label}
        </Button>
      </div>
    ) : null;
  }
  return (
    <div className={css.description}>
      <Text size="sm" className={css.text}>
        {text}
      </Text>
      {mayEdit && (
        <Tooltip label={label}>
          <ActionIcon ref={pencil} variant="subtle" color="gray" size={22} aria-label={label} onClick={edit.begin}>
            <IconPencil size={14} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  );
}

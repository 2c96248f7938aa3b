import { ActionIcon, TextInput, Title, Tooltip, VisuallyHidden } from '@mantine/core';
import type { TrainTaskDetail } from '@lora-ledger/contracts';
import { IconPencil } from '@tabler/icons-react';
import { useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { usePageCommand } from '../../ui/page-commands.js';
import { mayDescribe } from './description-rules.js';
import { useWordsEdit } from './use-words-edit.js';
import { WordsFoot } from './words-foot.js';
import css from './words.module.css';

/** What the task is called, and the way to call it something else. */
export function TaskName({ task }: { task: TrainTaskDetail }) {
  const { t } = useTranslation();
  const pencil = useRef<HTMLButtonElement>(null);
  const edit = useWordsEdit(task, 'name', pencil);
  const mayEdit = mayDescribe(task);
  // Not while somebody types: beginning again would take their text away.
  usePageCommand(
    mayEdit && edit.text === null
      ? { id: 'rename', label: t('detail.words.rename'), words: 'rename name title edit', Icon: IconPencil, run: edit.begin }
      : null,
  );
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') edit.save();
    else if (event.key === 'Escape') edit.giveUp();
    else return;
    event.preventDefault();
  };

  if (edit.text === null || !mayEdit) {
    return (
      <div className={css.name}>
        <Title order={1} fz={22} lh={1.3} style={{ overflowWrap: 'anywhere' }}>
          {task.name}
        </Title>
        {mayEdit && (
          <Tooltip label={t('detail.words.rename')}>
            <ActionIcon ref={pencil} variant="subtle" color="gray" size={28} aria-label={t('detail.words.rename')} onClick={edit.begin}>
              <IconPencil size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
    );
  }
  return (
    <div className={css.editName}>
      <VisuallyHidden>
        <h1>{task.name}</h1>
      </VisuallyHidden>
      <TextInput
        aria-label={t('detail.words.nameLabel')}
        value={edit.text}
        error={edit.error}
        autoComplete="off"
        autoFocus={edit.takesFocus}
        onFocus={(event) => {
          if (event.currentTarget.value === task.name) event.currentTarget.select();
        }}
        onChange={(event) => edit.type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <WordsFoot edit={edit} hint={t('detail.words.nameKeys')} />
    </div>
  );
}

import { Button, Text, Textarea, Tooltip } from '@mantine/core';
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
  const isBare = text === '';
  const label = t(isBare ? 'detail.words.add' : 'detail.words.edit');
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
  if (isBare && !mayEdit) return null;
  return (
    <div className={css.description}>
      {!isBare && (
        <Text size="sm" className={css.text}>
          {text}
        </Text>
      )}
      {/* One button for both, so that it keeps the focus when the first text comes and the last one goes. */}
      {mayEdit && (
        <Tooltip label={label} disabled={isBare}>
          <Button
            ref={pencil}
            size={isBare ? 'compact-sm' : 'compact-xs'}
            variant="subtle"
            color="gray"
            fw={400}
            px={isBare ? undefined : 4}
            ml={isBare ? -8 : 0}
            aria-label={label}
            leftSection={isBare ? <IconPencilPlus size={15} aria-hidden /> : null}
            onClick={edit.begin}
          >
            {isBare ? label : <IconPencil size={14} aria-hidden />}
          </Button>
        </Tooltip>
      )}
    </div>
  );
}

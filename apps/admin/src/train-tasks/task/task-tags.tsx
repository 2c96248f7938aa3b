import { Badge, Button, Pill, Tooltip } from '@mantine/core';
import type { TrainTaskDetail } from '@lora-ledger/contracts';
import { IconPencil, IconTags } from '@tabler/icons-react';
import { useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { usePageCommand } from '../../ui/page-commands.js';
import { TagField } from '../form/tag-field.js';
import { mayDescribe, tagsOf } from './description-rules.js';
import { useWordsEdit } from './use-words-edit.js';
import { WordsFoot } from './words-foot.js';
import css from './words.module.css';

/** The labels of a task, and the way to add some and to take some away. */
export function TaskTags({ task }: { task: TrainTaskDetail }) {
  const { t } = useTranslation();
  const pencil = useRef<HTMLButtonElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const edit = useWordsEdit(task, 'tags', pencil);
  const mayEdit = mayDescribe(task);
  const isBare = task.tags.length === 0;
  const label = t(isBare ? 'detail.words.addTags' : 'detail.words.editTags');
  // Not while somebody edits: beginning again would take their tags away.
  usePageCommand(
    mayEdit && edit.text === null ? { id: 'tags', label, words: 'tags labels edit add remove', Icon: IconTags, run: edit.begin } : null,
  );
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const input = event.currentTarget;
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && input.value.trim() === '' && !hasChosen(input)) edit.save();
    else if (event.key === 'Escape') edit.giveUp();
    else return;
    event.preventDefault();
  };

  if (edit.text === null || !mayEdit) {
    return (
      <>
        {task.tags.map((tag) => (
          <Badge key={tag} variant="default" tt="none" fw={500} radius="sm">
            {tag}
          </Badge>
        ))}
        {/* One button for both, so that it keeps the focus when the first tag comes and the last one goes. */}
        {mayEdit && (
          <Tooltip label={label} disabled={isBare}>
            <Button
              ref={pencil}
              size="compact-sm"
              variant="subtle"
              color="gray"
              fw={400}
              px={6}
              ml={-6}
              aria-label={label}
              leftSection={isBare ? <IconTags size={15} aria-hidden /> : null}
              onClick={edit.begin}
            >
              {isBare ? label : <IconPencil size={16} aria-hidden />}
            </Button>
          </Tooltip>
        )}
      </>
    );
  }
  return (
    <div className={css.editTags}>
      <TagField
        ref={field}
        aria-label={t('detail.words.tagsLabel')}
        value={tagsOf(edit.text)}
        error={edit.error}
        autoFocus={edit.takesFocus}
        onChange={(tags) => edit.type(tags.join('\n'))}
        onKeyDown={onKeyDown}
        // Below the buttons that save and give up; and nothing lies over what has to be read.
        comboboxProps={{ offset: 44 }}
        dropdownOpened={edit.error === null && edit.theirs === null ? undefined : false}
        renderPill={({ value = '', onRemove }) => (
          <Pill
            withRemoveButton
            removeButtonProps={{ 'aria-label': t('detail.words.removeTag', { tag: value }), 'aria-hidden': false, tabIndex: 0 }}
            onRemove={() => {
              onRemove?.();
              field.current?.focus();
            }}
          >
            {value}
          </Pill>
        )}
      />
      <WordsFoot edit={edit} hint={t('detail.words.tagsKeys')} />
    </div>
  );
}

/** Whether an arrow key has led to one of the tags offered: Enter takes that one. */
function hasChosen(input: HTMLInputElement): boolean {
  const offered = document.getElementById(input.getAttribute('aria-controls') ?? '');
  return offered?.querySelector('[data-combobox-selected]') != null;
}

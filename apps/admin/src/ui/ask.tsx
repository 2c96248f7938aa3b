import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { TFunction } from 'i18next';

export interface Question {
  title: string;
  text?: string;
  confirm: string;
  back: string;
  /** What it leads to cannot be taken back easily. */
  isGrave?: boolean;
  onConfirm: () => void;
}

let openUp = (): void => undefined;
const canBeAsked = new Promise<void>((resolve) => {
  openUp = resolve;
});

/** Questions are heard from now on: the library forgets those that are put before. */
export function hearQuestions(): void {
  openUp();
}

/** Asks before something is done. A question put while the page is still getting ready is asked as soon as it can be. */
export function ask(t: TFunction, { title, text, confirm, back, isGrave = false, onConfirm }: Question): void {
  void canBeAsked.then(() =>
    modals.openConfirmModal({
      title,
      children: text === undefined ? undefined : <Text size="sm">{text}</Text>,
      labels: { confirm, cancel: back },
      confirmProps: { color: isGrave ? 'red.9' : undefined },
      closeButtonProps: { 'aria-label': t('action.close') },
      onConfirm,
    }),
  );
}

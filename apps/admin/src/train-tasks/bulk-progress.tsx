import { Button, Group, Progress, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';

interface BulkProgress {
  text: string;
  /** 0..1 */
  part: number;
  button: { label: string; act: () => void };
  /** It does not go on by itself. */
  problem?: { text: string; closeLabel: string };
}

/** A message that stays while a long action goes on. `id` is that of the message to change, `undefined` for a new one. Answers the id. */
export function showProgress(id: string | undefined, { text, part, button, problem }: BulkProgress): string {
  const message: ReactNode = (
    <>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" className="tabular">
          {text}
        </Text>
        <Button size="compact-sm" variant="light" onClick={button.act}>
          {button.label}
        </Button>
      </Group>
      {problem !== undefined && (
        <Text size="sm" c="red">
          {problem.text}
        </Text>
      )}
      <Progress mt={6} size="sm" value={part * 100} aria-label={text} />
    </>
  );
  const shown = {
    color: problem === undefined ? 'ledger' : 'red',
    autoClose: false as const,
    withCloseButton: problem !== undefined,
    closeButtonProps: { 'aria-label': problem?.closeLabel },
    message,
  };
  if (id === undefined) return notifications.show(shown);
  notifications.update({ id, ...shown });
  return id;
}

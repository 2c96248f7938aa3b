import { Alert, Button, Group, Skeleton, Stack, Switch, Text } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import type { Person, Shares, TrainTaskSummary } from '@lora-ledger/contracts';
import { IconAlertCircle, IconCheck, IconLink } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../../ui/problem-text.js';
import { useTell } from '../../ui/use-tell.js';
import { PeoplePicker } from './people-picker.js';
import { sharesOptions, usePutShares } from './queries.js';

interface ShareDialogProps {
  task: Pick<TrainTaskSummary, 'taskId' | 'createUser'>;
  onClose: () => void;
}

export function ShareDialog({ task, onClose }: ShareDialogProps) {
  const { t } = useTranslation();
  const { data, error } = useQuery({ ...sharesOptions(task.taskId), staleTime: 0 });
  if (data !== undefined) return <ShareForm key={JSON.stringify(data)} shares={data} task={task} onClose={onClose} />;
  if (error !== null)
    return (
      <Alert icon={<IconAlertCircle />} color="red" variant="light" role="alert">
        {problemText(t, error)}
      </Alert>
    );
  return <Skeleton height={220} aria-hidden />;
}

/** Who may read the task now, and from now on. Nothing changes before it is saved. */
function ShareForm({ shares, task, onClose }: ShareDialogProps & { shares: Shares }) {
  const { t } = useTranslation();
  const tell = useTell();
  const put = usePutShares(task.taskId);
  const [people, setPeople] = useState<readonly Person[]>(shares.people);
  const [everyone, setEveryone] = useState(shares.everyone);
  const isShared = shares.everyone || shares.people.length > 0;

  const save = (next: { everyone: boolean; people: readonly Person[] }, message: string) =>
    put.mutate(
      { everyone: next.everyone, usernames: next.people.map(({ username }) => username) },
      {
        onSuccess: () => {
          tell.done(message);
          onClose();
        },
      },
    );

  return (
    <Stack gap="md">
      <Text size="sm">{t('sharing.lead')}</Text>
      {put.isError && (
        <Alert icon={<IconAlertCircle />} color="red" variant="light" role="alert">
          {problemText(t, put.error)}
        </Alert>
      )}
      <PeoplePicker value={people} onChange={setPeople} without={task.createUser} />
      <Switch
        checked={everyone}
        onChange={(event) => setEveryone(event.currentTarget.checked)}
        label={t('sharing.everyone')}
        description={t('sharing.everyoneHint')}
      />
      <Text size="xs" c="dimmed" role="status">
        {everyone
          ? t('sharing.status.everyone')
          : people.length === 0
            ? t('sharing.status.private')
            : t('sharing.status.people', { count: people.length })}
      </Text>
      <Group justify="space-between" gap="xs">
        <CopyLink taskId={task.taskId} />
        <Group gap="xs">
          {isShared && (
            <Button
              variant="subtle"
              color="red"
              disabled={put.isPending}
              onClick={() => save({ everyone: false, people: [] }, t('sharing.takenBack'))}
            >
              {t('sharing.takeBack')}
            </Button>
          )}
          <Button loading={put.isPending} onClick={() => save({ everyone, people }, t('sharing.saved'))}>
            {t('sharing.save')}
          </Button>
        </Group>
      </Group>
    </Stack>
  );
}

function CopyLink({ taskId }: { taskId: string }) {
  const { t } = useTranslation();
  const { copy, copied } = useClipboard({ timeout: 2000 });
  return (
    <Button
      variant="default"
      leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconLink size={16} aria-hidden />}
      onClick={() => copy(`${window.location.origin}/tasks/${taskId}`)}
    >
      {copied ? t('sharing.linkCopied') : t('sharing.copyLink')}
    </Button>
  );
}

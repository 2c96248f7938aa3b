import { Alert, Button, FileButton, Stack, Text } from '@mantine/core';
import { IconFileCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useBlocker } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrainTaskDetail } from '@lora-ledger/contracts';
import { ApiProblem } from '../../api/problem.js';
import { LinkAnchor } from '../../ui/links.js';
import { problemText } from '../../ui/problem-text.js';
import { useFormat } from '../../ui/use-format.js';
import { taskOptions } from '../queries.js';
import { toRequest } from './form-model.js';
import { heldFile, holdFile, importWeights, isWeights } from './import-config.js';
import css from './task-form.module.css';
import type { TaskFormControl } from './use-task-form-state.js';

interface WeightsOfferProps {
  control: TaskFormControl;
  draftName: string;
  onImported: (task: TrainTaskDetail) => void;
}

/** Weights are a result, not only a wish: offers to enter them as the finished task they are. */
export function WeightsOffer({ control, draftName, onImported }: WeightsOfferProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useQueryClient();
  const fileName = control.report?.fileName ?? '';
  const [file, setFile] = useState(heldFile(draftName));
  const [isOther, setOther] = useState(false);
  const upload = useMutation({
    mutationFn: (content: File) => importWeights(content, toRequest(control.values)),
    onSuccess: (task) => {
      client.setQueryData(taskOptions(task.taskId).queryKey, task);
      onImported(task);
    },
    onError: control.refuse,
  });
  // Leaving would break the upload off.
  useBlocker({ shouldBlockFn: () => false, enableBeforeUnload: () => upload.isPending });
  const known = upload.error instanceof ApiProblem ? (upload.error.facts.taskId ?? null) : null;
  const choose = (chosen: File | null): void => {
    if (chosen === null) return;
    setOther(chosen.name !== fileName || !isWeights(chosen));
    if (chosen.name !== fileName || !isWeights(chosen)) return;
    holdFile(draftName, chosen);
    setFile(chosen);
  };

  return (
    <div className={css.submit}>
      <Stack gap="xs">
        <Text size="sm" fw={600}>
          {t('form.weights.title')}
        </Text>
        <Text size="xs" c="dimmed">
          {t('form.weights.text')}
        </Text>
        {file === undefined ? (
          <>
            <Text size="xs">{t('form.weights.again', { file: fileName })}</Text>
            <FileButton accept=".safetensors" onChange={choose}>
              {(props) => (
                <Button {...props} variant="default" size="xs">
                  {t('form.file.choose')}
                </Button>
              )}
            </FileButton>
            {isOther && (
              <Text size="xs" c="var(--mantine-color-error)" role="alert">
                {t('form.weights.wrong')}
              </Text>
            )}
          </>
        ) : (
          <Button
            variant="light"
            leftSection={<IconFileCheck size={16} aria-hidden />}
            loading={upload.isPending}
            onClick={() => {
              if (control.attempt()) upload.mutate(file);
            }}
          >
            {t('form.weights.import')}
          </Button>
        )}
        <div aria-live="polite">
          {upload.isPending && file !== undefined && (
            <Text size="xs" c="dimmed">
              {t('form.weights.importing', { size: format.bytes(file.size) })}
            </Text>
          )}
          {upload.error !== null && (
            <Alert color={known === null ? 'red' : 'orange'} variant="light" p="xs">
              <Text size="sm">{problemText(t, upload.error)}</Text>
              {known !== null && (
                <LinkAnchor underline="always" to="/tasks/$taskId" params={{ taskId: known }} size="sm">
                  {t('form.weights.knownLink')}
                </LinkAnchor>
              )}
            </Alert>
          )}
        </div>
      </Stack>
    </div>
  );
}

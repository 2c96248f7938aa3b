import { Alert, Button, FileButton, List, Stack, Text } from '@mantine/core';
import type { ParsedFile } from '@lora-ledger/contracts';
import { IconAlertCircle, IconFileCheck, IconFileImport } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { problemText } from '../../ui/problem-text.js';
import { useFormat } from '../../ui/use-format.js';
import type { RequestDraft } from './form-model.js';
import { FileTooLarge, importConfig } from './import-config.js';
import css from './task-form.module.css';
import { useFileDrop } from './use-file-drop.js';

const ACCEPTED = '.yaml,.yml,.toml,.json,.safetensors';
/** More names than this tell nobody anything. */
const SHOWN_KEYS = 8;

/** Fills the form from a file: chosen here, or dropped anywhere on the page. */
export function ConfigFileDrop({ onDraft }: { onDraft: (draft: RequestDraft) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const reading = useMutation({ mutationFn: importConfig, onSuccess: ({ draft }) => onDraft(draft) });
  const hovering = useFileDrop((file) => reading.mutate(file));
  const fileName = reading.variables?.name ?? '';
  const { error } = reading;

  return (
    <div className={css.drop}>
      {hovering && <div className={css.overlay}>{t('form.file.release')}</div>}
      <Stack gap={8} align="center">
        <IconFileImport size={28} stroke={1.3} color="var(--mantine-color-dimmed)" aria-hidden />
        <div>
          <Text size="sm" fw={600}>{t('form.file.drop')}</Text>
          <Text size="xs" c="dimmed">{t('form.file.dropText')}</Text>
        </div>
        <FileButton accept={ACCEPTED} onChange={(file) => { if (file !== null) reading.mutate(file); }}>
          {(props) => <Button {...props} size="xs" variant="default" loading={reading.isPending}>{t('form.file.choose')}</Button>}
        </FileButton>
      </Stack>
      <div aria-live="polite">
        {reading.isSuccess && <Filled parsed={reading.data} fileName={fileName} />}
        {error !== null && (
          <Alert mt="sm" ta="start" color="red" variant="light" icon={<IconAlertCircle />} title={t('form.file.failed', { file: fileName })}>
            {error instanceof FileTooLarge ? t('form.file.tooLarge', { limit: format.bytes(error.limit) }) : problemText(t, error)}
          </Alert>
        )}
      </div>
    </div>
  );
}

function Filled({ parsed, fileName }: { parsed: ParsedFile; fileName: string }) {
  const { t } = useTranslation();
  const { unmapped, warnings } = parsed;
  return (
    <Alert mt="sm" ta="start" variant="light" color={warnings.length > 0 ? 'orange' : 'teal'} icon={<IconFileCheck />} title={t('form.file.filled', { file: fileName, format: parsed.format })}>
      <Stack gap={6}>
        {unmapped.length > 0 && (
          <Text size="xs">
            {t('form.file.unmapped', { count: unmapped.length })}: {unmapped.slice(0, SHOWN_KEYS).join(', ')}{unmapped.length > SHOWN_KEYS ? ` ${t('value.andMore', { count: unmapped.length - SHOWN_KEYS })}` : ''}
          </Text>
        )}
        {warnings.length > 0 && (
          <div>
            <Text size="xs" fw={600}>{t('form.file.warnings')}</Text>
            <List size="xs" mah={180} style={{ overflowY: 'auto' }}>
              {warnings.map(({ code, path, message }) => <List.Item key={`${code}${path ?? ''}${message}`} title={message}>{t(`form.warning.${code}`)}{path === undefined ? '' : `: ${path}`}</List.Item>)}
            </List>
          </div>
        )}
      </Stack>
    </Alert>
  );
}

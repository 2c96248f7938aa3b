import { Alert, Button, FileButton, Group, List, Stack, Text } from '@mantine/core';
import { IconAlertCircle, IconFileCheck, IconFileImport } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../../ui/problem-text.js';
import { useFormat } from '../../ui/use-format.js';
import { useShowAll } from '../../ui/use-show-all.js';
import type { FileReport } from './draft-store.js';
import { DRAFTS_MAX } from './draft-tray.js';
import { FileTooLarge, OneFileOnly, TooManyDrafts } from './import-config.js';
import css from './task-form.module.css';
import { useWarningText } from './use-warning-text.js';

const ACCEPTED = '.yaml,.yml,.toml,.json,.jsonc,.safetensors';
/** More names than this tell nobody anything who does not look for one. */
const SHOWN_KEYS = 8;

export interface FileFailure {
  fileName: string;
  error: unknown;
}

interface ConfigFileDropProps {
  onFiles: (files: readonly File[]) => void;
  /** Whether several files at once make sense here. */
  several: boolean;
  reading: boolean;
  /** What the file told that filled this form. */
  report: FileReport | null;
  failures: readonly FileFailure[];
  /** Takes the filling back, while the form before it is remembered. */
  onUndo: (() => void) | null;
}

/** Where files are chosen, what the one in the form told, and which could not be read. Dropping works on the whole page. */
export function ConfigFileDrop({ onFiles, several, reading, report, failures, onUndo }: ConfigFileDropProps) {
  const { t } = useTranslation();
  return (
    <div className={css.drop}>
      <Group justify="center" gap="sm" wrap="nowrap">
        <IconFileImport size={26} stroke={1.3} color="var(--mantine-color-dimmed)" className={css.dropIcon} aria-hidden />
        <div className={css.dropText}>
          <Text size="sm" fw={600}>
            {t(several ? 'form.file.drop' : 'form.file.dropOne')}
          </Text>
          <Text size="xs" c="dimmed">
            {t(several ? 'form.file.dropText' : 'form.file.dropOneText')}
          </Text>
        </div>
        <FileButton<boolean> accept={ACCEPTED} multiple={several} onChange={(files) => onFiles(files === null ? [] : [files].flat())}>
          {(props) => (
            <Button {...props} size="xs" variant="default" loading={reading} className={css.dropButton}>
              {t(several ? 'form.file.choose' : 'form.file.chooseOne')}
            </Button>
          )}
        </FileButton>
      </Group>
      <div aria-live="polite">
        {report !== null && <Filled report={report} onUndo={onUndo} />}
        {failures.map(({ fileName, error }) => {
          // Nothing is wrong with a file that there was no room for.
          const isLeftOut = error instanceof OneFileOnly || error instanceof TooManyDrafts;
          return (
            <Alert
              key={fileName}
              mt="sm"
              ta="start"
              color={isLeftOut ? 'orange' : 'red'}
              classNames={isLeftOut ? { title: css.alertTitle } : {}}
              variant="light"
              icon={<IconAlertCircle />}
              title={t(isLeftOut ? 'form.file.leftOut' : 'form.file.failed', { file: fileName })}
            >
              <FailureText error={error} />
            </Alert>
          );
        })}
      </div>
    </div>
  );
}

function FailureText({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (error instanceof FileTooLarge) return t('form.file.tooLarge', { limit: format.bytes(error.limit) });
  if (error instanceof TooManyDrafts) return t('form.drafts.full', { limit: DRAFTS_MAX });
  return error instanceof OneFileOnly ? t('form.file.oneOnly') : problemText(t, error);
}

function Filled({ report, onUndo }: { report: FileReport; onUndo: (() => void) | null }) {
  const { t } = useTranslation();
  const said = useWarningText();
  const { unmapped, warnings } = report;
  const keys = useShowAll(unmapped, SHOWN_KEYS);
  return (
    <Alert
      mt="sm"
      ta="start"
      variant="light"
      color={warnings.length > 0 ? 'orange' : 'teal'}
      classNames={warnings.length > 0 ? { title: css.alertTitle } : {}}
      icon={<IconFileCheck />}
      title={t('form.file.filled', { file: report.fileName, format: t(`form.format.${report.format}`) })}
    >
      <Stack gap={6}>
        {unmapped.length > 0 && (
          <Text size="xs" className={css.unmapped}>
            {t('form.file.unmapped', { count: unmapped.length })}
            {t('value.colon')}
            <span translate="no">{keys.shown.join(', ')}</span> {keys.toggle}
          </Text>
        )}
        {warnings.length > 0 && (
          <div>
            <Text size="xs" fw={600}>
              {t('form.file.warnings')}
            </Text>
            <List size="xs" mah={180} style={{ overflowY: 'auto' }} tabIndex={0}>
              {warnings.map(({ code, path, message }) => (
                <List.Item key={`${code}${path ?? ''}${message}`}>{said({ code, path })}</List.Item>
              ))}
            </List>
          </div>
        )}
        {onUndo !== null && (
          <div>
            <Button size="compact-xs" variant="default" onClick={onUndo}>
              {t('form.file.undo')}
            </Button>
          </div>
        )}
      </Stack>
    </Alert>
  );
}

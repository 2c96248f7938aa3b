import { Alert, Button, Group, List, Modal, Select, Skeleton, Stack } from '@mantine/core';
import { CONFIG_FORMATS, type ConfigFormat } from '@lora-ledger/training';
import { IconAlertCircle, IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { apiHref } from '../../api/http.js';
import { CodeSample } from '../../ui/code-sample.js';
import { problemText } from '../../ui/problem-text.js';
import { configPreviewOptions } from '../queries.js';
import { useWarningText } from '../form/use-warning-text.js';

/** The configuration in any trainer's format, with what that format cannot say. */
export function ConfigDialog({ taskId, onClose }: { taskId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const said = useWarningText();
  const [format, setFormat] = useState<ConfigFormat | null>(null);
  const { data, error } = useQuery(configPreviewOptions(taskId, format));
  return (
    <Modal opened onClose={onClose} size="xl" title={t('exporting.configTitle')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <Stack gap="sm">
        <Group align="end" justify="space-between">
          <Select
            data-autofocus
            label={t('exporting.format')}
            size="xs"
            clearable
            placeholder={t('exporting.own')}
            data={CONFIG_FORMATS.map((name) => ({ value: name, label: t(`form.format.${name}`) }))}
            value={format}
            onChange={(next) => setFormat(CONFIG_FORMATS.find((known) => known === next) ?? null)}
          />
          <Button
            size="xs"
            component="a"
            href={apiHref(`/train-tasks/${taskId}/config`, { format })}
            download={data?.fileName}
            leftSection={<IconDownload size={15} aria-hidden />}
          >
            {t('exporting.download')}
          </Button>
        </Group>
        {error !== null && (
          <Alert color="red" variant="light" icon={<IconAlertCircle />} role="alert">
            {problemText(t, error)}
          </Alert>
        )}
        {data !== undefined && data.warnings.length > 0 && (
          <Alert
            color="orange"
            variant="light"
            icon={<IconAlertCircle />}
            title={t('exporting.warnings', { count: data.warnings.length })}
            styles={{ title: { color: 'light-dark(#9c3d06, var(--mantine-color-orange-3))' } }}
          >
            <List size="xs" mah={140} style={{ overflowY: 'auto' }}>
              {data.warnings.map(({ code, path, message }) => (
                <List.Item key={`${code}${path ?? ''}${message}`}>{said({ code, path })}</List.Item>
              ))}
            </List>
          </Alert>
        )}
        {data === undefined && error === null ? (
          <Skeleton height={260} />
        ) : (
          data !== undefined && <CodeSample text={data.text} label={data.fileName} />
        )}
      </Stack>
    </Modal>
  );
}

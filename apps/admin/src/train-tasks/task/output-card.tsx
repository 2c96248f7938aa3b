import { Group, Table, Text } from '@mantine/core';
import type { TrainTaskDetail } from '@lora-ledger/contracts';
import { isTerminal } from '@lora-ledger/training';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.js';
import { CopyButton } from '../../ui/copy-button.js';
import { useFormat } from '../../ui/use-format.js';
import css from './task-page.module.css';

const HASH_SHOWN = 12;

/** What the run left, with hashes to recognise a file by wherever it is found. */
export function OutputCard({ task }: { task: TrainTaskDetail }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { output, outputFiles } = task;
  return (
    <Card title={t('detail.output.title')}>
      {output !== null && (
        <Group gap={4} wrap="nowrap" mb="xs">
          <Text size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
            {output}
          </Text>
          <CopyButton text={output} label={t('detail.output.copyPath')} />
        </Group>
      )}
      {outputFiles.length === 0 && output === null && (
        <Text size="sm" c="dimmed">
          {isTerminal(task.status) ? t('detail.output.noneEver') : t('detail.output.none')}
        </Text>
      )}
      {outputFiles.length > 0 && (
        <div className={css.scroller} tabIndex={0} role="group" aria-label={t('detail.output.title')}>
          <Table fz="sm" verticalSpacing={6} horizontalSpacing={8}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th ps={0}>{t('detail.output.file')}</Table.Th>
                <Table.Th ta="end">{t('detail.output.size')}</Table.Th>
                <Table.Th>{t('detail.output.hash')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {outputFiles.map(({ path, size, sha256 }) => (
                <Table.Tr key={path}>
                  <Table.Td ps={0} style={{ overflowWrap: 'anywhere', minWidth: 160 }}>
                    {path}
                  </Table.Td>
                  <Table.Td ta="end" className="tabular" style={{ whiteSpace: 'nowrap' }}>
                    {format.bytes(size)}
                  </Table.Td>
                  <Table.Td>
                    <Group gap={4} wrap="nowrap" title={sha256}>
                      <Text span size="xs" ff="monospace">
                        {sha256.slice(0, HASH_SHOWN)}…
                      </Text>
                      <CopyButton text={sha256} label={t('detail.output.copyHash', { file: path })} />
                    </Group>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </Card>
  );
}

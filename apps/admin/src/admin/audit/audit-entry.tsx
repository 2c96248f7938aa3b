import { Button, Drawer, Group, Stack, Title } from '@mantine/core';
import type { AuditEntryDto } from '@lora-ledger/contracts';
import { IconFilter } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../ui/copy-button.js';
import { LinkButton } from '../../ui/links.js';
import { useFormat } from '../../ui/use-format.js';
import css from './audit-page.module.css';
import type { AuditSearch } from './audit-search.js';
import { ChangeTable } from './change-summary.js';
import { useAuditWords } from './use-audit-words.js';

interface AuditEntryProps {
  entry: AuditEntryDto | null;
  onClose: () => void;
  /** Narrow the log to what this line has. */
  onNarrow: (change: Partial<AuditSearch>) => void;
}

/** One line of the log, whole, beside the others. */
export function AuditEntryDrawer({ entry, onClose, onNarrow }: AuditEntryProps) {
  const { t } = useTranslation();
  const words = useAuditWords();
  return (
    <Drawer
      opened={entry !== null}
      onClose={onClose}
      position="right"
      size={460}
      title={entry === null ? '' : words.action(entry)}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      {entry !== null && <Entry entry={entry} onNarrow={onNarrow} />}
    </Drawer>
  );
}

function Entry({ entry, onNarrow }: { entry: AuditEntryDto; onNarrow: AuditEntryProps['onNarrow'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useAuditWords();
  const { subjectId, subject, requestId } = entry;
  const actor = words.actor(entry);
  return (
    <Stack gap="lg">
      <dl className={css.facts}>
        <Fact name={t('audit.column.at')}>{format.fullTime(entry.at)}</Fact>
        <Fact name={t('audit.column.actor')}>{actor}</Fact>
        <Fact name={t('audit.column.via')}>{words.via(entry)}</Fact>
        <Fact name={t('audit.column.subject')}>
          {words.subjectType(entry)}
          {subject === null ? '' : ` · ${subject}`}
        </Fact>
        {subjectId !== null && (
          <Fact name={t('audit.entry.id')} end={<CopyButton text={subjectId} label={t('audit.entry.copyId')} />}>
            {subjectId}
          </Fact>
        )}
        <Fact name={t('audit.column.address')}>{entry.address ?? t('value.none')}</Fact>
        {requestId !== null && (
          <Fact name={t('audit.column.requestId')} end={<CopyButton text={requestId} label={t('audit.entry.copyRequest')} />}>
            {requestId}
          </Fact>
        )}
      </dl>
      <div>
        <Title order={3} fz={14} mb={6}>
          {t('audit.column.changes')}
        </Title>
        <ChangeTable changes={entry.changes} />
      </div>
      <Group gap="xs">
        <Narrow label={t('audit.filter.onlyActor', { name: actor })} onClick={() => onNarrow({ actor: entry.actor })} />
        <Narrow label={t('audit.filter.onlyAction')} onClick={() => onNarrow({ action: entry.action })} />
        {subjectId !== null && <Narrow label={t('audit.filter.onlySubject')} onClick={() => onNarrow({ subject: subjectId })} />}
        {entry.subjectType === 'task' && subjectId !== null && (
          <LinkButton to="/tasks/$taskId" params={{ taskId: subjectId }} size="compact-sm" variant="light">
            {t('audit.entry.openTask')}
          </LinkButton>
        )}
      </Group>
    </Stack>
  );
}

function Fact({ name, end, children }: { name: string; end?: ReactNode; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <span>{children}</span>
        {end}
      </dd>
    </>
  );
}

function Narrow({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button size="compact-sm" variant="default" leftSection={<IconFilter size={14} aria-hidden />} onClick={onClick}>
      {label}
    </Button>
  );
}

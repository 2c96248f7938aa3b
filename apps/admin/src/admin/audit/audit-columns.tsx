import type { AuditEntryDto } from '@lora-ledger/contracts';
import { Link } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '../../ui/data-table/column.js';
import { TwoLines } from '../../ui/list-view.js';
import { Time } from '../../ui/time.js';
import { ChangeLine } from './change-summary.js';
import css from './audit-page.module.css';
import { useAuditWords } from './use-audit-words.js';

type Cell = { entry: AuditEntryDto };

export function useAuditColumns(): Column<AuditEntryDto>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      { id: 'at', title: t('audit.column.at'), width: 140, required: true, cell: ({ at }) => <Time at={at} /> },
      { id: 'actor', title: t('audit.column.actor'), width: 125, cell: (entry) => <Actor entry={entry} /> },
      { id: 'action', title: t('audit.column.action'), width: 190, required: true, cell: (entry) => <Action entry={entry} /> },
      { id: 'subject', title: t('audit.column.subject'), width: 205, cell: (entry) => <Subject entry={entry} /> },
      { id: 'changes', title: t('audit.column.changes'), width: 240, grows: true, cell: ({ changes }) => <ChangeLine changes={changes} /> },
      { id: 'address', title: t('audit.column.address'), width: 120, cell: ({ address }) => address },
      { id: 'via', title: t('audit.column.via'), width: 140, hiddenByDefault: true, cell: (entry) => <Via entry={entry} /> },
      { id: 'requestId', title: t('audit.column.requestId'), width: 290, hiddenByDefault: true, cell: ({ requestId }) => requestId },
    ],
    [t],
  );
}

/** A line of the log on a phone. */
export function compactEntry(entry: AuditEntryDto): ReactNode {
  return (
    <TwoLines
      first={<Action entry={entry} />}
      firstEnd={<Actor entry={entry} />}
      second={<Subject entry={entry} />}
      secondEnd={<Time at={entry.at} />}
    />
  );
}

function Actor({ entry }: Cell) {
  const name = useAuditWords().actor(entry);
  return (
    <span className={entry.actorId === null ? css.dim : undefined} title={name}>
      {name}
    </span>
  );
}

function Action({ entry }: Cell) {
  return <span className={entry.action === 'session.refused' ? css.refused : undefined}>{useAuditWords().action(entry)}</span>;
}

function Via({ entry }: Cell) {
  return <>{useAuditWords().via(entry)}</>;
}

/** What it was done to, under the name it had then. A task can be opened while it is there. */
function Subject({ entry }: Cell) {
  const words = useAuditWords();
  const { subjectType, subjectId, subject } = entry;
  return (
    <span className={css.subject}>
      <span className={css.kind}>{words.subjectType(entry)}</span>
      {subjectType === 'task' && subjectId !== null ? (
        <Link className={css.link} to="/tasks/$taskId" params={{ taskId: subjectId }} title={subject ?? subjectId}>
          {subject ?? subjectId}
        </Link>
      ) : (
        <span title={subject ?? undefined}>{subject}</span>
      )}
    </span>
  );
}

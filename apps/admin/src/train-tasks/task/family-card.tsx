import { Skeleton, Text } from '@mantine/core';
import type { FamilyMember, TrainTaskDetail } from '@lora-ledger/contracts';
import type { JsonValue } from '@lora-ledger/training';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Card } from '../../ui/card.js';
import { LinkAnchor } from '../../ui/links.js';
import { StatusBadge } from '../../ui/status-badge.js';
import { useFormat } from '../../ui/use-format.js';
import { useShowAll } from '../../ui/use-show-all.js';
import { valueText } from '../../ui/value-text.js';
import { familyOptions } from '../queries.js';
import { useParameterName } from '../use-parameter-name.js';
import css from './family-card.module.css';
import { toTrees, type FamilyBranch } from './family-tree.js';

const COMPARED_MAX = 20;

/** Where the task comes from and what came of it, with what was changed on the way and why. */
export function FamilyCard({ task }: { task: TrainTaskDetail }) {
  const { t } = useTranslation();
  const { data } = useQuery(familyOptions(task.taskId));
  const ids = data?.items.slice(0, COMPARED_MAX).map(({ taskId }) => taskId) ?? [];
  const isAlone = ids.length < 2;
  return (
    <Card
      title={t('detail.family.title')}
      actions={
        !isAlone && (
          <LinkAnchor to="/compare" search={{ ids }} size="sm">
            {t('detail.family.compare')}
          </LinkAnchor>
        )
      }
    >
      {data === undefined && <Skeleton height={60} aria-hidden />}
      {data !== undefined && isAlone && (
        <Text size="sm" c="dimmed">
          {data.items[0]?.hasHiddenOrigin === true ? t('detail.family.hiddenOrigin') : t('detail.family.none')}
        </Text>
      )}
      {isAlone && task.note !== null && task.note !== '' && (
        <Text size="sm" mt={6} className={css.note}>
          {t('detail.family.note', { note: task.note })}
        </Text>
      )}
      {data !== undefined && !isAlone && <Branches branches={toTrees(data.items)} currentId={task.taskId} />}
      {data?.isCut === true && (
        <Text size="xs" c="dimmed" mt={6}>
          {t('detail.family.cut', { count: data.items.length })}
        </Text>
      )}
    </Card>
  );
}

function Branches({ branches, currentId }: { branches: readonly FamilyBranch[]; currentId: string }) {
  return (
    <ul className={css.branches}>
      {branches.map(({ member, children }) => (
        <li key={member.taskId}>
          <Member member={member} isCurrent={member.taskId === currentId} />
          {children.length > 0 && <Branches branches={children} currentId={currentId} />}
        </li>
      ))}
    </ul>
  );
}

function Member({ member, isCurrent }: { member: FamilyMember; isCurrent: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { taskId, name, attempt, edge, status, finalLoss, note, hasHiddenOrigin } = member;
  const title = attempt > 1 ? `${name} · ${t('task.attempt', { number: attempt })}` : name;
  return (
    <div className={css.member} data-current={isCurrent || undefined}>
      <div className={css.line}>
        <span className={css.name}>
          {isCurrent ? (
            <>
              <strong>{title}</strong>{' '}
              <Text span size="xs" c="dimmed">
                ({t('detail.family.current')})
              </Text>
            </>
          ) : (
            <LinkAnchor to="/tasks/$taskId" params={{ taskId }} inherit>
              {title}
            </LinkAnchor>
          )}
        </span>
        <span className="tabular">{format.loss(finalLoss)}</span>
        <StatusBadge status={status} size="sm" />
      </div>
      {hasHiddenOrigin && (
        <Text size="xs" c="dimmed">
          {t('detail.family.hiddenOrigin')}
        </Text>
      )}
      {edge === 'clone' && <Changes member={member} />}
      {edge !== 'retry' && note !== null && note !== '' && (
        <Text size="xs" className={css.note}>
          {t('detail.family.note', { note })}
        </Text>
      )}
    </div>
  );
}

const CHANGES_SHOWN = 4;

const VALUE_SHOWN = 60;

function Changes({ member: { taskId, parent, changes, changeCount } }: { member: FamilyMember }) {
  const { t } = useTranslation();
  const format = useFormat();
  const nameOf = useParameterName();
  const { shown, toggle } = useShowAll(changes, CHANGES_SHOWN);
  const said = (value: JsonValue): string => {
    const text = valueText(t, format, value);
    return text.length > VALUE_SHOWN ? `${text.slice(0, VALUE_SHOWN)}…` : text;
  };
  if (changeCount === 0)
    return (
      <Text size="xs" c="dimmed">
        {t('detail.family.noChange')}
      </Text>
    );
  return (
    <ul className={css.changes} aria-label={t('detail.family.changes')}>
      {shown.map(({ path, from, to }) => (
        <li key={path}>
          {nameOf(path)} <span>{said(from)}</span> → <strong>{said(to)}</strong>
        </li>
      ))}
      {toggle !== null && <li>{toggle}</li>}
      {changeCount > changes.length && parent !== null && (
        <li>
          <LinkAnchor to="/compare" search={{ ids: [parent, taskId] }} inherit underline="always">
            {t('detail.family.moreChanges', { count: changeCount - changes.length })}
          </LinkAnchor>
        </li>
      )}
    </ul>
  );
}

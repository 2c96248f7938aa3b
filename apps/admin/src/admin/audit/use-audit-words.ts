import type { AuditEntryDto } from '@lora-ledger/contracts';
import { TASK_STATUSES } from '@lora-ledger/training';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../ui/use-format.js';
import { isAuditAction, isAuditArea } from './audit-actions.js';
import { isEmptyValue } from './changed-fields.js';

const NOBODY = ['trainer', 'ledger', 'anonymous'] as const;
const VIAS = ['session', 'access-token', 'api-token', 'task-token', 'none', 'console'] as const;
const FIELDS = [
  'role',
  'displayName',
  'email',
  'disabled',
  'password',
  'scopes',
  'expiresAt',
  'everyone',
  'people',
  'status',
  'name',
  'description',
  'tags',
  'filter',
  'singleSignOn',
  'monthly',
] as const;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

type Of<Field extends keyof AuditEntryDto> = Pick<AuditEntryDto, Field>;

/** The log in the person's language. What has no word is shown as it was recorded. */
export function useAuditWords() {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => {
    /** A recorded value on one line. */
    const value = (field: string, recorded: unknown): string => {
      if (isEmptyValue(recorded)) return t('audit.entry.empty');
      if (typeof recorded === 'boolean') return recorded ? t('value.yes') : t('value.no');
      if (Array.isArray(recorded)) return recorded.map((one) => value(field, one)).join(', ');
      if (typeof recorded !== 'string') return JSON.stringify(recorded);
      if (field === 'role' && (recorded === 'admin' || recorded === 'member')) return t(`account.${recorded}`);
      const status = field === 'status' ? TASK_STATUSES.find((one) => one === recorded) : undefined;
      if (status !== undefined) return t(`task.status.${status}`);
      return TIME.test(recorded) && !Number.isNaN(Date.parse(recorded)) ? format.fullTime(recorded) : recorded;
    };
    return {
      value,
      action: ({ action }: Of<'action'>): string => (isAuditAction(action) ? t(`audit.action.${action}`) : action),
      actor: ({ actor, actorId }: Of<'actor' | 'actorId'>): string => {
        const nobody = actorId === null ? NOBODY.find((name) => name === actor) : undefined;
        return nobody === undefined ? actor : t(`audit.actor.${nobody}`);
      },
      via: ({ via }: Of<'via'>): string => {
        const known = VIAS.find((name) => name === via);
        return known === undefined ? via : t(`audit.via.${known}`);
      },
      subjectType: ({ subjectType }: Of<'subjectType'>): string =>
        isAuditArea(subjectType) ? t(`audit.subjectType.${subjectType}`) : subjectType,
      field: (field: string): string => {
        // A budget is recorded as that of a user or a model; which one, its subject says.
        const known = FIELDS.find((name) => name === field.replace(/^(user|model)\./, ''));
        return known === undefined ? field : t(`audit.field.${known}`);
      },
    };
  }, [t, format]);
}

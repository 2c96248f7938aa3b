import type { AuditEntryDto } from '@lora-ledger/contracts';

/** One field that changed. `undefined`: the log says that it changed, not from or to what. */
export interface ChangedField {
  field: string;
  from: unknown;
  to: unknown;
}

export function changedFields(changes: AuditEntryDto['changes']): ChangedField[] {
  return Object.entries(changes ?? {}).map(([field, { from, to }]) => ({ field, from, to }));
}

/** Whether anything is recorded beyond the fact of the change, as for a password. */
export function isHidden({ from, to }: ChangedField): boolean {
  return from === undefined && to === undefined;
}

/** Nothing: `null`, an empty text or an empty list. */
export function isEmptyValue(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

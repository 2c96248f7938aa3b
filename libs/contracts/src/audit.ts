import { ChoiceField, IntegerField, JsonField, NestedListField, NumericQuery, TextField, TimeField } from './field.js';
import { PAGE_LIMIT } from './page.js';

export const AUDIT_EXPORT_FORMATS = ['csv', 'json'] as const;
export type AuditExportFormat = (typeof AUDIT_EXPORT_FORMATS)[number];

export class AuditFilter {
  @TextField({ description: 'Username of who did it; `trainer`, `ledger` or `anonymous` for nobody in person', max: 100, optional: true })
  actor?: string;
  @TextField({ description: 'What was done: `user.changed`, or `user.` for everything about users', max: 100, optional: true })
  action?: string;
  @TextField({ description: 'Id of what it was done to: a taskId, a user id, a token id', max: 100, optional: true }) subject?: string;
  @TimeField({ description: 'At or after', optional: true }) from?: string;
  @TimeField({ description: 'Before', optional: true }) to?: string;
}

export class AuditQuery extends AuditFilter {
  @IntegerField({ description: 'How many rows to answer, 1 to 100; 50 when absent', min: 1, max: PAGE_LIMIT, optional: true })
  @NumericQuery()
  limit?: number;

  @TextField({ description: '`nextCursor` of the page before; absent for the first page', max: 1000, optional: true })
  cursor?: string;
}

export class AuditExportQuery extends AuditFilter {
  @ChoiceField({ description: 'Format; csv when absent', choices: AUDIT_EXPORT_FORMATS, optional: true }) format?: AuditExportFormat;
}

export class AuditEntryDto {
  @TextField({ description: 'Id', max: 20 }) id: string;
  @TimeField({ description: 'When' }) at: string;
  @TextField({ description: 'Who', max: 100 }) actor: string;
  @TextField({ description: 'User id of who', max: 20, optional: true }) actorId: string | null;
  @TextField({ description: 'By which means: session, access-token, api-token, task-token, none, console', max: 20 }) via: string;
  @TextField({ description: 'What was done', max: 100 }) action: string;
  @TextField({ description: 'Kind of thing it was done to', max: 50 }) subjectType: string;
  @TextField({ description: 'Its id', max: 100, optional: true }) subjectId: string | null;
  @TextField({ description: 'Its name at that time', max: 300, optional: true }) subject: string | null;
  @JsonField({ description: 'What changed: `{field: {from, to}}`, never a credential', optional: true }) changes: Record<
    string,
    { from?: unknown; to?: unknown }
  > | null;
  @TextField({ description: 'Address it came from', max: 100, optional: true }) address: string | null;
  @TextField({ description: 'Id of the request, as in the log', max: 100, optional: true }) requestId: string | null;
}

export class AuditPage {
  @NestedListField({ description: 'Newest first', max: 100 }, () => AuditEntryDto) items: AuditEntryDto[];
  @TextField({ description: 'Next page', max: 1000, optional: true }) nextCursor: string | null;
}

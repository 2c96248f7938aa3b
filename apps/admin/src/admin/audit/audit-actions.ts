/** What the log can hold, by what it was done to. The words for it are in the catalogues; an action unknown here is shown as it is. */
export const AUDIT_ACTIONS = {
  user: ['created', 'changed', 'deleted', 'restored', 'password-changed'],
  session: ['started', 'ended', 'refused'],
  'api-token': ['created', 'revoked'],
  task: [
    'created',
    'started',
    'finished',
    'failed',
    'cancelled',
    'retried',
    'cloned',
    'edited',
    'trashed',
    'restored',
    'viewed',
    'exported',
    'shared',
    'imported',
    'token-created',
  ],
  'audit-log': ['exported'],
  'saved-view': ['created', 'changed', 'deleted'],
  budget: ['set'],
} as const;

export type AuditArea = keyof typeof AUDIT_ACTIONS;
type KeyOf<Area extends AuditArea> = `${Area}.${(typeof AUDIT_ACTIONS)[Area][number]}`;
export type AuditAction = { [Area in AuditArea]: KeyOf<Area> }[AuditArea];

export const AUDIT_AREAS = Object.keys(AUDIT_ACTIONS) as AuditArea[];
const KNOWN: ReadonlySet<string> = new Set(AUDIT_AREAS.flatMap(actionsOf));

export function actionsOf(area: AuditArea): AuditAction[] {
  return AUDIT_ACTIONS[area].map((name) => `${area}.${name}` as AuditAction);
}

export function isAuditAction(text: string): text is AuditAction {
  return KNOWN.has(text);
}

export function isAuditArea(text: string): text is AuditArea {
  return Object.hasOwn(AUDIT_ACTIONS, text);
}

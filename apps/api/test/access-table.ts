/** Who knocks. All but the admin, the other member and the reader belong to the owner of the task named in the path. */
export const CALLERS = [
  'anonymous',
  'owner',
  'ownerCookieOnly',
  'otherMember',
  'reader',
  'admin',
  'readToken',
  'submitToken',
  'reportToken',
  'otherReportToken',
  'adminReadToken',
  'adminSubmitToken',
  'expiredToken',
  'revokedToken',
  'mistypedToken',
  'disabledUser',
  'taskToken',
  'otherTaskToken',
  'endedTaskToken',
  'longEndedTaskToken',
] as const;
export type CallerName = (typeof CALLERS)[number];

/** `in`: the handler is reached. `401`: not known; `403`: known, but may not; `404`: told that there is no such task. */
export type Outcome = 'in' | 401 | 403 | 404;
type Row = Record<CallerName, Outcome>;

const NOBODY: Row = {
  anonymous: 401,
  owner: 403,
  ownerCookieOnly: 403,
  otherMember: 403,
  reader: 403,
  admin: 403,
  readToken: 403,
  submitToken: 403,
  reportToken: 403,
  otherReportToken: 403,
  adminReadToken: 403,
  adminSubmitToken: 403,
  expiredToken: 401,
  revokedToken: 401,
  mistypedToken: 401,
  disabledUser: 401,
  taskToken: 403,
  otherTaskToken: 403,
  endedTaskToken: 403,
  longEndedTaskToken: 401,
};

const EVERYBODY = Object.fromEntries(CALLERS.map((caller) => [caller, 'in'])) as Row;
const PEOPLE = { owner: 'in', otherMember: 'in', reader: 'in', admin: 'in' } as const;

/** Reads by people and by API tokens with the scope `read`. */
const READ: Row = { ...NOBODY, ...PEOPLE, ownerCookieOnly: 'in', readToken: 'in', adminReadToken: 'in' };
/** Changes by people and by API tokens with the scope `submit`; a cookie alone is not enough to change anything. */
const CHANGE: Row = { ...NOBODY, ...PEOPLE, submitToken: 'in', adminSubmitToken: 'in' };
const PERSON_READ: Row = { ...NOBODY, ...PEOPLE, ownerCookieOnly: 'in' };
const PERSON_CHANGE: Row = { ...NOBODY, ...PEOPLE };
const ADMIN_READ: Row = { ...NOBODY, admin: 'in', adminReadToken: 'in' };
const ADMIN_CHANGE: Row = { ...NOBODY, admin: 'in' };

const TASK_READ: Row = {
  ...NOBODY,
  owner: 'in',
  ownerCookieOnly: 'in',
  reader: 'in',
  admin: 'in',
  readToken: 'in',
  adminReadToken: 'in',
  otherMember: 404,
};
/** Readers may clone, which makes a task of their own. */
const TASK_CLONE: Row = { ...NOBODY, owner: 'in', reader: 'in', admin: 'in', submitToken: 'in', adminSubmitToken: 'in', otherMember: 404 };
const TASK_CHANGE: Row = { ...TASK_CLONE, reader: 403 };
const TASK_OWNER_READ: Row = { ...TASK_READ, reader: 403 };
const REPORT: Row = {
  ...NOBODY,
  owner: 'in',
  admin: 'in',
  reportToken: 'in',
  taskToken: 'in',
  reader: 403,
  otherMember: 404,
  otherReportToken: 404,
  otherTaskToken: 404,
  endedTaskToken: 'in',
};
const ASSIGNMENT: Row = { ...NOBODY, taskToken: 'in', otherTaskToken: 404, endedTaskToken: 'in' };

/** One line for every route there is. A route that is not here fails the build, and so does a line without a route. */
export const ACCESS_TABLE: Record<string, Row> = {
  'GET /api/openapi.json': EVERYBODY,
  'GET /api/docs': EVERYBODY,
  'GET /api/docs/start.js': EVERYBODY,
  'GET /api/docs/swagger-ui.css': EVERYBODY,
  'GET /api/docs/swagger-ui-bundle.js': EVERYBODY,
  'GET /api/health/live': EVERYBODY,
  'GET /api/health/ready': EVERYBODY,

  'POST /api/auth/login': EVERYBODY,
  'POST /api/auth/setup': EVERYBODY,
  'GET /api/auth/status': EVERYBODY,
  'GET /api/auth/sso': EVERYBODY,
  'GET /api/auth/sso/callback': EVERYBODY,
  'POST /api/auth/logout': PERSON_CHANGE,
  'POST /api/auth/password': PERSON_CHANGE,
  'GET /api/auth/me': READ,
  'GET /api/auth/sessions': PERSON_READ,
  'DELETE /api/auth/sessions/:id': PERSON_CHANGE,
  'GET /api/auth/tokens': PERSON_READ,
  'POST /api/auth/tokens': PERSON_CHANGE,
  'DELETE /api/auth/tokens/:id': PERSON_CHANGE,

  'GET /api/users': ADMIN_READ,
  'POST /api/users': ADMIN_CHANGE,
  'PATCH /api/users/:id': ADMIN_CHANGE,
  'DELETE /api/users/:id': ADMIN_CHANGE,
  'POST /api/users/:id/restore': ADMIN_CHANGE,
  'GET /api/metrics': ADMIN_READ,
  'GET /api/audit-log': ADMIN_READ,
  'GET /api/audit-log/export': ADMIN_READ,

  'GET /api/people': READ,
  'GET /api/train-tasks/:taskId/shares': TASK_OWNER_READ,
  'PUT /api/train-tasks/:taskId/shares': TASK_CHANGE,
  'DELETE /api/train-tasks/:taskId/shares': TASK_CHANGE,

  'GET /api/saved-views': READ,
  'POST /api/saved-views': CHANGE,
  'PUT /api/saved-views/:viewId': CHANGE,
  'DELETE /api/saved-views/:viewId': CHANGE,

  'GET /api/analytics/overview': READ,
  'GET /api/analytics/success-rate': READ,
  'GET /api/analytics/convergence': READ,
  'GET /api/analytics/durations': READ,
  'GET /api/analytics/failures': READ,
  'GET /api/analytics/cost': READ,
  'GET /api/analytics/budgets': READ,
  'GET /api/analytics/importance': READ,
  'GET /api/analytics/recommendations': READ,
  'PUT /api/analytics/budgets': ADMIN_CHANGE,

  'GET /api/trainers': READ,
  'GET /api/stream': READ,
  'GET /api/train-tasks': READ,
  'POST /api/train-tasks': CHANGE,
  'GET /api/train-tasks/compare': READ,
  'GET /api/train-tasks/export': READ,
  'GET /api/train-tasks/facets': READ,
  'GET /api/train-tasks/sparklines': READ,
  'POST /api/train-tasks/bulk': CHANGE,
  'POST /api/train-tasks/bulk/preview': CHANGE,
  'GET /api/train-tasks/:taskId': TASK_READ,
  'PATCH /api/train-tasks/:taskId': TASK_CHANGE,
  'DELETE /api/train-tasks/:taskId': TASK_CHANGE,
  'POST /api/train-tasks/:taskId/restore': TASK_CHANGE,
  'POST /api/train-tasks/:taskId/cancel': TASK_CHANGE,
  'POST /api/train-tasks/:taskId/retry': TASK_CHANGE,
  'POST /api/train-tasks/:taskId/clone': TASK_CLONE,
  'GET /api/train-tasks/:taskId/clone-draft': TASK_READ,
  'GET /api/train-tasks/:taskId/events': TASK_READ,
  'GET /api/train-tasks/:taskId/metrics': TASK_READ,
  'GET /api/train-tasks/:taskId/log': TASK_READ,
  'GET /api/train-tasks/:taskId/log/search': TASK_READ,
  'GET /api/train-tasks/:taskId/log/download': TASK_READ,
  'GET /api/train-tasks/:taskId/family': TASK_READ,

  'GET /api/train-tasks/:taskId/config': TASK_READ,
  'POST /api/train-tasks/parse': CHANGE,
  'POST /api/train-tasks/import': CHANGE,
  'POST /api/train-tasks/:taskId/token': TASK_CHANGE,

  'GET /api/train-tasks/:taskId/assignment': ASSIGNMENT,
  'POST /api/train-tasks/:taskId/start': REPORT,
  'POST /api/train-tasks/:taskId/progress': REPORT,
  'POST /api/train-tasks/:taskId/heartbeat': REPORT,
  'POST /api/train-tasks/:taskId/log': REPORT,
  'POST /api/train-tasks/:taskId/finish': REPORT,
  'POST /api/train-tasks/:taskId/fail': REPORT,
  'POST /api/train-tasks/:taskId/exit': REPORT,
};

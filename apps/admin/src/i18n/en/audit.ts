/** The page Audit log: one line for each thing that somebody did. */
export const audit = {
  title: 'Audit log',
  lead: 'Who did what, and when. Nobody can change or remove a line.',
  /** Headings of the table. */
  column: {
    at: 'Time',
    actor: 'Who',
    action: 'What',
    subject: 'On what',
    changes: 'Change',
    address: 'Address',
    via: 'By means of',
    requestId: 'Request',
  },
  /** Who did it, when it was no person. */
  actor: { trainer: 'a trainer', ledger: 'the Ledger', anonymous: 'nobody signed in' },
  /** How whoever did it had proven who they are. */
  via: {
    session: 'Browser session',
    'access-token': 'Access token',
    'api-token': 'API token',
    'task-token': 'Task token',
    none: 'Not signed in',
    console: 'Server console',
  },
  /** What kind of thing a line is about. */
  subjectType: {
    user: 'User',
    session: 'Session',
    'api-token': 'API token',
    task: 'Task',
    'audit-log': 'Audit log',
    'saved-view': 'Saved view',
    budget: 'Budget',
  },
  /** What was done, by kind of thing. Short: it stands in a column. */
  action: {
    /** To an account. */
    user: {
      created: 'User created',
      changed: 'User changed',
      deleted: 'User deleted',
      restored: 'User restored',
      'password-changed': 'Password changed',
    },
    /** Signing in and out. */
    session: { started: 'Signed in', ended: 'Session ended', refused: 'Sign-in refused' },
    /** To a personal token. */
    'api-token': { created: 'API token created', revoked: 'API token revoked' },
    /** To a training, or with it. */
    task: {
      created: 'Task created',
      started: 'Task started',
      finished: 'Task succeeded',
      failed: 'Task failed',
      cancelled: 'Task cancelled',
      retried: 'Task retried',
      cloned: 'Task cloned',
      edited: 'Task edited',
      trashed: 'Task moved to the trash',
      restored: 'Task restored',
      viewed: 'Task of somebody else viewed',
      exported: 'Tasks exported',
      shared: 'Sharing changed',
      imported: 'Weights imported',
      'token-created': 'Task token created',
    },
    /** With this log. */
    'audit-log': { exported: 'Audit log exported' },
    /** To a kept view of a list. */
    'saved-view': { created: 'View saved', changed: 'Saved view changed', deleted: 'Saved view deleted' },
    /** To a monthly budget. */
    budget: { set: 'Budget set' },
  },
  /** In the choice of actions: all of a kind. */
  everyAction: {
    user: 'Everything about users',
    session: 'Everything about sessions',
    'api-token': 'Everything about API tokens',
    task: 'Everything about tasks',
    'audit-log': 'Everything about this log',
    'saved-view': 'Everything about saved views',
    budget: 'Everything about budgets',
  },
  /** Filters over the table; the only… are buttons in a line. */
  filter: {
    actor: 'Who',
    actorAny: 'Anybody',
    action: 'What',
    actionAny: 'Anything',
    subject: 'Id of a task, user or token',
    clear: 'Clear all',
    onlyActor: 'Only by {{name}}',
    onlySubject: 'Only about this',
    onlyAction: 'Only this action',
  },
  export: 'Export',
  exportCsv: 'As CSV',
  exportJson: 'As JSON',
  exportHint: 'All lines that the filters select',
  /** An opened line: the values before and after. */
  entry: {
    id: 'Id',
    nothing: 'No values changed.',
    field: 'Field',
    before: 'Before',
    after: 'After',
    empty: 'empty',
    hidden: 'changed, not recorded',
    openTask: 'Open the task',
    copyId: 'Copy id',
    copyRequest: 'Copy request id',
  },
  /** Names of the fields whose values have changed. */
  field: {
    role: 'Role',
    displayName: 'Name to show',
    email: 'E-mail',
    disabled: 'Disabled',
    password: 'Password',
    scopes: 'Scopes',
    expiresAt: 'Expires',
    everyone: 'Everyone signed in',
    people: 'People',
    status: 'Status',
    name: 'Name',
    description: 'Description',
    tags: 'Tags',
    filter: 'Filter',
    singleSignOn: 'Single sign-on',
    monthly: 'Per month',
  },
  failed: 'The audit log could not be loaded',
  empty: 'Nothing has been recorded yet',
  /** Instead of lines, when filters leave none. */
  noMatch: { title: 'No line matches these filters', text: 'Widen the time range or take a filter away.', clear: 'Clear all filters' },
} as const;

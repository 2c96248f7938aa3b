/** The page Users, for admins. */
export const users = {
  title: 'Users',
  lead: 'Who can sign in, and what they may do. Tasks of deleted people stay.',
  new: 'New user',
  active: 'Active',
  deleted: 'Deleted',
  which: 'Which users',
  /** Headings of the table. */
  column: {
    user: 'User',
    email: 'E-mail',
    role: 'Role',
    state: 'Status',
    lastLoginAt: 'Last sign-in',
    createdAt: 'Created',
    id: 'Id',
  },
  /** Badge at one’s own account. */
  you: 'you',
  /** States of an account. */
  state: { active: 'Active', disabled: 'Disabled', deleted: 'Deleted' },
  never: 'Never',
  /** The dialog that makes or changes an account. */
  form: {
    create: 'New user',
    createSubmit: 'Create user',
    edit: 'Edit {{name}}',
    save: 'Save',
    username: 'Username',
    usernameHint: 'What they sign in with. It cannot be changed later.',
    usernameRule: 'Letters, digits and . _ @ -, beginning with a letter or digit',
    displayName: 'Name to show',
    email: 'E-mail',
    emailRule: 'This is no e-mail address',
    optional: 'optional',
    role: 'Role',
    /** What each role may do. */
    roleText: {
      member: 'Submits and sees own tasks, and what others share.',
      admin: 'Sees and changes every task, users, the queue and the audit log.',
    },
    lastAdmin: 'The only admin keeps this role: make somebody else an admin before.',
    password: 'First password',
    passwordHint: 'Hand it over safely; they can change it after signing in.',
  },
  created: '{{name}} can sign in now',
  saved: 'Saved',
  actionsOf: 'Actions for {{name}}',
  /** Menu of an account. */
  action: { edit: 'Edit', reset: 'Reset password', disable: 'Disable', enable: 'Enable', delete: 'Delete', restore: 'Restore' },
  /** Messages after them. */
  done: {
    disable: '{{name}} is disabled and signed out everywhere',
    enable: '{{name}} can sign in again',
    delete: '{{name}} is deleted',
    restore: '{{name}} is back',
    reset: 'New password set. {{name}} is signed out everywhere',
  },
  /** Question before an account is disabled. */
  disableConfirm: {
    title: 'Disable {{name}}?',
    text: 'All their sessions end and their API tokens stop working until you enable them again. Running trainings go on.',
  },
  /** Question before an account is deleted. */
  deleteConfirm: {
    title: 'Delete {{name}}?',
    text: 'They are signed out, their API tokens are revoked and what was shared with them is taken back. Their tasks stay. You can restore the account later, but not tokens and shares.',
  },
  /** The dialog that gives an account a new password. */
  reset: {
    title: 'Reset password of {{name}}',
    lead: 'All their sessions end. Hand the new password over safely.',
    password: 'New password',
    submit: 'Set password',
  },
  lastAdmin: 'This is the only admin. Make somebody else an admin first.',
  failed: 'The users could not be loaded',
  noneDeleted: 'Nobody has been deleted',
} as const;

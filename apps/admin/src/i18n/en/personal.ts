/** The pages of one’s own account. */
export const personal = {
  sections: 'Your account',
  /** Profile. */
  profile: {
    nav: 'Profile',
    title: 'Your account',
    who: 'Who you are',
    username: 'Username',
    displayName: 'Name',
    email: 'E-mail',
    role: 'Role',
    created: 'Account created',
    lastLogin: 'Last sign-in',
    changedByAdmin: 'Name, e-mail and role are changed by an admin.',
    preferences: 'Preferences',
    preferencesHint: 'Kept in this browser.',
    language: 'Language',
    scheme: 'Colours',
    shortcuts: 'Shortcuts of a single key',
    shortcutsHint: 'Such as j and k in lists. Switch them off if you work by voice.',
  },
  /** Change of the password. */
  password: {
    title: 'Change password',
    current: 'Present password',
    new: 'New password',
    submit: 'Change password',
    consequence: 'Everywhere else you are signed out. API tokens go on working.',
    done: 'Password changed. Other sessions have ended.',
    currentRule: 'Enter your present password',
  },
  /** Where one is signed in. */
  sessions: {
    nav: 'Sessions',
    title: 'Sessions',
    lead: 'Where you are signed in. End what you do not recognise, then change your password.',
    device: 'Browser',
    current: 'This browser',
    address: 'Address',
    created: 'Signed in',
    lastSeen: 'Last active',
    expires: 'Ends',
    end: 'End',
    ended: 'Session ended',
    /** A session: “Firefox on Linux”. */
    on: '{{browser}} on {{system}}',
    unknown: 'Unknown program',
    failed: 'The sessions could not be loaded',
    empty: 'No sessions',
  },
  /** Tokens for scripts. */
  tokens: {
    nav: 'API tokens',
    title: 'API tokens',
    lead: 'For scripts and trainers that act for you. A token never does more than you may do yourself.',
    new: 'New token',
    name: 'Name',
    nameHint: 'Where it will be used, to recognise it later.',
    nameExample: 'Notebook on gpu-04',
    nameRule: 'Give it a name',
    scopes: 'What it may do',
    scopesRule: 'Choose at least one',
    /** What a token may do, as a word. */
    scope: { read: 'Read', submit: 'Submit', report: 'Report' },
    /** The same in a sentence. */
    scopeText: {
      read: 'See tasks, curves, logs and exports, as you see them.',
      submit: 'Hand in, clone, cancel, retry and edit your tasks.',
      report: 'Report progress, metrics and results of your tasks from a trainer.',
    },
    expires: 'Expires',
    /** When a new token ends. */
    expiry: { d7: 'In 7 days', d30: 'In 30 days', d90: 'In 90 days', d365: 'In a year', never: 'Never' },
    expiryDay: 'Works until {{when}}.',
    neverHint: 'A token without an end keeps working until somebody revokes it.',
    expired: 'Expired',
    token: 'Token',
    created: 'Created',
    lastUsed: 'Last used',
    neverUsed: 'Never used',
    create: 'Create token',
    revoke: 'Revoke',
    revoked: 'Token revoked',
    /** Question before a token is revoked. */
    confirmRevoke: {
      title: 'Revoke “{{name}}”?',
      text: 'Whatever uses this token is refused from now on. This cannot be undone.',
    },
    /** The dialog that shows a new token. */
    once: {
      title: 'Your new token',
      warning: 'This is the only time the token is shown. Copy it now and keep it where you keep passwords.',
      secret: 'Token “{{name}}”',
      copy: 'Copy token',
      done: 'I have copied it',
      use: 'Ready to paste',
      trainer: 'Trainer',
    },
    failed: 'The tokens could not be loaded',
    /** Instead of rows, before the first token. */
    empty: {
      title: 'No tokens yet',
      text: 'A token lets a script hand in trainings or read results without your password.',
    },
  },
} as const;

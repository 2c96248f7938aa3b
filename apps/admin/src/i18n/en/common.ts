/** What the frame of every page needs. */
export const common = {
  product: 'LoRA Ledger',
  /** The navigation at the side. */
  nav: {
    label: 'Main',
    tasks: 'Tasks',
    analytics: 'Analytics',
    newTask: 'New task',
    trash: 'Trash',
    administration: 'Administration',
    users: 'Users',
    queue: 'Queue',
    auditLog: 'Audit log',
    open: 'Open navigation',
    skip: 'Skip to the content',
  },
  /** Menu under one’s own name; the last two are roles. */
  account: {
    menu: 'Account of {{name}}',
    profile: 'Profile and password',
    tokens: 'API tokens',
    signOut: 'Sign out',
    admin: 'Admin',
    member: 'Member',
  },
  /** Choices in that menu; the last three are colour schemes. */
  preferences: {
    language: 'Language',
    scheme: 'Colours',
    light: 'Light',
    dark: 'Dark',
    auto: 'Like the system',
  },
  /** Words on buttons, wherever they are needed. */
  action: {
    cancel: 'Cancel',
    close: 'Close',
    copy: 'Copy',
    copied: 'Copied',
    copyLink: 'Copy link',
    tryAgain: 'Try again',
    showAll: 'Show all {{count}}',
    showFewer: 'Show fewer',
    undo: 'Undo',
    reset: 'Reset',
    back: 'Back to tasks',
    more: 'More',
  },
  /** Banner over the page while the server cannot be reached. */
  connection: {
    lost: 'The connection to the server is lost. What you see may be old; trying again …',
  },
  /** How values that are no numbers are written. */
  value: {
    /** Instead of a value that is missing. */
    none: '—',
    yes: 'Yes',
    no: 'No',
    /** At the end of an enumeration that is cut. */
    andMore: 'and {{count}} more',
  },
  /** Instead of a page whose address leads nowhere. */
  notFound: {
    title: 'There is nothing here',
    text: 'The page does not exist, or it belongs to somebody who has not shared it with you.',
  },
  /** Instead of a page that broke. */
  crash: {
    title: 'This page could not be shown',
    text: 'The rest of the application still works. Loading the page again usually helps.',
    reload: 'Load again',
  },
  /** Why the server refused something, by its code. */
  problem: {
    VALIDATION: 'Something in the request is not valid.',
    UNAUTHENTICATED: 'You are not signed in.',
    FORBIDDEN: 'You may not do this.',
    NOT_FOUND: 'It does not exist (any more).',
    STATE_CONFLICT: 'The task has moved on in the meantime. What you see is up to date again.',
    TOO_LARGE: 'That is too large to be accepted.',
    UNSUPPORTED_FORMAT: 'This file format is not understood.',
    SECRET_IN_CONFIG: 'The configuration contains a credential. Take it out and give it to the trainer through its environment.',
    RATE_LIMITED: 'Too many attempts. Wait a moment, then try again.',
    INTERNAL: 'Something went wrong on the server. It has been logged there.',
    UNAVAILABLE: 'The server is not ready at the moment.',
    OFFLINE: 'The server cannot be reached.',
  },
} as const;

/** The page Queue and trainers. */
export const queue = {
  title: 'Queue and trainers',
  lead: 'What runs now, what comes next, and what can be started.',
  running: 'Running',
  waiting: 'Waiting',
  trainers: 'Trainer profiles',
  /** Headings of its tables. */
  column: {
    position: '#',
    name: 'Task',
    owner: 'Owner',
    trainer: 'Trainer',
    status: 'Progress',
    host: 'Host',
    gpu: 'GPU',
    lastSeen: 'Last report',
    duration: 'Running for',
    waited: 'Waiting for',
    createdAt: 'Submitted',
  },
  position: 'Place {{number}}',
  noReport: 'no report yet',
  nothingRuns: 'Nothing runs at the moment.',
  nothingWaits: 'Nothing waits: a task submitted now is next.',
  order: 'Oldest first. A trainer that becomes free takes the first one.',
  more: 'Showing the first {{shown}} of {{formatted}}',
  all: 'Show all in the list',
  /** Cards of trainer profiles, which an operator sets up. */
  profile: {
    name: 'Profile',
    /** Label: which format of configuration the trainer reads. */
    format: 'Reads',
    cost: 'Cost per hour',
    free: 'no price set',
    /** Badge of the profile that is taken when none is named. */
    first: 'Default',
    firstHint: 'Taken when a task names no trainer',
    /** Label: how busy it is now. */
    tasks: 'Now',
    now: '{{running}} running · {{waiting}} waiting',
    none: 'No trainer profile is set up. Tasks wait until there is one.',
    operator: 'How a trainer is started is set on the server and not shown here.',
  },
  failed: 'The queue could not be loaded',
} as const;

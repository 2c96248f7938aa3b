/** The bar below a list whose rows are selected, and messages about what was done to them. action is the word on a button (“Cancel run”). */
export const bulk = {
  all: 'Select all {{formatted}} matching',
  allSelected: 'All {{formatted}} matching selected',
  compare: 'Compare {{count}}',
  compareCount: 'Select {{min}} to {{max}} tasks to compare them; {{count}} selected now.',
  none_one: '{{action}}: its state does not allow it.',
  none_other: '{{action}}: none of these {{count}} tasks allows it in its state.',
  tags: 'Tags',
  addTags: 'Add tags',
  removeTags: 'Remove tags',
  apply: 'Apply',
  /** Question before many tasks are changed. */
  confirm: {
    title: '{{action}}: {{formatted}} tasks?',
    go: 'Do it',
    back: 'Back',
  },
  tagged_one: 'Tags of one task changed',
  tagged_other: 'Tags of {{count}} tasks changed',
  skipped_one: 'One task was skipped: {{names}}',
  skipped_other: '{{count}} tasks were skipped: {{names}}',
  progress: '{{action}}: {{done}} of {{total}} done',
  stop: 'Stop',
  goOn: 'Go on',
  /** Behind the message of what was done, when somebody stopped it on the way. */
  stopped: 'Stopped: {{formatted}} are left as they were.',
} as const;

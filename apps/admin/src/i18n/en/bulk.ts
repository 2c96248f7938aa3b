export const bulk = {
  all: 'Select all {{formatted}} matching',
  allSelected: 'All {{formatted}} matching selected',
  tooMany: 'At most {{limit}} at once: narrow the filter.',
  tags: 'Tags',
  addTags: 'Add tags',
  removeTags: 'Remove tags',
  apply: 'Apply',
  confirm: {
    title: '{{action}}: {{formatted}} tasks?',
    go: 'Do it',
    back: 'Back',
  },
  tagged_one: 'Tags of one task changed',
  tagged_other: 'Tags of {{count}} tasks changed',
  skipped_one: 'One task was skipped: {{names}}',
  skipped_other: '{{count}} tasks were skipped: {{names}}',
  remaining: '{{formatted}} more match: repeat it for them.',
} as const;

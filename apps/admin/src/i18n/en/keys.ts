/** The help on keys: what each key does. */
export const keys = {
  title: 'Keyboard',
  open: 'Keyboard shortcuts',
  search: 'Search',
  move: 'Next / previous row',
  openRow: 'Open row',
  select: 'Select row',
  actions: 'Go to what can be done with the selected rows',
  clone: 'Clone',
  compare: 'Compare selected rows',
  trash: 'Move selected rows, or this one, to the trash',
  restore: 'Restore selected rows, or this one',
  submit: 'Hand the form in',
  undo: 'Undo what the last message tells of',
  palette: 'Search and jump anywhere',
  help: 'This help',
  enabled: 'Use shortcuts of a single letter',
} as const;

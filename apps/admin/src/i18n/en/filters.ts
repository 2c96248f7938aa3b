/** The window in which a filter of the list is chosen. */
export const filters = {
  add: 'Add filter',
  back: 'All filters',
  find: 'Find or type a value',
  none: 'No such value',
  /** Below the choice of tags. */
  allTags: 'A task must have all of them.',
  inSeconds: 'In seconds, from start to end.',
  extra: 'Extra parameter',
  extraKey: 'Parameter',
  extraValue: 'Value',
  from: 'From',
  to: 'To',
  apply: 'Apply',
  notANumber: 'Not a number',
  gpu: 'GPU',
  moment: 'Which moment',
  extraKind: 'What of it',
  extraIs: 'One value',
  extraRange: 'Range of numbers',
  /** Below a range whose ends are the wrong way round. */
  wrongWay: 'The first is larger than the second',
} as const;

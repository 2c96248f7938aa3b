export const filters = {
  add: 'Add filter',
  back: 'All filters',
  find: 'Find or type a value',
  none: 'No such value',
  allTags: 'A task must have all of them.',
  extra: 'Extra parameter',
  extraKey: 'Parameter',
  extraValue: 'Value',
  from: 'From',
  to: 'To',
  apply: 'Apply',
  notANumber: 'Not a number',
} as const;

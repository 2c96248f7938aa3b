export const period = {
  any: 'Any time',
  lastHours: 'Last {{count}} hours',
  lastDays: 'Last {{count}} days',
  custom: 'Own range',
  since: 'since {{from}}',
  until: 'until {{to}}',
  from: 'From',
  to: 'Before',
  apply: 'Apply',
  wrongWay: 'Must be later than the beginning',
} as const;

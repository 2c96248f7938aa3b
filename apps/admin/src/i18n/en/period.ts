/** Choice of a range of time, with its calendar. */
export const period = {
  any: 'Any time',
  lastHours: 'Last {{count}} hours',
  lastDays: 'Last {{count}} days',
  custom: 'Own range',
  /** An open range, as a filter says it. */
  since: 'since {{from}}',
  /** An open range, as a filter says it. */
  until: 'until {{to}}',
  from: 'From',
  to: 'Before',
  apply: 'Apply',
  wrongWay: 'Must be later than the beginning',
  chooseMonth: 'Choose a month',
  chooseYear: 'Choose a year',
  previousMonth: 'Previous month',
  nextMonth: 'Next month',
  previousYear: 'Previous year',
  nextYear: 'Next year',
  previousDecade: 'Previous decade',
  nextDecade: 'Next decade',
} as const;

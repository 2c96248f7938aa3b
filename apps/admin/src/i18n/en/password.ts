/** Below fields for a new password. */
export const password = {
  show: 'Show password',
  hint: 'At least {{min}} characters. A short sentence is easy to remember.',
  length: '{{count}} of at least {{min}} characters',
  suggest: 'Suggest one',
  suggested: 'Copy it now: it is not shown again.',
  good: 'Good',
} as const;

/** Below fields for a new password. */
export const password = {
  show: 'Show password',
  hint: 'At least {{min}} characters. A short sentence is easy to remember.',
  length: '{{count}} of at least {{min}} characters',
  suggest: 'Suggest one',
  suggested: 'Copy it now: it is not shown again.',
  /** Why a password is refused, or that it is good. */
  rule: {
    passwordTooShort: 'At least {{min}} characters',
    passwordHasUsername: 'Not made of the username',
    passwordTooEasy: 'Too easy to guess: use several unrelated words',
    wrongPassword: 'This is not your present password',
    good: 'Good',
  },
} as const;

/** The pages before one is signed in. */
export const auth = {
  /** Sign in. */
  signIn: {
    title: 'Sign in',
    lead: 'Every LoRA training of your team: recorded, explained, repeatable.',
    username: 'Username',
    password: 'Password',
    submit: 'Sign in',
    wrong: 'Username or password is wrong, or the account is disabled.',
    expired: 'Your session has ended. Sign in to go on where you were.',
    setupHint: 'No account exists yet. Open the set-up link that the server printed when it started, or',
    setupLink: 'enter its code here',
    singleSignOn: 'Sign in with {{provider}}',
    /** Between the form and the button for single sign-on. */
    or: 'or',
    /** Why coming back from the provider of single sign-on did not sign in. */
    sso: {
      refused: 'Your provider knows you, but you are not allowed to use this installation. Ask an admin.',
      failed: 'Signing in at the provider was not completed. Try again.',
      unavailable: 'The provider cannot be reached at the moment.',
    },
  },
  /** First start: the first account is made. */
  setup: {
    title: 'Create the first admin',
    lead: 'This happens once. The account you create here can see every task and add other people.',
    code: 'Set-up code',
    codeHint: 'Part of the link that the server printed when it started.',
    username: 'Username',
    usernameRule: 'Letters, digits and . _ @ -, beginning with a letter or digit',
    password: 'Password',
    codeRule: 'The code is required',
    submit: 'Create account and sign in',
    done: 'This installation already has an admin.',
    toSignIn: 'Go to sign-in',
  },
} as const;

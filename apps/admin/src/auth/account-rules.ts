/** What the form can say before the server does. The bounds are those of the API's set-up request. */
export const PASSWORD_MIN = 12;

export function isUsername(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._@-]{0,59}$/.test(text);
}

/** The one-time code in the fragment of a set-up link; fragments are never sent to a server or written to its log. */
export function codeFromFragment(fragment: string): string {
  return new URLSearchParams(fragment.replace(/^#/, '')).get('code') ?? '';
}

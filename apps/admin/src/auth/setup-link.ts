/** The one-time code in the fragment of a set-up link; fragments are never sent to a server or written to its log. */
export function codeFromFragment(fragment: string): string {
  return new URLSearchParams(fragment.replace(/^#/, '')).get('code') ?? '';
}

/**
 * Rules for accounts that a form can check while somebody types and the server checks again. Free of decorators, so that a page may
 * load them: `@lora-ledger/contracts/account-rules`.
 */

/** Characters. Length is what makes a password hard to guess. */
export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 200;
export const USERNAME_MAX = 60;
export const USERNAME_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._@-]*$/;

const DISTINCT_MIN = 5;
const BESIDE_USERNAME_MIN = 8;
const WALKS = ['abcdefghijklmnopqrstuvwxyz', '01234567890123456789', 'qwertyuiopasdfghjklzxcvbnm'];
const COMMON_WORDS = ['password', 'passwort', 'letmein', 'welcome', 'changeme', 'admin', 'loraledger'];

export type PasswordComplaint = 'passwordTooShort' | 'passwordHasUsername' | 'passwordTooEasy';

export function isUsername(text: string): boolean {
  return text.length <= USERNAME_MAX && USERNAME_PATTERN.test(text);
}

/**
 * Why a password is refused; `null` when it is not. Beyond its length only what a guesser tries first counts.
 * @param username may be empty while nobody has chosen one
 */
export function passwordComplaint(password: string, username: string): PasswordComplaint | null {
  const plain = password.toLowerCase();
  if ([...password].length < PASSWORD_MIN) return 'passwordTooShort';
  if (username !== '' && plain.replaceAll(username.toLowerCase(), '').length < BESIDE_USERNAME_MIN) return 'passwordHasUsername';
  return new Set(plain).size < DISTINCT_MIN || isGuessable(plain) ? 'passwordTooEasy' : null;
}

/** What is left after taking out well-known words and walks over the keyboard must still be worth something. */
function isGuessable(plain: string): boolean {
  const withoutWords = COMMON_WORDS.reduce((rest, word) => rest.replaceAll(word, ''), plain);
  const unexpected = [...withoutWords].filter((character, index, all) => index === 0 || !followsOnAWalk(all[index - 1] ?? '', character));
  return unexpected.length < DISTINCT_MIN;
}

function followsOnAWalk(before: string, after: string): boolean {
  return before === after || WALKS.some((walk) => walk.includes(before + after) || walk.includes(after + before));
}

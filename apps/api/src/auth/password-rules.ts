import { PASSWORD_MIN } from '@lora-ledger/contracts';
import { Problem } from '../problem.js';

const DISTINCT_MIN = 5;
const BESIDE_USERNAME_MIN = 8;
const WALKS = ['abcdefghijklmnopqrstuvwxyz', '01234567890123456789', 'qwertyuiopasdfghjklzxcvbnm'];
const COMMON_WORDS = ['password', 'passwort', 'letmein', 'welcome', 'changeme', 'admin', 'loraledger'];

/**
 * Length is what counts; beyond it only what a guesser tries first is refused.
 * @param field name of the password in the request, for the error
 * @throws Problem VALIDATION saying what to change
 */
export function requireGoodPassword(password: string, username: string, field = 'password'): void {
  const complaint = complaintAbout(password, username);
  if (complaint !== null) throw Problem.invalid([{ path: field, message: `${field} ${complaint.message}`, rule: complaint.rule }]);
}

function complaintAbout(password: string, username: string): { message: string; rule: string } | null {
  const plain = password.toLowerCase();
  if ([...password].length < PASSWORD_MIN) return { message: `must have at least ${PASSWORD_MIN} characters`, rule: 'passwordTooShort' };
  if (plain.replaceAll(username.toLowerCase(), '').length < BESIDE_USERNAME_MIN) return { message: 'must not be made of the username', rule: 'passwordHasUsername' };
  if (new Set(plain).size < DISTINCT_MIN || isGuessable(plain)) return { message: 'is too easy to guess: use several unrelated words', rule: 'passwordTooEasy' };
  return null;
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

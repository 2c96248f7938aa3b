import { PASSWORD_MIN, passwordComplaint } from '@lora-ledger/contracts/account-rules';
import type { TFunction } from 'i18next';
import { ruleText } from './rule-text.js';

/** What is wrong with a password somebody chooses, as a sentence; `null` when it is good. */
export function passwordProblem(t: TFunction, password: string, username: string): string | null {
  const complaint = passwordComplaint(password, username);
  return complaint === null ? null : ruleText(t, { rule: complaint, limit: PASSWORD_MIN });
}

/** No two of them look alike, in print or in handwriting. */
const CHARACTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Four groups of four random characters: 79 bits, and easy to read out. */
export function suggestPassword(): string {
  const group = () => Array.from({ length: 4 }, () => CHARACTERS[below(CHARACTERS.length)] ?? '').join('');
  return Array.from({ length: 4 }, group).join('-');
}

/** An even choice from 0 to `limit` - 1: bytes beyond the last whole multiple are drawn again. */
function below(limit: number): number {
  const bytes = new Uint8Array(1);
  do crypto.getRandomValues(bytes);
  while ((bytes[0] ?? 0) >= 256 - (256 % limit));
  return (bytes[0] ?? 0) % limit;
}

import { PASSWORD_MIN, passwordComplaint, type PasswordComplaint } from '@lora-ledger/contracts';
import { Problem } from '../problem.js';

const SENTENCES: Record<PasswordComplaint, string> = {
  passwordTooShort: `must have at least ${PASSWORD_MIN} characters`,
  passwordHasUsername: 'must not be made of the username',
  passwordTooEasy: 'is too easy to guess: use several unrelated words',
};

/**
 * Length is what counts; beyond it only what a guesser tries first is refused.
 * @param field name of the password in the request, for the error
 * @throws Problem VALIDATION saying what to change
 */
export function requireGoodPassword(password: string, username: string, field = 'password'): void {
  const complaint = passwordComplaint(password, username);
  if (complaint !== null)
    throw Problem.invalid([
      {
        path: field,
        message: `${field} ${SENTENCES[complaint]}`,
        rule: complaint,
        ...(complaint === 'passwordTooShort' ? { limit: PASSWORD_MIN } : {}),
      },
    ]);
}

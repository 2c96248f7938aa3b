import { findSecretKeys } from '@lora-ledger/training';
import { Problem } from '../problem.js';

/**
 * Names, notes and labels are read by everybody a task is shared with, and stay in its history for good: no place for a credential.
 * @param words what people write about a task, by field
 * @throws Problem SECRET_IN_CONFIG naming the fields
 */
export function refuseSecrets(words: Record<string, string | string[] | null | undefined>): void {
  const paths = findSecretKeys(words);
  if (paths.length === 0) return;
  const errors = paths.map((path) => ({
    path,
    message: `${path} contains what looks like a credential: leave it out`,
    rule: 'secret' as const,
  }));
  throw new Problem('SECRET_IN_CONFIG', `${errors.map(({ message }) => message).join('. ')}.`, { errors });
}

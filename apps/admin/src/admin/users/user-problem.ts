import type { TFunction } from 'i18next';
import { ApiProblem } from '../../api/problem.js';
import { problemText } from '../../ui/problem-text.js';

/** A refusal as a sentence. `conflict` is what a conflict means for this kind of change. */
export function userProblem(t: TFunction, error: unknown, conflict: string): string {
  return error instanceof ApiProblem && error.code === 'STATE_CONFLICT' ? conflict : problemText(t, error);
}

import type { TFunction } from 'i18next';
import { ApiProblem } from '../api/problem.js';

/**
 * What went wrong as a sentence in the person's language. The API's own detail is English; it is added where it says more than
 * the code does: which field, which state.
 * `conflict` is what a conflict means where it is no task that has moved on.
 */
export function problemText(t: TFunction, error: unknown, conflict?: string): string {
  if (!(error instanceof ApiProblem)) return t('problem.INTERNAL');
  if (error.code === 'STATE_CONFLICT' && conflict !== undefined) return conflict;
  const general = t(`problem.${error.code}`);
  const tellsMore =
    error.code === 'VALIDATION' || error.code === 'STATE_CONFLICT' || error.code === 'UNSUPPORTED_FORMAT' || error.code === 'TOO_LARGE';
  return tellsMore && error.detail !== '' ? `${general} (${error.detail})` : general;
}

import type { TFunction } from 'i18next';
import { ApiProblem } from '../api/problem.js';

/**
 * What went wrong as a sentence in the person's language. The API's own detail is English; it is added where it says more than
 * the code does: which field, which state.
 */
export function problemText(t: TFunction, error: unknown): string {
  if (!(error instanceof ApiProblem)) return t('problem.INTERNAL');
  const general = t(`problem.${error.code}`);
  const tellsMore = error.code === 'VALIDATION' || error.code === 'STATE_CONFLICT' || error.code === 'UNSUPPORTED_FORMAT' || error.code === 'TOO_LARGE';
  return tellsMore && error.detail !== '' ? `${general} (${error.detail})` : general;
}

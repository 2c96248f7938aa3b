import type { ProblemFacts, ProblemReason } from '@lora-ledger/contracts';
import type { TFunction } from 'i18next';
import { ApiProblem } from '../api/problem.js';
import { ruleText } from './rule-text.js';

const FIELDS_NAMED = 5;

/** What went wrong as a sentence in the person's language; the API's own `detail` is English and for scripts. */
export function problemText(t: TFunction, error: unknown): string {
  if (!(error instanceof ApiProblem)) return t('problem.INTERNAL');
  const { code, reason, facts, errors } = error;
  const general = t(`problem.${code}`);
  if (reason !== null) return reasonText(t, reason, facts, general);
  if (code !== 'VALIDATION' || errors.length === 0) return general;
  const fields = errors
    .slice(0, FIELDS_NAMED)
    .map((field) => t('problem.field', { where: fieldName(t, field.path), what: ruleText(t, field) }));
  return t('problem.withFields', { general, fields: fields.join(t('problem.fieldsApart')) });
}

/**
 * Why a file, or what else was sent, is refused, and where in it.
 * @param otherwise for a reason that only a newer server knows
 */
export function reasonText(t: TFunction, reason: ProblemReason, facts: ProblemFacts, otherwise?: string): string {
  const { line, column, limit = 0, key = '', taskStatus } = facts;
  const what = t(`problem.reason.${reason}`, {
    limit,
    key,
    status: taskStatus === undefined ? '' : t(`task.status.${taskStatus}`),
    ...(otherwise === undefined ? {} : { defaultValue: otherwise }),
  });
  return line === undefined ? what : t('problem.at', { what, line, column: column ?? 1 });
}

/** By the form's word, where it has one; anything else goes by the name it has in the request. */
function fieldName(t: TFunction, path: string): string {
  return t(`form.field.${path as 'name'}`, { defaultValue: path.replace(/^extraParams\./, '') });
}

/** What the API says of each field of a form, by the field's name. */
export function fieldErrors(t: TFunction, error: unknown): Record<string, string> {
  return error instanceof ApiProblem ? Object.fromEntries(error.errors.map((field) => [field.path, ruleText(t, field)])) : {};
}

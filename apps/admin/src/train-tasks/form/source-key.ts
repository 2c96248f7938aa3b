import { toRequest, type FormValues } from './form-model.js';

/** Equal for forms that are the same text in every format. */
export function sourceKey(values: FormValues): string {
  const { trainer: _profile, note: _why, ...said } = toRequest(values);
  return JSON.stringify(said);
}

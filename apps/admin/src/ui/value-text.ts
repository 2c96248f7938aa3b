import type { JsonValue } from '@lora-ledger/training';
import type { TFunction } from 'i18next';
import type { Format } from './use-format.js';

/** A parameter's value for reading, on every page alike: yes and no in words, numbers as people write them, lists of them one by one. */
export function valueText(t: TFunction, format: Pick<Format, 'value'>, value: JsonValue): string {
  if (value === null) return t('value.none');
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
  if (typeof value === 'number') return format.value(value);
  if (typeof value === 'string') return value;
  const isPlainList = Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string');
  return isPlainList ? value.join(', ') : JSON.stringify(value);
}

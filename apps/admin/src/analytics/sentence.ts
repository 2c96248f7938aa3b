import type { Reason } from '@lora-ledger/contracts';
import type { TFunction } from 'i18next';
import type { Format } from '../ui/use-format.js';

/** What the server may say; a newer server's sentence is shown in English. */
const KNOWN = [
  'TOO_FEW_TASKS',
  'ONE_OUTCOME',
  'NOTHING_VARIES',
  'NO_SUCCESS',
  'NONE_PROVEN',
  'TRAINERS_GONE',
  'BETTER_LOSS',
  'BETTER_TIME',
  'PROVEN_LOSS',
  'PROVEN_TIME',
  'PROVEN_SUCCESS',
  'ALIKE_LOSS',
  'ALIKE_TIME',
  'ALIKE_SUCCESS',
  'EXPECTED_BETTER',
  'LITTLE_KNOWN',
] as const;
const MEASURES = ['value', 'high', 'low', 'median', 'others'];

/** A sentence of the server in the language of the page. */
export function sayReason({ code, params, text }: Reason, t: TFunction, format: Format): string {
  const known = KNOWN.find((one) => one === code);
  if (known === undefined) return text;
  const facts = Object.fromEntries(
    Object.entries(params).map(([name, fact]) => [
      name,
      typeof fact === 'number' ? factText(name, fact, params, known, format) : String(fact ?? ''),
    ]),
  );
  // Each sentence has facts of its own; those that came are the ones it needs.
  const say = t as (key: string, facts: Record<string, string | number>) => string;
  return say(`analytics.sentence.${known}`, { ...facts, count: Number(params['n'] ?? params['have'] ?? 0) });
}

function factText(name: string, fact: number, params: Reason['params'], code: (typeof KNOWN)[number], format: Format): string {
  const isRate = name === 'success' || (name === 'low' && /^(BETTER|PROVEN|ALIKE)_/.test(code));
  if (isRate || (MEASURES.includes(name) && params['objective'] === 'success')) return percent(fact, format);
  if (!MEASURES.includes(name)) return Number.isInteger(fact) ? format.count(fact) : format.value(Number(fact.toPrecision(2)));
  return params['objective'] === 'time' || code.endsWith('_TIME') ? format.duration(fact) : format.loss(fact);
}

/** Rates are whole percents; one that is not quite nothing does not read as such. */
export function percent(rate: number, format: Format): string {
  return rate > 0 && rate < 0.005 ? `< ${format.percent(0.01)}` : format.percent(rate);
}

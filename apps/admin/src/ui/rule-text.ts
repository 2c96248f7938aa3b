import type { FieldRule } from '@lora-ledger/contracts';
import type { WordsComplaint } from '@lora-ledger/contracts/task-words';
import type { TFunction } from 'i18next';

/** Rules that only a form can break. */
export type InputRule = 'typeNumber' | 'duplicate' | 'badJson' | 'badNumber';

export interface BrokenRule {
  rule: FieldRule | WordsComplaint['rule'] | InputRule;
  /** The bound that was passed over. */
  limit?: number;
}

/** What is wrong with a value, as a sentence in the person's language, whoever has found it. */
export function ruleText(t: TFunction, { rule, limit = 0 }: BrokenRule): string {
  return t(`rule.${rule}`, { limit, defaultValue: t('problem.VALIDATION') });
}

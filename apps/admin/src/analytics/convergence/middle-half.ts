import type { TargetSteps } from '@lora-ledger/contracts';
import type { TFunction } from 'i18next';

/** Between how many steps the middle half of the runs came down to the target; those that never did count as later than all others. */
export function middleHalf({ q1, q3 }: Pick<TargetSteps, 'q1' | 'q3'>, t: TFunction, count: (value: number) => string): string {
  if (q1 === null) return t('analytics.never');
  return q3 === null
    ? t('analytics.convergence.fromStep', { from: count(Math.round(q1)) })
    : `${count(Math.round(q1))} – ${count(Math.round(q3))}`;
}

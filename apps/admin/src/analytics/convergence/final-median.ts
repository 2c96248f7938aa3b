import type { ConvergenceGroup } from '@lora-ledger/contracts';

/** The median at the last place where the group still had runs with a value. */
export function finalMedian({ median }: Pick<ConvergenceGroup, 'median'>): number | null {
  return median.findLast((value) => value !== null) ?? null;
}

import type { ComparedParameter, Comparison } from '@lora-ledger/contracts';

/** Tasks that are the same experiment, as groups of two or more names. */
export function sameExperiments({ tasks }: Comparison): string[][] {
  const groups = new Map<string, string[]>();
  for (const { fingerprint, name } of tasks) groups.set(fingerprint, [...(groups.get(fingerprint) ?? []), name]);
  return [...groups.values()].filter((names) => names.length > 1);
}

/** Change against the baseline in percent, `null` where there is nothing to compare with. */
export function changeAgainst(base: unknown, value: unknown): number | null {
  if (typeof base !== 'number' || typeof value !== 'number' || base === 0 || !Number.isFinite(base) || !Number.isFinite(value)) return null;
  return ((value - base) / Math.abs(base)) * 100;
}

/** Parameters of the table: those that differ, or all of them. Equal ones without a value say nothing and never stand. */
export function shownParameters(parameters: readonly ComparedParameter[], all: boolean): ComparedParameter[] {
  return parameters.filter(({ equal, values }) => !equal || (all && values.some((value) => value !== null)));
}

import type { ComparedParameter, ComparedTask, Comparison, Importance } from '@lora-ledger/contracts';

/** Tasks that are the same experiment, as groups of two or more. */
export function sameExperiments({ tasks }: Comparison): ComparedTask[][] {
  const groups = new Map<string, ComparedTask[]>();
  for (const task of tasks) groups.set(task.fingerprint, [...(groups.get(task.fingerprint) ?? []), task]);
  return [...groups.values()].filter((group) => group.length > 1);
}

/** Change against the baseline in percent, `null` where there is nothing to compare with. */
export function changeAgainst(base: unknown, value: unknown): number | null {
  if (typeof base !== 'number' || typeof value !== 'number' || base === 0 || !Number.isFinite(base) || !Number.isFinite(value)) return null;
  return ((value - base) / Math.abs(base)) * 100;
}

/** Parameters of the table: those that differ, or all of them. Equal ones without a value say nothing and never stand. */
export function shownParameters<Parameter extends ComparedParameter>(parameters: readonly Parameter[], all: boolean): Parameter[] {
  return parameters.filter(({ equal, values }) => !equal || (all && values.some((value) => value !== null)));
}

export interface RankedParameter extends ComparedParameter {
  /** Share of the spread of the final loss that past tasks put down to it, 0 to 1; absent when it is not known to matter. */
  importance?: number;
}

/**
 * Differing parameters that are known to matter come first, the most important on top; the others keep their order.
 * What the statistics call `extra.optimizer` is `extraParams.optimizer` here.
 */
export function byImportance(parameters: readonly ComparedParameter[], known: Importance['parameters']): RankedParameter[] {
  const importance = new Map(
    known.filter(({ notable }) => notable).map((one) => [one.parameter.replace(/^extra\./, 'extraParams.'), one.importance]),
  );
  const ranked = parameters.map((parameter): RankedParameter => {
    const found = importance.get(parameter.path);
    return found === undefined ? parameter : { ...parameter, importance: found };
  });
  const weight = ({ equal, importance: found }: RankedParameter) => (equal || found === undefined ? -1 : found);
  return ranked.toSorted((a, b) => weight(b) - weight(a));
}

/** Which of some figures are the best, the lowest, when they differ at all. */
export function bestOf(figures: readonly (number | null)[]): boolean[] {
  const known = figures.filter((figure): figure is number => figure !== null && Number.isFinite(figure));
  const best = known.reduce((a, b) => Math.min(a, b), Infinity);
  return figures.map((figure) => known.length > 1 && figure === best && known.some((other) => other !== best));
}

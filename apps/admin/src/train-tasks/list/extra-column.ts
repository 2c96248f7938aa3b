import type { TrainTaskSummary } from '@lora-ledger/contracts';

export const METRIC_PARTS = ['last', 'min', 'max'] as const;
export type MetricPart = (typeof METRIC_PARTS)[number];

/** What a further column shows: `metric.<key>.<part>` or `extra.<key>`, as the API names them. */
export type ExtraColumn = { metric: string; part: MetricPart } | { extra: string };

/** @param name one that `parseListSearch` has let pass */
export function readExtraColumn(name: string): ExtraColumn {
  const part = METRIC_PARTS.find((one) => name.endsWith(`.${one}`));
  return name.startsWith('metric.') && part !== undefined
    ? { metric: name.slice('metric.'.length, -part.length - 1), part }
    : { extra: name.replace(/^extra\./, '') };
}

export function extraNumber(task: TrainTaskSummary, name: string): number | null {
  const value = task.columns?.[name];
  return typeof value === 'number' ? value : null;
}

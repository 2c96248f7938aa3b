import type { TrainTaskSummary } from '@lora-ledger/contracts';
import type { ConfigFieldName, JsonValue } from '@lora-ledger/training';
import { ORIGINAL } from '../bookkeeping.js';

export interface Parameter {
  /** A field of the configuration, or the trainer's own name of an extra parameter. */
  name: string;
  isField: boolean;
  value: JsonValue;
}

export const GROUPS = ['model', 'adapter', 'schedule', 'resume', 'extra'] as const;
export type GroupName = (typeof GROUPS)[number];

const FIELDS: Record<Exclude<GroupName, 'extra'>, readonly ConfigFieldName[]> = {
  model: ['modelName', 'modelPath', 'trainDataDir', 'metadataPath', 'outputPath'],
  adapter: ['loraRank', 'loraAlpha'],
  schedule: ['learningRate', 'batchSize', 'epochs', 'maxSteps', 'seed'],
  resume: ['incremental', 'resumeFrom'],
};

/** The parameters of a task that were given, in groups; extra parameters by name. */
export function parameterGroups(task: TrainTaskSummary): { group: GroupName; parameters: Parameter[] }[] {
  const given = (names: readonly ConfigFieldName[]) =>
    names.flatMap((name): Parameter[] => {
      const value = task[name];
      return value == null || value === false ? [] : [{ name, isField: true, value }];
    });
  const extra = Object.entries(task.extraParams ?? {})
    .filter(([name]) => name !== ORIGINAL)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, value]): Parameter => ({ name, isField: false, value }));
  return GROUPS.map((group) => ({ group, parameters: group === 'extra' ? extra : given(FIELDS[group]) })).filter(
    ({ parameters }) => parameters.length > 0,
  );
}

/** The configuration as one would submit it again. */
export function configJson(task: TrainTaskSummary): string {
  const fields = Object.values(FIELDS)
    .flat()
    .flatMap((name) => (task[name] == null ? [] : [[name, task[name]] as const]));
  return JSON.stringify({ trainer: task.trainer, ...Object.fromEntries(fields), extraParams: task.extraParams ?? {} }, null, 2);
}

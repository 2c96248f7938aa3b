import type { DimensionValue, ErrorGroup, Failures, TrainTaskDetail } from '@lora-ledger/contracts';
import { errorSignature } from '@lora-ledger/training';

/** The end of an error text says what happened; the server looks at as much. */
const TAIL = 1000;

/** The failures that say the same as this one. */
export function sameError(task: Pick<TrainTaskDetail, 'taskId' | 'errorMessage'>, { signatures }: Failures): ErrorGroup | undefined {
  const signature = errorSignature((task.errorMessage ?? '').slice(-TAIL));
  return (
    signatures.find(({ taskIds }) => taskIds.includes(task.taskId)) ??
    signatures.find((group) => signature !== '' && group.signature === signature)
  );
}

/** Whether a task has a value that failures have in common; bins are above their begin, up to their end. @param parameter as the statistics call it: `extra.optimizer` */
export function hasValue(task: TrainTaskDetail, parameter: string, value: DimensionValue): boolean {
  const own: unknown = parameter.startsWith('extra.')
    ? task.extraParams?.[parameter.slice('extra.'.length)]
    : parameter === 'user'
      ? task.createUser
      : (task as unknown as Record<string, unknown>)[parameter];
  if (own === null || own === undefined) return false;
  if (typeof value === 'object' && value !== null) return typeof own === 'number' && own > value.from && own <= value.to;
  return (typeof own === 'string' ? own : JSON.stringify(own)) === String(value);
}

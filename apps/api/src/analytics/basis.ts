import type { Basis } from '@lora-ledger/contracts';

/** @param limit most tasks that were read, when there was one; a relation of `newestTasks` has one more when there are more */
export function basis(tasks: number, limit = Infinity): Basis {
  return { tasks: Math.min(tasks, limit), sampled: tasks > limit, asOf: new Date().toISOString() };
}

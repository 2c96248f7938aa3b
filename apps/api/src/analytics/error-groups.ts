import { Injectable } from '@nestjs/common';
import { IDS_MAX, type ErrorGroup, type Failures, type TrainTaskFilter } from '@lora-ledger/contracts';
import { errorSignature, type FailureReason } from '@lora-ledger/training';
import type { UserCaller } from '../auth/caller.js';
import { basis } from './basis.js';
import { inSlices } from './in-slices.js';
import type { Read } from './snapshot.js';
import { newestTasks, selectTasks } from '../query/task-source.js';

/** One failure. */
export interface Failed {
  taskId: string;
  reason: FailureReason | null;
  error: string;
  at: Date;
}

const MOST = 1500;
/** The end of an error text says what happened. */
const TAIL = 1000;
const MOST_GROUPS = 30;

/** The errors of the newest failures, those that say the same together. */
@Injectable()
export class ErrorGroups {
  /** The newest first, one more than are grouped if there are more. */
  async newest(read: Read, filter: TrainTaskFilter, caller: UserCaller): Promise<readonly Failed[]> {
    const source = selectTasks(filter, caller);
    source.where.and(`t.status = 'FAILED'`);
    return read<Failed>(
      `SELECT w.task_id AS "taskId", w.failure_reason AS reason, right(coalesce(w.error_message, ''), ${TAIL}) AS error, coalesce(w.end_time, w.created_at) AS at
       FROM ${newestTasks(source, 't.id', MOST)} t JOIN train_task w ON w.id = t.id ORDER BY t.id DESC`,
      source.where.parameters,
    );
  }

  async group(newest: readonly Failed[]): Promise<Pick<Failures, 'signatures' | 'signatureBasis'>> {
    return { signatures: await inSlices(groupErrors(newest.slice(0, MOST))), signatureBasis: basis(newest.length, MOST) };
  }
}

/** @param rows the newest first */
function* groupErrors(rows: readonly Failed[]): Generator<undefined, ErrorGroup[]> {
  const groups = new Map<string, Failed[]>();
  for (const [index, row] of rows.entries()) {
    const signature = errorSignature(row.error);
    const group = groups.get(signature);
    if (group === undefined) groups.set(signature, [row]);
    else group.push(row);
    if (index % 50 === 49) yield undefined;
  }
  return [...groups]
    .map(([signature, held]) => present(signature, held))
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_GROUPS);
}

function present(signature: string, rows: readonly Failed[]): ErrorGroup {
  const reasons = new Map<FailureReason | null, number>();
  for (const { reason } of rows) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const [[reason] = [null]] = [...reasons].sort((a, b) => b[1] - a[1]);
  const times = rows.map(({ at }) => at.getTime());
  return {
    signature,
    reason,
    count: rows.length,
    example: rows[0]?.error ?? '',
    firstSeen: new Date(Math.min(...times)).toISOString(),
    lastSeen: new Date(Math.max(...times)).toISOString(),
    taskIds: rows.slice(0, IDS_MAX).map(({ taskId }) => taskId),
  };
}

import { Injectable } from '@nestjs/common';
import { CreateTrainTask, type CloneTrainTask } from '@lora-ledger/contracts';
import { CONFIG_FIELD_NAMES, canMove, isJsonObject, isTerminal, type JsonObject } from '@lora-ledger/training';
import { DataSource } from 'typeorm';
import { driverError } from '../database/driver-error.js';
import type { CalledTask } from '../auth/caller.js';
import { Problem } from '../problem.js';
import { validateAs } from '../validation.js';
import { IMPORTED, Submission, type SubmittedBy } from './submission.js';
import { TrainTask } from './train-task.entity.js';

/** New tasks out of old ones: clones (a new family, free to differ) and retries (the same configuration once more). */
@Injectable()
export class Lineage {
  constructor(
    private readonly database: DataSource,
    private readonly submission: Submission,
  ) {}

  /** The fields of a create request that would make the same training again. */
  async cloneDraft(task: CalledTask): Promise<CreateTrainTask> {
    return draftOf(await this.load(task));
  }

  /** @returns the public id of the new task; overrides are checked as a create request is */
  async clone(task: CalledTask, { overrides, note }: CloneTrainTask, by: SubmittedBy): Promise<string> {
    const original = await this.load(task);
    if (original.deletedAt !== null) throw inTrash(original);
    const merged = merge(draftOf(original), overrides ?? {});
    const request = validateAs(CreateTrainTask, { ...merged, ...(note == null ? {} : { note }) });
    // The text of its file would no longer be true; whose keys its extra parameters are still is.
    const source = original.configFormat === null ? {} : { source: { text: null, format: original.configFormat, fileName: null } };
    return (await this.submission.submit(request, by, { clonedFrom: task.taskId, ...source })).taskId;
  }

  /** The next attempt of the family. Two people who press retry at once get one attempt: the other is told. */
  async retry(task: CalledTask, by: SubmittedBy): Promise<string> {
    const original = await this.load(task);
    if (original.deletedAt !== null) throw inTrash(original);
    if (!isTerminal(original.status) || original.status === 'SUCCESS') {
      const hint = canMove(original.status, 'cancel') ? 'It has not ended yet.' : 'It has succeeded: clone it to run it again.';
      throw new Problem('STATE_CONFLICT', `Only FAILED or CANCELLED tasks can be retried; this one is ${original.status}. ${hint}`, {
        reason: 'wrongStatus',
        members: { taskStatus: original.status },
      });
    }
    const [{ last }]: [{ last: number }] = await this.database.query('SELECT max(attempt) AS last FROM train_task WHERE family_id = $1', [
      original.familyId,
    ]);
    const source =
      original.configSource === null || original.configFormat === null
        ? undefined
        : { text: original.configSource, format: original.configFormat, fileName: original.configFileName };
    const { taskId } = await this.submission
      .submit(draftOf(original), by, {
        family: { familyId: original.familyId, attempt: last + 1 },
        ownerId: original.createUser,
        ...(original.clonedFrom === null ? {} : { clonedFrom: original.clonedFrom }),
        ...(source === undefined ? {} : { source }),
      })
      .catch((error: unknown) => {
        throw isSameAttempt(error)
          ? new Problem('STATE_CONFLICT', 'Somebody else has retried this task at the same moment: look at its newest attempt.', {
              reason: 'retriedMeanwhile',
            })
          : error;
      });
    return taskId;
  }

  private async load(task: CalledTask): Promise<TrainTask> {
    const found = await this.database.manager.findOne(TrainTask, { where: { id: task.id }, withDeleted: true });
    if (found === null) throw Problem.notFound();
    return found;
  }
}

function inTrash({ status }: TrainTask): Problem {
  return new Problem('STATE_CONFLICT', 'The task lies in the trash: restore it first.', {
    reason: 'inTrash',
    members: { taskStatus: status },
  });
}

/** The database lets a family have each attempt once. */
function isSameAttempt(error: unknown): boolean {
  return driverError(error)?.constraint === 'train_task_attempt_once';
}

function draftOf(task: TrainTask): CreateTrainTask {
  const config = Object.fromEntries(
    CONFIG_FIELD_NAMES.flatMap((name): [string, unknown][] => (task[name] === null ? [] : [[name, task[name]]])),
  );
  return Object.assign(new CreateTrainTask(), {
    ...config,
    extraParams: task.extraParams as JsonObject,
    name: task.name,
    description: task.description,
    tags: task.tags,
    ...(task.trainer === IMPORTED ? {} : { trainer: task.trainer }),
  });
}

/** `extraParams` is merged key by key, so that one changed key does not lose the others; `null` takes a value away. */
function merge(draft: CreateTrainTask, { extraParams, ...overrides }: Partial<CreateTrainTask>): Record<string, unknown> {
  if (extraParams != null && !isJsonObject(extraParams))
    throw Problem.invalid([
      { path: 'overrides.extraParams', message: 'extraParams must be an object of parameter names and values', rule: 'type' },
    ]);
  const given = (fields: object): Record<string, unknown> =>
    Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
  return { ...given({ ...draft, ...overrides }), extraParams: extraParams === null ? {} : given({ ...draft.extraParams, ...extraParams }) };
}

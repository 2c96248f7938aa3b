import { Injectable } from '@nestjs/common';
import type { Assignment } from '@lora-ledger/contracts';
import { completeConfig, isTerminal, type JsonObject } from '@lora-ledger/training';
import { DataSource } from 'typeorm';
import type { Actor } from '../audit/actor.js';
import { AuditLog } from '../audit/audit-log.js';
import type { CalledTask } from '../auth/caller.js';
import { TaskTokens } from '../auth/task-tokens.js';
import { Problem } from '../problem.js';
import { TrainerProfiles } from '../trainer/trainer-profiles.js';
import { TrainTask } from './train-task.entity.js';

/** Tells a worker what to run. */
@Injectable()
export class Assignments {
  constructor(
    private readonly database: DataSource,
    private readonly profiles: TrainerProfiles,
    private readonly tokens: TaskTokens,
    private readonly audit: AuditLog,
  ) {}

  /** For a worker or script that is started by hand or by a scheduler. @throws Problem STATE_CONFLICT once the task has ended */
  async tokenFor({ id, status }: CalledTask, actor: Actor): Promise<string> {
    if (isTerminal(status))
      throw new Problem('STATE_CONFLICT', `The task is ${status}: there is nothing left to report. Clone or retry it.`, {
        reason: 'wrongStatus',
        members: { taskStatus: status },
      });
    return this.database.transaction(async (manager) => {
      await this.audit.addForTasks(actor, 'task.token-created', [id], null, manager);
      return this.tokens.mint(id, manager);
    });
  }

  async of({ id }: CalledTask): Promise<Assignment> {
    const task = await this.database.manager.findOne(TrainTask, { where: { id } });
    if (task === null) throw Problem.notFound();
    return {
      taskId: task.taskId,
      name: task.name,
      attempt: task.attempt,
      config: completeConfig({ ...task, extraParams: task.extraParams as JsonObject }),
      profile: this.profiles.named(task.trainer),
    };
  }
}

import { Injectable } from '@nestjs/common';
import type { Assignment } from '@lora-ledger/contracts';
import { completeConfig, type JsonObject } from '@lora-ledger/training';
import { DataSource } from 'typeorm';
import type { CalledTask } from '../auth/caller.js';
import { Problem } from '../problem.js';
import { TrainerProfiles } from '../trainer/trainer-profiles.js';
import { TrainTask } from './train-task.entity.js';

/** Tells a worker what to run. */
@Injectable()
export class Assignments {
  constructor(private readonly database: DataSource, private readonly profiles: TrainerProfiles) {}

  async of({ id }: CalledTask): Promise<Assignment> {
    const task = await this.database.manager.findOne(TrainTask, { where: { id } });
    if (task === null) throw Problem.notFound();
    return { taskId: task.taskId, name: task.name, attempt: task.attempt, config: completeConfig({ ...task, extraParams: task.extraParams as JsonObject }), profile: this.profiles.named(task.trainer) };
  }
}

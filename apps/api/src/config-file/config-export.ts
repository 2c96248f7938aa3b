import { Injectable } from '@nestjs/common';
import type { ConfigPreview, ConfigQuery } from '@lora-ledger/contracts';
import { CONFIG_FORMATS, completeConfig, serialiseConfig, type JsonObject } from '@lora-ledger/training';
import { DataSource } from 'typeorm';
import type { CalledTask } from '../auth/caller.js';
import { Problem } from '../problem.js';
import { TrainTask } from '../train-task/train-task.entity.js';
import { TrainerProfiles } from '../trainer/trainer-profiles.js';

/** A task's configuration as a file its trainer, or another one, accepts. */
@Injectable()
export class ConfigExport {
  constructor(
    private readonly database: DataSource,
    private readonly profiles: TrainerProfiles,
  ) {}

  async of({ id }: CalledTask, { format, part }: ConfigQuery): Promise<ConfigPreview> {
    const task = await this.database.manager.findOne(TrainTask, { where: { id }, withDeleted: true });
    if (task === null) throw Problem.notFound();
    const config = {
      ...completeConfig({ ...task, extraParams: task.extraParams as JsonObject }),
      name: task.name,
      description: task.description,
      tags: task.tags,
    };
    const ownFormat = this.profiles.formatOf(task.trainer);
    // Extra parameters stand under the keys of the file they came in, else under those of the task's own trainer.
    const source = CONFIG_FORMATS.find((one) => one === task.configFormat) ?? ownFormat;
    return serialiseConfig(config, format ?? ownFormat ?? 'ledger', { ...(source ? { source } : {}), ...(part ? { part } : {}) });
  }
}

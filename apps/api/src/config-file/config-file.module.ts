import { Module } from '@nestjs/common';
import { TrainTaskModule } from '../train-task/train-task.module.js';
import { TrainerModule } from '../trainer/trainer.module.js';
import { ConfigExport } from './config-export.js';
import { ConfigFileController } from './config-file.controller.js';
import { WeightsImport } from './weights-import.js';

@Module({ imports: [TrainTaskModule, TrainerModule], controllers: [ConfigFileController], providers: [ConfigExport, WeightsImport] })
export class ConfigFileModule {}

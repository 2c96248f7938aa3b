import { Module } from '@nestjs/common';
import { TrainerController } from './trainer.controller.js';
import { TrainerProfiles } from './trainer-profiles.js';

@Module({ controllers: [TrainerController], providers: [TrainerProfiles], exports: [TrainerProfiles] })
export class TrainerModule {}

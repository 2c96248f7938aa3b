import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { TrainerList } from '@lora-ledger/contracts';
import { Access } from '../auth/access.js';
import { Describe } from '../openapi.js';
import { TrainerProfiles } from './trainer-profiles.js';

@ApiTags('Trainers')
@Controller('trainers')
export class TrainerController {
  constructor(private readonly profiles: TrainerProfiles) {}

  @Access('signed-in')
  @Describe(TrainerList, { summary: 'The trainer profiles a task can be run with' })
  @Get()
  list(): TrainerList {
    return { items: this.profiles.list() };
  }
}

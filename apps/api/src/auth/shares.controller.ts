import { Body, Controller, Delete, Get, HttpCode, Put, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { People, PeopleQuery, PutShares, Shares } from '@lora-ledger/contracts';
import { CurrentActor, type Actor } from '../audit/actor.js';
import { Describe } from '../openapi.js';
import { Access } from './access.js';
import { CurrentTask, CurrentUser, type CalledTask, type UserCaller } from './caller.js';
import { SharesService } from './shares.service.js';

const ThisTask = ApiParam({ name: 'taskId', description: 'Public id of the task', schema: { type: 'string', format: 'uuid' } });

@ApiTags('Sharing')
@Controller()
export class SharesController {
  constructor(private readonly shares: SharesService) {}

  @Access('signed-in')
  @Describe(People, { summary: 'People a task can be shared with' })
  @Get('people')
  people(@Query() { q }: PeopleQuery): Promise<People> {
    return this.shares.people(q);
  }

  @Access('task-write')
  @ThisTask
  @Describe(Shares, { summary: 'Who may read the task beside its owner and the admins', problems: ['NOT_FOUND'] })
  @Get('train-tasks/:taskId/shares')
  read(@CurrentTask() task: CalledTask): Promise<Shares> {
    return this.shares.of(task);
  }

  @Access('task-write')
  @ThisTask
  @Describe(Shares, {
    summary: 'Say who may read the task from now on',
    description: 'Replaces the whole list. Readers can look and clone, nothing else.',
    problems: ['NOT_FOUND'],
  })
  @Put('train-tasks/:taskId/shares')
  replace(
    @Body() body: PutShares,
    @CurrentTask() task: CalledTask,
    @CurrentUser() caller: UserCaller,
    @CurrentActor() actor: Actor,
  ): Promise<Shares> {
    return this.shares.replace(task, body, caller.userId, actor);
  }

  @Access('task-write')
  @ThisTask
  @Describe(null, { summary: 'Take all sharing of the task back', status: 204, problems: ['NOT_FOUND'] })
  @Delete('train-tasks/:taskId/shares')
  @HttpCode(204)
  async takeBack(@CurrentTask() task: CalledTask, @CurrentUser() caller: UserCaller, @CurrentActor() actor: Actor): Promise<void> {
    await this.shares.replace(task, { everyone: false, usernames: [] }, caller.userId, actor);
  }
}

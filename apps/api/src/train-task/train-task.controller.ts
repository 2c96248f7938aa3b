import { Body, Controller, Delete, Get, Header, Headers, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiParam, ApiTags } from '@nestjs/swagger';
import {
  CloneTrainTask,
  CreateTrainTask,
  FamilyTree,
  Metrics,
  MetricsQuery,
  PatchTrainTask,
  TaskEvents,
  TrainTaskDetail,
  TrainTaskPage,
  TrainTaskQuery,
} from '@lora-ledger/contracts';
import { CurrentActor, type Actor } from '../audit/actor.js';
import { Access } from '../auth/access.js';
import { CurrentTask, CurrentUser, type CalledTask, type UserCaller } from '../auth/caller.js';
import { Describe } from '../openapi.js';
import { TaskChanges } from './changes.js';
import { readSubmission } from '../config-file/config-body.js';
import { Curves } from './curves.js';
import { Families } from './family.js';
import { Lineage } from './lineage.js';
import { Submission } from './submission.js';
import { TaskDetail } from './task-detail.js';
import { TaskHistory } from './task-history.js';
import { pageJson, TaskList } from './task-list.js';

export const ThisTask = ApiParam({ name: 'taskId', description: 'Public id of the task', schema: { type: 'string', format: 'uuid' } });

@ApiTags('Tasks')
@Controller('train-tasks')
export class TrainTaskController {
  constructor(
    private readonly submission: Submission,
    private readonly lineage: Lineage,
    private readonly changes: TaskChanges,
    private readonly list: TaskList,
    private readonly detail: TaskDetail,
    private readonly history: TaskHistory,
    private readonly curves: Curves,
    private readonly families: Families,
  ) {}

  @Access('signed-in')
  @Describe(TrainTaskDetail, {
    summary: 'Submit a training',
    description: "JSON, or a trainer's configuration file as it is",
    status: 201,
    problems: ['STATE_CONFLICT', 'TOO_LARGE', 'UNSUPPORTED_FORMAT', 'SECRET_IN_CONFIG'],
  })
  @ApiConsumes('application/json', 'application/yaml', 'application/toml')
  @ApiBody({ type: CreateTrainTask })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'The same key with the same body makes one task only' })
  @Post()
  async create(
    @Body() body: unknown,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @CurrentUser() caller: UserCaller,
    @CurrentActor() actor: Actor,
  ): Promise<TrainTaskDetail> {
    const { request, source } = readSubmission(body);
    const { taskId, row } = await this.submission.submit(request, { caller, actor, idempotencyKey }, source ? { source } : {});
    return row === null ? this.detail.of(taskId, caller) : this.detail.ofNew(row, caller);
  }

  @Access('signed-in')
  @Describe(TrainTaskPage, { summary: 'Find tasks' })
  @Get()
  @Header('Content-Type', 'application/json; charset=utf-8')
  async find(@Query() query: TrainTaskQuery, @CurrentUser() caller: UserCaller): Promise<string> {
    return pageJson(await this.list.page(query, caller));
  }

  @Access('task-read')
  @ThisTask
  @Describe(TrainTaskDetail, { summary: 'One task with all that belongs to it', problems: ['NOT_FOUND'] })
  @Get(':taskId')
  read(@CurrentTask() task: CalledTask, @CurrentUser() caller: UserCaller): Promise<TrainTaskDetail> {
    return this.detail.of(task.taskId, caller);
  }

  @Access('task-write')
  @ThisTask
  @Describe(TrainTaskDetail, {
    summary: 'Change name, description or labels',
    description: 'The configuration of a task never changes: clone it to change it.',
    problems: ['NOT_FOUND', 'SECRET_IN_CONFIG'],
  })
  @Patch(':taskId')
  async describe(
    @Body() patch: PatchTrainTask,
    @CurrentTask() task: CalledTask,
    @CurrentUser() caller: UserCaller,
    @CurrentActor() actor: Actor,
  ): Promise<TrainTaskDetail> {
    await this.changes.describe(task, patch, actor);
    return this.detail.of(task.taskId, caller);
  }

  @Access('task-read')
  @ThisTask
  @Describe(CreateTrainTask, { summary: 'The request that would make the same training again', problems: ['NOT_FOUND'] })
  @Get(':taskId/clone-draft')
  cloneDraft(@CurrentTask() task: CalledTask): Promise<CreateTrainTask> {
    return this.lineage.cloneDraft(task);
  }

  @Access('task-read')
  @ThisTask
  @Describe(TrainTaskDetail, {
    summary: "Run it again, with or without changes, as a task of the caller's",
    status: 201,
    problems: ['NOT_FOUND', 'STATE_CONFLICT', 'SECRET_IN_CONFIG'],
  })
  @ApiBody({ type: CloneTrainTask, required: false })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'The same key with the same body makes one task only' })
  @Post(':taskId/clone')
  async clone(
    @Body() body: CloneTrainTask,
    @Headers('idempotency-key') idempotencyKey: string | undefined,
    @CurrentTask() task: CalledTask,
    @CurrentUser() caller: UserCaller,
    @CurrentActor() actor: Actor,
  ): Promise<TrainTaskDetail> {
    return this.detail.of(await this.lineage.clone(task, body, { caller, actor, idempotencyKey }), caller);
  }

  @Access('task-write')
  @ThisTask
  @Describe(TrainTaskDetail, {
    summary: 'Try again what failed or was cancelled, as the next attempt of its family',
    status: 201,
    problems: ['NOT_FOUND', 'STATE_CONFLICT'],
  })
  @Post(':taskId/retry')
  async retry(@CurrentTask() task: CalledTask, @CurrentUser() caller: UserCaller, @CurrentActor() actor: Actor): Promise<TrainTaskDetail> {
    return this.detail.of(await this.lineage.retry(task, { caller, actor }), caller);
  }

  @Access('task-write')
  @ThisTask
  @Describe(TrainTaskDetail, { summary: 'Stop it, waiting or running', problems: ['NOT_FOUND', 'STATE_CONFLICT'] })
  @Post(':taskId/cancel')
  @HttpCode(200)
  async cancel(@CurrentTask() task: CalledTask, @CurrentUser() caller: UserCaller, @CurrentActor() actor: Actor): Promise<TrainTaskDetail> {
    await this.changes.cancel(task, actor);
    return this.detail.of(task.taskId, caller);
  }

  @Access('task-write')
  @ThisTask
  @Describe(null, { summary: 'Move it to the trash', status: 204, problems: ['NOT_FOUND', 'STATE_CONFLICT'] })
  @Delete(':taskId')
  @HttpCode(204)
  async trash(@CurrentTask() task: CalledTask, @CurrentActor() actor: Actor): Promise<void> {
    await this.changes.trash(task, actor);
  }

  @Access('task-write')
  @ThisTask
  @Describe(TrainTaskDetail, { summary: 'Take it back from the trash', problems: ['NOT_FOUND'] })
  @Post(':taskId/restore')
  @HttpCode(200)
  async restore(
    @CurrentTask() task: CalledTask,
    @CurrentUser() caller: UserCaller,
    @CurrentActor() actor: Actor,
  ): Promise<TrainTaskDetail> {
    await this.changes.restore(task, actor);
    return this.detail.of(task.taskId, caller);
  }

  @Access('task-read')
  @ThisTask
  @Describe(TaskEvents, { summary: 'Its history', problems: ['NOT_FOUND'] })
  @Get(':taskId/events')
  async events(@CurrentTask() task: CalledTask): Promise<TaskEvents> {
    return { items: await this.history.of(task.id) };
  }

  @Access('task-read')
  @ThisTask
  @Describe(Metrics, { summary: 'Its curves', problems: ['NOT_FOUND'] })
  @Get(':taskId/metrics')
  metrics(@Query() query: MetricsQuery, @CurrentTask() task: CalledTask): Promise<Metrics> {
    return this.curves.of(task.id, query);
  }

  @Access('task-read')
  @ThisTask
  @Describe(FamilyTree, { summary: 'Where it comes from and what came of it', problems: ['NOT_FOUND'] })
  @Get(':taskId/family')
  family(@CurrentTask() task: CalledTask, @CurrentUser() caller: UserCaller): Promise<FamilyTree> {
    return this.families.around(task, caller);
  }
}

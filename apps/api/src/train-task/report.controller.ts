import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiParam, ApiTags } from '@nestjs/swagger';
import {
  Assignment,
  ExitReport,
  FailReport,
  FinishReport,
  Heartbeat,
  LogReport,
  LogStored,
  PointsStored,
  ProgressReport,
  ReportAccepted,
  StartReport,
  TaskToken,
} from '@lora-ledger/contracts';
import { CurrentActor, type Actor } from '../audit/actor.js';
import { Access, SettlesState } from '../auth/access.js';
import { CurrentTask, type CalledTask } from '../auth/caller.js';
import { Describe } from '../openapi.js';
import { Assignments } from './assignments.js';
import { Ingest } from './ingest.js';
import { readPoints } from './points.js';
import { Reports } from './reports.js';
import { TaskLog } from './task-log.js';

const ThisTask = ApiParam({ name: 'taskId', description: 'Public id of the task', schema: { type: 'string', format: 'uuid' } });
const PROBLEMS = ['NOT_FOUND', 'STATE_CONFLICT', 'TOO_LARGE'] as const;

@ApiTags('Reports')
@Controller('train-tasks/:taskId')
export class ReportController {
  constructor(
    private readonly reports: Reports,
    private readonly ingest: Ingest,
    private readonly log: TaskLog,
    private readonly assignments: Assignments,
  ) {}

  @Access('task-write')
  @ThisTask
  @Describe(TaskToken, {
    summary: 'A token for running the task from outside',
    description: 'Good for the reports of this task only, and no longer than it lives. Shown once.',
    status: 201,
    problems: ['NOT_FOUND', 'STATE_CONFLICT'],
  })
  @Post('token')
  async token(@CurrentTask() task: CalledTask, @CurrentActor() actor: Actor): Promise<TaskToken> {
    return { token: await this.assignments.tokenFor(task, actor) };
  }

  @Access('task-assignment')
  @ThisTask
  @Describe(Assignment, { summary: 'What a worker needs to run the task', problems: ['NOT_FOUND'] })
  @Get('assignment')
  assignment(@CurrentTask() task: CalledTask): Promise<Assignment> {
    return this.assignments.of(task);
  }

  @Access('task-report')
  @ThisTask
  @Describe(ReportAccepted, { summary: 'The trainer has started', problems: PROBLEMS })
  @ApiBody({ type: StartReport, required: false })
  @Post('start')
  @HttpCode(200)
  start(@Body() report: StartReport, @CurrentTask() task: CalledTask, @CurrentActor() actor: Actor): Promise<ReportAccepted> {
    return this.reports.start(task, report, actor);
  }

  @Access('task-report')
  @SettlesState()
  @ThisTask
  @Describe(PointsStored, {
    summary: 'Metric points',
    description: 'Long form {points: [{key, step, value, …}]}, or short form {epoch, step, loss, …}. Answered when stored for good.',
    problems: PROBLEMS,
  })
  @ApiBody({ type: ProgressReport })
  @Post('progress')
  @HttpCode(200)
  async progress(@Body() body: unknown, @CurrentTask() task: CalledTask): Promise<PointsStored> {
    const points = readPoints(body);
    await this.ingest.store(task.id, points);
    return { accepted: points.keys.length };
  }

  @Access('task-report')
  @ThisTask
  @Describe(Heartbeat, { summary: 'A sign of life; answers whether to stop', problems: PROBLEMS })
  @Post('heartbeat')
  @HttpCode(200)
  heartbeat(@CurrentTask() task: CalledTask): Promise<Heartbeat> {
    return this.reports.heartbeat(task);
  }

  @Access('task-report')
  @ThisTask
  @Describe(LogStored, { summary: 'A chunk of the log', problems: PROBLEMS })
  @Post('log')
  @HttpCode(200)
  appendLog(@Body() chunk: LogReport, @CurrentTask() task: CalledTask): Promise<LogStored> {
    return this.log.append(task, chunk);
  }

  @Access('task-report')
  @ThisTask
  @Describe(ReportAccepted, { summary: 'The training has succeeded', problems: PROBLEMS })
  @ApiBody({ type: FinishReport, required: false })
  @Post('finish')
  @HttpCode(200)
  finish(@Body() report: FinishReport, @CurrentTask() task: CalledTask, @CurrentActor() actor: Actor): Promise<ReportAccepted> {
    return this.reports.finish(task, report, actor);
  }

  @Access('task-report')
  @ThisTask
  @Describe(ReportAccepted, { summary: 'The training has failed', problems: PROBLEMS })
  @Post('fail')
  @HttpCode(200)
  fail(@Body() report: FailReport, @CurrentTask() task: CalledTask, @CurrentActor() actor: Actor): Promise<ReportAccepted> {
    return this.reports.fail(task, report, actor);
  }

  @Access('task-report')
  @ThisTask
  @Describe(ReportAccepted, { summary: "The worker's closing report", problems: PROBLEMS })
  @Post('exit')
  @HttpCode(200)
  exit(@Body() report: ExitReport, @CurrentTask() task: CalledTask, @CurrentActor() actor: Actor): Promise<ReportAccepted> {
    return this.reports.exit(task, report, actor);
  }
}

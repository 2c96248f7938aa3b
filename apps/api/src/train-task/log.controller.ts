import { Readable } from 'node:stream';
import { Controller, Get, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { LogMatches, LogQuery, LogSearchQuery, LogSlice } from '@lora-ledger/contracts';
import type { FastifyReply } from 'fastify';
import { Access } from '../auth/access.js';
import { CurrentTask, type CalledTask } from '../auth/caller.js';
import { Describe } from '../openapi.js';
import { LogSearch } from './log-search.js';
import { TaskLog } from './task-log.js';
import { ThisTask } from './train-task.controller.js';

/** What a trainer wrote: in slices, found, or as a file. */
@ApiTags('Tasks')
@Controller('train-tasks')
export class LogController {
  constructor(
    private readonly log: TaskLog,
    private readonly search: LogSearch,
  ) {}

  @Access('task-read')
  @ThisTask
  @Describe(LogSlice, { summary: 'A slice of its log, by bytes', problems: ['NOT_FOUND'] })
  @Get(':taskId/log')
  read(@Query() query: LogQuery, @CurrentTask() task: CalledTask): Promise<LogSlice> {
    return this.log.read(task.id, query);
  }

  @Access('task-read')
  @ThisTask
  @Describe(LogMatches, {
    summary: 'Find text in the log',
    description: 'Upper and lower case alike. Reads at most 64 MiB; go on from `nextFrom`.',
    problems: ['NOT_FOUND'],
  })
  @Get(':taskId/log/search')
  find(@Query() query: LogSearchQuery, @CurrentTask() task: CalledTask): Promise<LogMatches> {
    return this.search.find(task.id, query);
  }

  @Access('task-read')
  @ThisTask
  @Describe(null, { summary: 'The whole log as a file', produces: { 'text/plain': { type: 'string' } }, problems: ['NOT_FOUND'] })
  @Get(':taskId/log/download')
  async download(@CurrentTask() { id, taskId }: CalledTask, @Res({ passthrough: true }) reply: FastifyReply): Promise<Readable> {
    const size = await this.log.sizeOf(id);
    void reply.type('text/plain; charset=utf-8');
    void reply.header('Content-Disposition', `attachment; filename="${taskId}.log"`);
    void reply.header('Content-Length', size);
    return Readable.from(this.log.pieces(id, size), { objectMode: false });
  }
}

import type { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  BulkPreview,
  BulkRequest,
  BulkResult,
  CompareQuery,
  Comparison,
  ExportQuery,
  Facets,
  Selection,
  Sparklines,
  SparklinesQuery,
} from '@lora-ledger/contracts';
import type { FastifyReply } from 'fastify';
import { CurrentActor, type Actor } from '../audit/actor.js';
import { Access } from '../auth/access.js';
import { CurrentUser, type UserCaller } from '../auth/caller.js';
import { Describe } from '../openapi.js';
import { Bulk } from './bulk.js';
import { Compare } from './compare.js';
import { TaskExport } from './export.js';
import { TaskFacets } from './facets.js';
import { TaskSparklines } from './sparklines.js';

/** What is asked of, or done to, several tasks at once. */
@ApiTags('Tasks')
@Controller('train-tasks')
export class SelectionController {
  constructor(
    private readonly bulk: Bulk,
    private readonly compare: Compare,
    private readonly taskExport: TaskExport,
    private readonly facets: TaskFacets,
    private readonly sparklines: TaskSparklines,
  ) {}

  @Access('signed-in')
  @Describe(Comparison, { summary: 'Set 2 to 20 tasks side by side', problems: ['NOT_FOUND'] })
  @Get('compare')
  comparison(@Query() query: CompareQuery, @CurrentUser() caller: UserCaller, @CurrentActor() actor: Actor): Promise<Comparison> {
    return this.compare.of(query, caller, actor);
  }

  @Access('signed-in')
  @Describe(null, {
    summary: 'All the filter selects, as one file',
    produces: { 'text/csv': { type: 'string' }, 'application/json': { type: 'array', items: { type: 'object' } } },
  })
  @Get('export')
  async export(
    @Query() query: ExportQuery,
    @CurrentUser() caller: UserCaller,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    await this.taskExport.note(query, caller, actor);
    const isJson = query.format === 'json';
    void reply.type(isJson ? 'application/json; charset=utf-8' : 'text/csv; charset=utf-8');
    void reply.header('Content-Disposition', `attachment; filename="lora-ledger-tasks.${isJson ? 'json' : 'csv'}"`);
    return isJson ? this.taskExport.json(query, caller) : this.taskExport.csv(query, caller);
  }

  @Access('signed-in')
  @Describe(Facets, { summary: 'What the filters offer to choose from' })
  @Get('facets')
  choices(@CurrentUser() caller: UserCaller): Promise<Facets> {
    return this.facets.of(caller);
  }

  @Access('signed-in')
  @Describe(Sparklines, {
    summary: 'The loss curves of up to 100 tasks in short',
    description: 'For lists: some 24 points each, at even distances. What has no curve or may not be seen is left out.',
  })
  @Get('sparklines')
  curves(@Query() query: SparklinesQuery, @CurrentUser() caller: UserCaller): Promise<Sparklines> {
    return this.sparklines.of(query, caller);
  }

  @Access('signed-in')
  @Describe(BulkResult, {
    summary: 'One action on many tasks',
    description: 'Those whose state does not allow it are skipped and named.',
    problems: ['TOO_LARGE'],
  })
  @Post('bulk')
  @HttpCode(200)
  act(@Body() request: BulkRequest, @CurrentUser() caller: UserCaller, @CurrentActor() actor: Actor): Promise<BulkResult> {
    return this.bulk.run(request, { caller, actor });
  }

  @Access('signed-in')
  @Describe(BulkPreview, { summary: 'How many of a selection qualify for each action', problems: ['TOO_LARGE'] })
  @Post('bulk/preview')
  @HttpCode(200)
  preview(@Body() selection: Selection, @CurrentUser() caller: UserCaller): Promise<BulkPreview> {
    return this.bulk.preview(selection, caller);
  }
}

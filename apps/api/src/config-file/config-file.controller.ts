import { Controller, Get, HttpCode, Post, Query, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes, ApiParam, ApiTags } from '@nestjs/swagger';
import { ConfigPreview, ConfigQuery, ImportQuery, ParsedFile, ParseQuery, TrainTaskDetail } from '@lora-ledger/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentActor, type Actor } from '../audit/actor.js';
import { Access } from '../auth/access.js';
import { CurrentTask, CurrentUser, type CalledTask, type UserCaller } from '../auth/caller.js';
import { Describe } from '../openapi.js';
import { TaskDetail } from '../train-task/task-detail.js';
import { ConfigExport } from './config-export.js';
import { TAKES_FILES } from './file-body.js';
import { readFile } from './read-file.js';
import { uploadOf } from './upload.js';
import { WeightsImport } from './weights-import.js';

const AnyFile = ApiBody({ required: true, description: 'The file', schema: { type: 'string', format: 'binary' } });

/** Files in, files out: any trainer's configuration, and the weights it made. */
@ApiTags('Configuration files')
@Controller('train-tasks')
export class ConfigFileController {
  constructor(
    private readonly exporter: ConfigExport,
    private readonly importer: WeightsImport,
    private readonly detail: TaskDetail,
  ) {}

  @Access('signed-in')
  @Describe(ParsedFile, {
    summary: 'Read a configuration or a LoRA file into a draft',
    description: 'Stores nothing. Of a LoRA file only the header is read.',
    problems: ['UNSUPPORTED_FORMAT', 'TOO_LARGE'],
  })
  @ApiConsumes('application/octet-stream', 'multipart/form-data', 'application/yaml', 'application/toml', 'application/json')
  @AnyFile
  @RouteConfig(TAKES_FILES)
  @Post('parse')
  @HttpCode(200)
  async parse(@Query() query: ParseQuery, @Req() request: FastifyRequest): Promise<ParsedFile> {
    return readFile(await uploadOf(request, query.filename), query);
  }

  @Access('signed-in')
  @Describe(TrainTaskDetail, {
    summary: 'Enter a finished LoRA file as a task',
    description: 'The whole file is sent, hashed and not kept. Parameters the file does not tell come in `fields`.',
    status: 201,
    problems: ['UNSUPPORTED_FORMAT', 'TOO_LARGE', 'STATE_CONFLICT'],
  })
  @ApiConsumes('application/octet-stream', 'multipart/form-data')
  @AnyFile
  @RouteConfig(TAKES_FILES)
  @Post('import')
  async import(
    @Query() query: ImportQuery,
    @Req() request: FastifyRequest,
    @CurrentUser() caller: UserCaller,
    @CurrentActor() actor: Actor,
  ): Promise<TrainTaskDetail> {
    return this.detail.of(await this.importer.run(await uploadOf(request, query.filename), query, { caller, actor }), caller);
  }

  @Access('task-read')
  @ApiParam({ name: 'taskId', description: 'Public id of the task', schema: { type: 'string', format: 'uuid' } })
  @Describe(ConfigPreview, { summary: "Its configuration as a trainer's file", problems: ['NOT_FOUND'] })
  @Get(':taskId/config')
  async config(
    @Query() query: ConfigQuery,
    @CurrentTask() task: CalledTask,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConfigPreview | string> {
    const file = await this.exporter.of(task, query);
    if (query.as === 'preview') return file;
    void reply.type(`${file.contentType}; charset=utf-8`).header('Content-Disposition', `attachment; filename="${file.fileName}"`);
    return file.text;
  }
}

import { Controller, Get, Headers, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../auth/access.js';
import { CurrentUser, type UserCaller } from '../auth/caller.js';
import { credentialOf } from '../auth/credential.js';
import { Describe } from '../openapi.js';
import { Subscribers } from './subscribers.js';

@ApiTags('Tasks')
@Controller('stream')
export class StreamController {
  constructor(private readonly subscribers: Subscribers) {}

  @Access('signed-in')
  @Describe(null, {
    summary: 'Changes of tasks the caller may see, as they happen',
    description:
      'Server-sent events. `task`: a task as it stands now. `progress`: a list of what reports have changed of running tasks, `{taskId, progress, currentEpoch, currentStep, totalSteps, finalLoss, lastSeenAt, stalled}` each, told less often the more streams are open. `reset`: something was missed, ask again for what is shown. `Last-Event-ID` resumes.',
    produces: { 'text/event-stream': { type: 'string' } },
  })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Id of the last event received' })
  @Get()
  open(
    @CurrentUser() caller: UserCaller,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    const credential = credentialOf(request);
    if (credential === null) throw new Error('the access guard lets nobody in without a credential');
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) reply.raw.setHeader(name, value);
    // Without frames around each piece a write costs half; the end of the connection is the end of the stream.
    reply.raw.removeHeader('Transfer-Encoding');
    reply.raw.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    reply.raw.write('retry: 2000\n\n');
    this.subscribers.add({ caller, credential, response: reply.raw }, lastEventId);
  }
}

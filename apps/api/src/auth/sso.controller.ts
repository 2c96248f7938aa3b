import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SsoQuery } from '@lora-ledger/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Describe } from '../openapi.js';
import { Access } from './access.js';
import { SsoService } from './sso.service.js';

@ApiTags('Sign-in')
@Controller('auth/sso')
export class SsoController {
  constructor(private readonly sso: SsoService) {}

  @Access('public')
  @Describe(null, { summary: 'Send the browser to the single sign-on provider', status: 302, problems: ['NOT_FOUND'] })
  @Get()
  begin(@Query() { next }: SsoQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.sso.begin(next ?? '/', request, reply);
  }

  @Access('public')
  @Describe(null, {
    summary: 'Where the provider sends the browser back to',
    description:
      'Begins a session and goes on to the page that was asked for, or back to the sign-in page with `?sso=` refused, failed or unavailable.',
    status: 302,
  })
  @Get('callback')
  complete(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.sso.complete(request, reply);
  }
}

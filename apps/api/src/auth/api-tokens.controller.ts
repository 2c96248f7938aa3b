import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { CreatedToken, CreateToken, TokenList } from '@lora-ledger/contracts';
import { CurrentActor, type Actor } from '../audit/actor.js';
import { Describe } from '../openapi.js';
import { Access } from './access.js';
import { ApiTokensService } from './api-tokens.service.js';
import { CurrentUser, type UserCaller } from './caller.js';

@ApiTags('Sign-in')
@Controller('auth/tokens')
export class ApiTokensController {
  constructor(private readonly tokens: ApiTokensService) {}

  @Access('person')
  @Describe(TokenList, { summary: 'The own API tokens' })
  @Get()
  list(@CurrentUser() caller: UserCaller): Promise<TokenList> {
    return this.tokens.list(caller.userId);
  }

  @Access('person')
  @Describe(CreatedToken, { summary: 'Create an API token; its secret is shown this once', status: 201, problems: ['STATE_CONFLICT'] })
  @Post()
  create(@CurrentUser() caller: UserCaller, @Body() body: CreateToken, @CurrentActor() actor: Actor): Promise<CreatedToken> {
    return this.tokens.create(caller.userId, body, actor);
  }

  @Access('person')
  @Describe(null, { summary: 'Revoke an API token at once', status: 204, problems: ['NOT_FOUND'] })
  @ApiParam({ name: 'id', description: 'Id of the token' })
  @Delete(':id')
  @HttpCode(204)
  revoke(@CurrentUser() caller: UserCaller, @Param('id') id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.tokens.revoke(caller.userId, id, actor);
  }
}

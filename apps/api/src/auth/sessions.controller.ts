import { Controller, Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { SessionList } from '@lora-ledger/contracts';
import { CurrentActor, type Actor } from '../audit/actor.js';
import { Describe } from '../openapi.js';
import { Access } from './access.js';
import { CurrentUser, type UserCaller } from './caller.js';
import { ProfileService } from './profile.service.js';

@ApiTags('Sign-in')
@Controller('auth/sessions')
export class SessionsController {
  constructor(private readonly profile: ProfileService) {}

  @Access('person')
  @Describe(SessionList, { summary: 'Where the caller is signed in' })
  @Get()
  list(@CurrentUser() caller: UserCaller): Promise<SessionList> {
    return this.profile.sessionsOf(caller);
  }

  @Access('person')
  @Describe(null, { summary: 'Sign out there', status: 204, problems: ['NOT_FOUND'] })
  @ApiParam({ name: 'id', description: 'Id of the session' })
  @Delete(':id')
  @HttpCode(204)
  end(@CurrentUser() caller: UserCaller, @Param('id') id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.profile.endSession(caller, id, actor);
  }
}

import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { CreateUser, PatchUser, UserDto, UserList, UserQuery } from '@lora-ledger/contracts';
import { CurrentActor, type Actor } from '../audit/actor.js';
import { Describe } from '../openapi.js';
import { Access } from './access.js';
import { UsersService } from './users.service.js';

@ApiTags('Users')
@Controller('users')
export class UsersController {
  constructor(private readonly users: UsersService) {}

  @Access('admin')
  @Describe(UserList, { summary: 'Everybody, by username, or with `deleted=only` those who were' })
  @Get()
  list(@Query() query: UserQuery): Promise<UserList> {
    return this.users.list(query);
  }

  @Access('admin')
  @Describe(UserDto, { summary: 'Create a user', status: 201, problems: ['STATE_CONFLICT'] })
  @Post()
  create(@Body() body: CreateUser, @CurrentActor() actor: Actor): Promise<UserDto> {
    return this.users.create(body, actor);
  }

  @Access('admin')
  @Describe(UserDto, { summary: 'Change a user: role, names, disabled, a new password', problems: ['NOT_FOUND', 'STATE_CONFLICT'] })
  @ApiParam({ name: 'id', description: 'Id of the user' })
  @Patch(':id')
  change(@Param('id') id: string, @Body() body: PatchUser, @CurrentActor() actor: Actor): Promise<UserDto> {
    return this.users.change(id, body, actor);
  }

  @Access('admin')
  @Describe(null, { summary: 'Delete a user; their tasks stay', status: 204, problems: ['NOT_FOUND', 'STATE_CONFLICT'] })
  @ApiParam({ name: 'id', description: 'Id of the user' })
  @Delete(':id')
  @HttpCode(204)
  remove(@Param('id') id: string, @CurrentActor() actor: Actor): Promise<void> {
    return this.users.remove(id, actor);
  }

  @Access('admin')
  @Describe(UserDto, { summary: 'Take the deletion of a user back', problems: ['NOT_FOUND', 'STATE_CONFLICT'] })
  @ApiParam({ name: 'id', description: 'Id of the user' })
  @Post(':id/restore')
  @HttpCode(200)
  restore(@Param('id') id: string, @CurrentActor() actor: Actor): Promise<UserDto> {
    return this.users.restore(id, actor);
  }
}

import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { SavedView, SavedViewInput, SavedViews as SavedViewList } from '@lora-ledger/contracts';
import { CurrentActor, type Actor } from '../audit/actor.js';
import { Access } from '../auth/access.js';
import { CurrentUser, type UserCaller } from '../auth/caller.js';
import { Describe } from '../openapi.js';
import { SavedViews } from './saved-views.js';

const ThisView = ApiParam({ name: 'viewId', description: 'Id of the view', schema: { type: 'string' } });

@ApiTags('Saved views')
@Controller('saved-views')
export class SavedViewController {
  constructor(private readonly views: SavedViews) {}

  @Access('signed-in')
  @Describe(SavedViewList, { summary: 'Own views, and those offered to everyone' })
  @Get()
  async list(@CurrentUser() caller: UserCaller): Promise<SavedViewList> {
    return { items: await this.views.visibleTo(caller) };
  }

  @Access('signed-in')
  @Describe(SavedView, { summary: 'Save a view', status: 201, problems: ['STATE_CONFLICT'] })
  @Post()
  create(@Body() input: SavedViewInput, @CurrentUser() caller: UserCaller, @CurrentActor() actor: Actor): Promise<SavedView> {
    return this.views.create(input, caller, actor);
  }

  @Access('signed-in')
  @ThisView
  @Describe(SavedView, { summary: 'Change a view', problems: ['NOT_FOUND'] })
  @Put(':viewId')
  replace(
    @Param('viewId') id: string,
    @Body() input: SavedViewInput,
    @CurrentUser() caller: UserCaller,
    @CurrentActor() actor: Actor,
  ): Promise<SavedView> {
    return this.views.replace(id, input, caller, actor);
  }

  @Access('signed-in')
  @ThisView
  @Describe(null, { summary: 'Delete a view', status: 204, problems: ['NOT_FOUND'] })
  @Delete(':viewId')
  @HttpCode(204)
  remove(@Param('viewId') id: string, @CurrentUser() caller: UserCaller, @CurrentActor() actor: Actor): Promise<void> {
    return this.views.remove(id, caller, actor);
  }
}

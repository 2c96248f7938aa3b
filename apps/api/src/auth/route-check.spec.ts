import { Controller, Get, Post } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { Access } from './access.js';
import { RouteCheck } from './route-check.js';

@Controller(['things', 'stuff'])
class GoodController {
  @Access('signed-in')
  @Get(':id')
  read(): void {}
}

@Controller('doors')
class OpenController {
  @Access('public')
  @Get()
  declared(): void {}

  @Post('forgotten')
  forgotten(): void {}
}

@Controller('tasks')
class TaskController {
  @Access('task-read')
  @Get(':id')
  misnamed(): void {}
}

it('refuses to start with a route that does not say who may call it, and names it', async () => {
  await expect(start(GoodController, OpenController)).rejects.toThrow(
    /OpenController\.forgotten \(POST \/doors\/forgotten\) does not declare who may call it/,
  );
});

it('refuses to start with a task rule on a route that names no task', async () => {
  await expect(start(TaskController)).rejects.toThrow(
    /TaskController\.misnamed \(GET \/tasks\/:id\) has the rule "task-read" but no :taskId/,
  );
});

it('knows the routes of a controller under all its paths', async () => {
  const check = await start(GoodController);
  expect(check.routes()).toEqual(
    ['/things/:id', '/stuff/:id'].map((path) => ({ method: 'GET', path, rule: 'signed-in', handler: 'GoodController.read' })),
  );
});

async function start(...controllers: (new () => object)[]): Promise<RouteCheck> {
  const module = await Test.createTestingModule({ imports: [DiscoveryModule], controllers, providers: [RouteCheck] }).compile();
  await module.init();
  return module.get(RouteCheck);
}

import { Global, Module } from '@nestjs/common';
import { ChangedTasks } from './changed-tasks.js';
import { StillWelcome } from './still-welcome.js';
import { StreamController } from './stream.controller.js';
import { Subscribers } from './subscribers.js';
import { TaskChangeFeed } from './task-change-feed.js';
import { TaskListener } from './task-listener.js';

/** Global, because every step of a task's life tells what it has changed. */
@Global()
@Module({
  controllers: [StreamController],
  providers: [TaskChangeFeed, TaskListener, Subscribers, ChangedTasks, StillWelcome],
  exports: [TaskChangeFeed, Subscribers],
})
export class StreamModule {}

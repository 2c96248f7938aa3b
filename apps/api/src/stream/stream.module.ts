import { Global, Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { ChangedTasks } from './changed-tasks.js';
import { StreamController } from './stream.controller.js';
import { Subscribers } from './subscribers.js';
import { TaskChangeFeed } from './task-change-feed.js';
import { TaskListener } from './task-listener.js';

/** Global, because every step of a task's life tells what it has changed. */
@Global()
@Module({
  imports: [AuthModule],
  controllers: [StreamController],
  providers: [TaskChangeFeed, TaskListener, Subscribers, ChangedTasks],
  exports: [TaskChangeFeed, Subscribers],
})
export class StreamModule {}

import { Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AuditController } from './audit.controller.js';
import { AuditLog } from './audit-log.js';
import { AuditReading } from './audit-reading.js';
import { TaskLooks } from './task-looks.js';
import { TaskLooksInterceptor } from './task-looks.interceptor.js';

/** Who did what: written in the transaction that does it, read by admins. */
@Global()
@Module({
  controllers: [AuditController],
  providers: [AuditLog, AuditReading, TaskLooks, { provide: APP_INTERCEPTOR, useClass: TaskLooksInterceptor }],
  exports: [AuditLog, TaskLooks],
})
export class AuditModule {}

import { Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AuditController } from './audit.controller.js';
import { AuditLog } from './audit-log.js';
import { AuditReading } from './audit-reading.js';
import { ViewLogInterceptor } from './view-log.interceptor.js';

/** Who did what: written in the transaction that does it, read by admins. */
@Global()
@Module({
  controllers: [AuditController],
  providers: [AuditLog, AuditReading, { provide: APP_INTERCEPTOR, useClass: ViewLogInterceptor }],
  exports: [AuditLog],
})
export class AuditModule {}

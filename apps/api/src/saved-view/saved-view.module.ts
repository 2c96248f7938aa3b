import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.js';
import { SavedViewController } from './saved-view.controller.js';
import { SavedViews } from './saved-views.js';

@Module({ imports: [AuditModule], controllers: [SavedViewController], providers: [SavedViews] })
export class SavedViewModule {}

import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AuditExportQuery, AuditPage, AuditQuery } from '@lora-ledger/contracts';
import { Access } from '../auth/access.js';
import { Describe } from '../openapi.js';
import { CurrentActor, type Actor } from './actor.js';
import { AuditLog } from './audit-log.js';
import { AuditReading } from './audit-reading.js';

const FILES = {
  csv: { type: 'text/csv; charset=utf-8', schema: { type: 'string' } },
  json: { type: 'application/json', schema: { type: 'array', items: { type: 'object' } } },
} as const;

@ApiTags('Audit')
@Controller('audit-log')
export class AuditController {
  constructor(
    private readonly reading: AuditReading,
    private readonly log: AuditLog,
  ) {}

  @Access('admin')
  @Describe(AuditPage, { summary: 'Who did what, newest first' })
  @Get()
  page(@Query() query: AuditQuery): Promise<AuditPage> {
    return this.reading.page(query);
  }

  @Access('admin')
  @Describe(null, {
    summary: 'All that the filter selects, as a file',
    produces: { 'text/csv': FILES.csv.schema, 'application/json': FILES.json.schema },
  })
  @Get('export')
  async export(@Query() { format = 'csv', ...filter }: AuditExportQuery, @CurrentActor() actor: Actor): Promise<StreamableFile> {
    await this.log.add(actor, { action: 'audit-log.exported', subject: { type: 'audit-log' }, changes: { filter: { to: filter } } });
    return new StreamableFile(this.reading.export(filter, format), {
      type: FILES[format].type,
      disposition: `attachment; filename="audit-log.${format}"`,
    });
  }
}

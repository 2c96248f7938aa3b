import { Controller, Get, HttpCode } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { Access } from '../auth/access.js';
import { Describe } from '../openapi.js';
import { Problem } from '../problem.js';

@ApiTags('Operations')
@Controller('health')
export class HealthController {
  constructor(private readonly database: DataSource) {}

  @Access('public')
  @Describe(null, { summary: 'The process is alive' })
  @Get('live')
  @HttpCode(200)
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  @Access('public')
  @Describe(null, { summary: 'The database answers and its schema is up to date: requests will be served' })
  @Get('ready')
  async ready(): Promise<{ status: 'ok'; database: 'ok'; migrations: 'ok' }> {
    const pending = await this.database.showMigrations().catch(() => {
      throw new Problem('UNAVAILABLE', 'The database does not answer.', { retryAfterSeconds: 1 });
    });
    if (pending) throw new Problem('UNAVAILABLE', 'The schema of the database is older than this program. Restart it to migrate.');
    return { status: 'ok', database: 'ok', migrations: 'ok' };
  }
}

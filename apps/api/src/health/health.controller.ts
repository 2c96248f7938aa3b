import { access } from 'node:fs/promises';
import { Controller, Get, HttpCode, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Alive, Ready } from '@lora-ledger/contracts';
import { DataSource } from 'typeorm';
import { Access } from '../auth/access.js';
import { CONFIG } from '../config.module.js';
import type { Config } from '../config.js';
import { Describe } from '../openapi.js';
import { Problem } from '../problem.js';

@ApiTags('Operations')
@Controller('health')
export class HealthController {
  constructor(
    private readonly database: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Access('public')
  @Describe(Alive, { summary: 'The process is alive' })
  @Get('live')
  @HttpCode(200)
  live(): Alive {
    return { status: 'ok' };
  }

  @Access('public')
  @Describe(Ready, { summary: 'The database answers and its schema is up to date: requests will be served' })
  @Get('ready')
  async ready(): Promise<Ready> {
    const pending = await this.database.showMigrations().catch(() => {
      throw new Problem('UNAVAILABLE', 'The database does not answer.', { retryAfterSeconds: 1 });
    });
    if (pending) throw new Problem('UNAVAILABLE', 'The schema of the database is older than this program. Restart it to migrate.');
    if (this.config.localSlots > 0) await this.launcherIsThere();
    return { status: 'ok', database: 'ok', migrations: 'ok', launcher: this.config.localSlots > 0 ? 'ok' : 'off' };
  }

  private async launcherIsThere(): Promise<void> {
    await access(this.config.workerPath).catch(() => {
      throw new Problem('UNAVAILABLE', 'The worker is not built: no task could be started. Build it, or set LEDGER_LOCAL_SLOTS=0.');
    });
  }
}

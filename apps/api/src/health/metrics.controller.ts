import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { Access } from '../auth/access.js';
import { Describe } from '../openapi.js';
import { Subscribers } from '../stream/subscribers.js';

/**
 * For Prometheus: how this process fares and how full the queue is. Counts only: no name, owner or model ever stands in a label,
 * so that a scraper without credentials of a person learns nothing of anybody's work.
 */
@ApiTags('Operations')
@Controller('metrics')
export class MetricsController {
  private readonly registry = new Registry();

  constructor(database: DataSource, subscribers: Subscribers) {
    collectDefaultMetrics({ register: this.registry, prefix: 'ledger_' });
    const queue = new Gauge({
      name: 'ledger_tasks_open',
      help: 'Tasks that wait or run',
      labelNames: ['status'],
      registers: [this.registry],
      collect: async () => {
        const rows: { status: string; n: number }[] = await database.query(
          `SELECT s.status, count(t.id)::int AS n FROM unnest(ARRAY['PENDING', 'RUNNING']) AS s (status)
           LEFT JOIN train_task t ON t.status = s.status AND t.deleted_at IS NULL GROUP BY 1`,
        );
        for (const { status, n } of rows) queue.set({ status }, n);
      },
    });
    const streams: Gauge = new Gauge({
      name: 'ledger_live_streams',
      help: 'Pages that listen for changes',
      registers: [this.registry],
      collect: (): void => streams.set(subscribers.count),
    });
  }

  @Access('admin')
  @Describe(null, {
    summary: 'Figures for Prometheus',
    description: "Scrape with an admin's API token of scope `read`.",
    produces: { 'text/plain': { type: 'string' } },
  })
  @Get()
  async metrics(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.type(this.registry.contentType);
    return this.registry.metrics();
  }
}

import { Injectable } from '@nestjs/common';
import type { Facets } from '@lora-ledger/contracts';
import { DataSource } from 'typeorm';
import type { UserCaller } from '../auth/caller.js';
import { visibleTasks } from '../auth/visibility.js';
import { Where } from '../database/where.js';

/** Newest tasks looked at: enough to know what is in use, few enough to answer while somebody opens a menu. */
const SAMPLE = 5000;

/** What the filters offer to choose from. */
@Injectable()
export class TaskFacets {
  constructor(private readonly database: DataSource) {}

  async of(caller: UserCaller): Promise<Facets> {
    const where = new Where();
    where.and(visibleTasks(where, caller)).and('t.deleted_at IS NULL');
    const sample = where.bind(SAMPLE, 'integer');
    const top = (expression: string, from: string): string =>
      `coalesce((SELECT array_agg(value ORDER BY n DESC, value) FROM (SELECT ${expression} AS value, count(*) AS n FROM ${from} GROUP BY 1 ORDER BY n DESC LIMIT 200) x), '{}')`;
    const [facets]: [Facets] = await this.database.query(
      `WITH recent AS MATERIALIZED (
         SELECT t.id, t.model_name, t.trainer, t.tags, t.create_user, t.host, t.gpu, t.extra_params FROM train_task t ${where.sql} ORDER BY t.id DESC LIMIT ${sample}
       )
       SELECT ${top('model_name', 'recent')} AS "modelNames", ${top('trainer', 'recent')} AS trainers, ${top('tag', 'recent, unnest(tags) AS tag')} AS tags,
         ${top('u.username', 'recent JOIN app_user u ON u.id = recent.create_user')} AS users,
         ${top('host', '(SELECT host FROM recent WHERE host IS NOT NULL) h')} AS hosts, ${top('gpu', '(SELECT gpu FROM recent WHERE gpu IS NOT NULL) g')} AS gpus,
         ${top('key', `recent, jsonb_object_keys(extra_params) AS key WHERE key NOT LIKE '$%'`)} AS "extraKeys",
         ${top('s.key::text', '(SELECT id FROM recent LIMIT 500) r JOIN metric_summary s ON s.train_task_id = r.id')} AS "metricKeys"`,
      where.parameters,
    );
    return facets;
  }
}

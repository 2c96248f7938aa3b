import { withClient } from '../postgres.js';

/** What loads have added to a seeded database in a former run: they call their tasks so. */
const LOADED = `SELECT id FROM train_task WHERE name LIKE 'load %'`;
/** Table and the column that names the task. */
const TRACES = {
  metric_point: 'train_task_id',
  metric_stretch: 'train_task_id',
  metric_summary: 'train_task_id',
  task_token: 'train_task_id',
  task_event: 'train_task_id',
  task_fact: 'id',
  train_task: 'id',
};

/** Takes a database that was kept back to what it was seeded with, so that every run measures the same. */
export async function forgetLoads(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ id: string }>(LOADED);
    if (rows.length === 0) return;
    // The history refuses to be changed, and nothing points at these tasks: no trigger needs to look.
    await client.query('SET session_replication_role = replica');
    for (const [table, column] of Object.entries(TRACES))
      await client.query(`DELETE FROM ${table} WHERE ${column} = ANY($1::bigint[])`, [rows.map(({ id }) => id)]);
    await client.query('VACUUM (ANALYZE)');
  });
}

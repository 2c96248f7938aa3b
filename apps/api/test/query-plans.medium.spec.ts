import { makeApp, type TestApp } from './support/app.js';
import type { Api } from './support/api.js';
import { statementsOf } from './support/statements.js';

const TASKS = 40_000;
/** As many the planner is told there are: plans are those of a ledger of this size. */
const PRETENDED = 1_000_000;

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Plan Rows': number;
  Plans?: Plan[];
}

describe('the list of a million tasks', () => {
  let app: TestApp;
  let bea: Api;

  beforeAll(async () => {
    app = await makeApp();
    bea = await app.member('bea');
    await app.database.query(`INSERT INTO app_user (id, username, role) SELECT n, 'member-' || n, 'member' FROM generate_series(1, 40) n`);
    await withoutIndexes(() =>
      app.database.query(
        `INSERT INTO train_task (id, task_id, create_user, name, trainer, model_name, lora_rank, lora_alpha, learning_rate, batch_size, epochs, train_data_dir, extra_params,
         tags, fingerprint, family_id, status, start_time, end_time, final_loss, best_loss, cost, deleted_at)
       SELECT (1000000 + n)::bigint << 22, r.uuid, CASE n % 41 WHEN 0 THEN bea.id ELSE n % 41 END, md5(n::text) || CASE n % 5000 WHEN 0 THEN ' harbour' ELSE '' END, 'demo', 'model-' || n % 7,
         4 * (1 + n % 16), 8, 1e-5 * (1 + n % 50), 1 + n % 8, 1 + n % 30, './data', jsonb_build_object('optimizer', CASE n % 4000 WHEN 17 THEN 'rare' ELSE 'optimizer-' || n % 300 END), ARRAY[CASE n % 4000 WHEN 17 THEN 'rare' ELSE 'tag-' || n % 400 END],
         md5(n::text), r.uuid, (ARRAY['SUCCESS', 'SUCCESS', 'FAILED', 'CANCELLED'])[1 + n % 4], r.at, r.at + n % 977 * interval '1 second', n % 1009 / 1009.0, n % 991 / 991.0, n % 701, CASE n % 100 WHEN 7 THEN r.at + interval '1 hour' END
       FROM (SELECT n, gen_random_uuid() AS uuid, now() - n * interval '1 minute' AS at FROM generate_series(1, ${TASKS}) n) r, app_user bea
       WHERE bea.username = 'bea'`,
      ),
    );
    await app.database.query('ANALYZE train_task, task_fact');
    for (const table of ['train_task', 'task_fact']) await pretend(table);
    // Of the trash alone, so the planner asks them how much lies in it.
    for (const index of ['train_task_trash', 'train_task_own_trash']) await tell(index, PRETENDED / 100);
  }, 120_000);

  afterAll(() => app.close());

  /**
   * The planner multiplies the pages a table has with the rows it is said to have on each. So a million rows lie on the pages of 40 000, which makes
   * reading the whole table look cheaper than it would be, never an index. How values spread is what ANALYZE found.
   */
  async function pretend(table: string): Promise<void> {
    await app.database.query(`ALTER TABLE ${table} SET (autovacuum_enabled = false)`);
    await tell(table, PRETENDED);
    const [
      {
        'QUERY PLAN': [{ Plan }],
      },
    ] = await app.database.query(`EXPLAIN (FORMAT JSON) SELECT FROM ${table}`);
    expect(Math.abs(Plan['Plan Rows'] / PRETENDED - 1)).toBeLessThan(0.01);
  }

  async function tell(relation: string, rows: number): Promise<void> {
    const [{ restores }] = await app.database.query(
      `SELECT count(*)::int AS restores FROM pg_proc WHERE proname = 'pg_restore_relation_stats'`,
    );
    const pages = `pg_relation_size('${relation}') / current_setting('block_size')::int`;
    await app.database.query(
      restores > 0
        ? `SELECT pg_restore_relation_stats('schemaname', 'public', 'relname', '${relation}', 'relpages', (${pages})::int, 'reltuples', ${rows}::real)`
        : `UPDATE pg_class SET relpages = ${pages}, reltuples = ${rows} WHERE oid = '${relation}'::regclass`,
    );
  }

  /** To sort rows into an index once is many times quicker than to find a place for each. */
  async function withoutIndexes(work: () => Promise<unknown>): Promise<void> {
    const indexes = await app.database.query(
      `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) || coalesce(
         (SELECT string_agg(format('; ALTER INDEX %s ALTER COLUMN %s SET STATISTICS %s', i.indexrelid::regclass, a.attnum, a.attstattarget), '') FROM pg_attribute a WHERE a.attrelid = i.indexrelid AND a.attstattarget >= 0), '') AS definition
       FROM pg_index i
       WHERE i.indrelid = 'train_task'::regclass AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)`,
    );
    for (const { name } of indexes) await app.database.query(`DROP INDEX ${name}`);
    await work();
    for (const { definition } of indexes) await app.database.query(definition);
  }

  async function plansOf(api: Api, query: string): Promise<Plan[]> {
    const statements = (await statementsOf(() => api.get(`/train-tasks?limit=100&${query}`))).filter(({ sql }) =>
      sql.includes('sort_value'),
    );
    expect(statements.length).toBeGreaterThan(0);
    return Promise.all(
      statements.map(async ({ sql, parameters }) => {
        const [
          {
            'QUERY PLAN': [{ Plan }],
          },
        ] = await app.database.query(`EXPLAIN (FORMAT JSON) ${sql}`, parameters);
        return Plan as Plan;
      }),
    );
  }

  const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];
  const indexesOf = (plans: Plan[]) => plans.flatMap(nodes).flatMap((node) => node['Index Name'] ?? []);
  const readsWholeTable = (plans: Plan[]) =>
    plans.flatMap(nodes).some((node) => node['Node Type'].includes('Seq Scan') && node['Relation Name'] === 'train_task');
  const sorts = (plans: Plan[]) => plans.flatMap(nodes).some((node) => node['Node Type'].includes('Sort'));

  it.each([
    ['', 'train_task_pkey'],
    ['sort=createdAt', 'train_task_pkey'],
    ['sort=-startTime', 'train_task_by_start'],
    ['sort=endTime', 'train_task_by_end'],
    ['sort=-duration', 'train_task_by_duration'],
    ['sort=finalLoss', 'train_task_by_final_loss'],
    ['sort=-bestLoss', 'train_task_by_best_loss'],
    ['sort=-cost', 'train_task_by_cost'],
    ['sort=name', 'train_task_by_name'],
    ['sort=-status', 'train_task_by_status'],
    ['sort=modelName', 'train_task_by_model_name'],
    ['sort=-loraRank', 'train_task_by_rank'],
    ['sort=loraAlpha', 'train_task_by_alpha'],
    ['sort=-learningRate', 'train_task_by_learning_rate'],
    ['sort=batchSize', 'train_task_by_batch_size'],
    ['sort=-epochs', 'train_task_by_epochs'],
    ['modelName=model-3&sort=finalLoss', 'train_task_model_loss'],
    ['modelName=model-3&sort=-finalLoss', 'train_task_model_loss'],
    ['modelName=model-3', 'train_task_by_model_name'],
    ['extra.optimizer=optimizer-17', 'train_task_pkey'],
    ['loraRankMin=24&loraRankMax=64&learningRateMin=0.00005&learningRateMax=0.0002', 'train_task_pkey'],
    ['status=FAILED&status=CANCELLED', 'train_task_pkey'],
    ['q=model-3', 'train_task_pkey'],
    ['deleted=only', 'train_task_trash'],
    ['deleted=only&sort=deletedAt', 'train_task_trash'],
  ])('gives the order "%s" without sorting, from %s', async (query, index) => {
    const plans = await plansOf(app.admin, query);
    expect(indexesOf(plans)).toContain(index);
    expect(sorts(plans)).toBe(false);
  });

  it.each([
    ['user=bea', ['train_task_owner_newest']],
    ['user=bea&status=SUCCESS&sort=-startTime', ['train_task_owner_status_started']],
    ['user=bea&status=SUCCESS&sort=-startTime&startedFrom=2020-01-01T00:00:00Z', ['train_task_owner_status_started']],
    ['q=harbour', ['train_task_words']],
    ['extra.optimizer=rare', ['train_task_extra']],
    ['tag=rare', ['train_task_tags']],
    ['deleted=only', ['train_task_trash']],
    ['status=RUNNING', ['train_task_running', 'train_task_by_status']],
    [`fingerprint=${'0'.repeat(64)}`, ['train_task_same_experiment']],
    ['family=00000000-0000-4000-8000-000000000000', ['train_task_attempt_once']],
  ])('answers "%s" from an index', async (query, indexes) => {
    const plans = await plansOf(app.admin, query);
    expect(readsWholeTable(plans)).toBe(false);
    expect(indexesOf(plans).some((index) => indexes.includes(index))).toBe(true);
  });

  it('does not take a word of one task for a frequent one because the statistics happen to hold that task', async () => {
    const [{ held }] = await app.database.query(
      `SELECT (histogram_bounds::text::text[])[20] AS held FROM pg_stats WHERE tablename = 'train_task_words'`,
    );
    const plans = await plansOf(app.admin, `q=${(held as string).slice(4, 20)}`);
    const expected = plans
      .flatMap(nodes)
      .filter((node) => node['Relation Name'] === 'train_task')
      .map((node) => node['Plan Rows']);
    expect(Math.max(...expected)).toBeLessThan(2000);
  });

  it('gives a member their own tasks from the index of their own', async () => {
    const plans = await plansOf(bea, '');
    expect(indexesOf(plans)).toContain('train_task_owner_newest');
    expect(sorts(plans)).toBe(false);
  });

  it('gives a member the last of their own that they threw away from the index of their own trash', async () => {
    const plans = await plansOf(bea, 'deleted=only');
    expect(indexesOf(plans)).toContain('train_task_own_trash');
    expect(sorts(plans)).toBe(false);
  });

  it.each(['', 'sort=finalLoss', 'sort=-duration', 'sort=name'])('goes on from a cursor inside the index: "%s"', async (query) => {
    const { nextCursor } = await app.admin.get(`/train-tasks?limit=100&${query}`);
    const plans = await plansOf(app.admin, `${query}&cursor=${nextCursor}`);
    expect(sorts(plans)).toBe(false);
    expect(readsWholeTable(plans)).toBe(false);
  });

  it('goes on in the trash from an index that holds the trash alone', async () => {
    const { nextCursor } = await app.admin.get('/train-tasks?limit=100&deleted=only');
    const plans = await plansOf(app.admin, `deleted=only&cursor=${nextCursor}`);
    expect(readsWholeTable(plans)).toBe(false);
    expect(indexesOf(plans).some((index) => index.endsWith('trash'))).toBe(true);
  });

  it('counts few tasks exactly, and says of many that it estimates', async () => {
    expect(await app.admin.get('/train-tasks?withTotal=true&q=harbour')).toMatchObject({ total: TASKS / 5000, totalIsEstimate: false });
    const { total, totalIsEstimate } = await app.admin.get('/train-tasks?withTotal=true');
    expect(totalIsEstimate).toBe(true);
    expect(Math.abs(total / PRETENDED - 1)).toBeLessThan(0.2);
  });
});

import { ACCESS_TABLE } from './access-table.js';
import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { insertPast, pastTask, times, type PastTask } from './support/past-tasks.js';
import { statementsOf } from './support/statements.js';
import { points, submitAndStart, type Trained } from './support/tasks.js';

/** What reads no rows (documents, the flow of another server), never ends (streams), or reads page by page on purpose (files). */
const NOT_COUNTED = [
  'docs',
  'docs/start.js',
  'docs/swagger-ui.css',
  'docs/swagger-ui-bundle.js',
  'openapi.json',
  'auth/sso',
  'auth/sso/callback',
  'stream',
  'train-tasks/export',
  'audit-log/export',
  'train-tasks/:taskId/log/download',
];
const ROUTES = Object.keys(ACCESS_TABLE)
  .flatMap((route) => /^GET \/api\/(.*)$/.exec(route)?.[1] ?? [])
  .filter((path) => !NOT_COUNTED.includes(path));
/** What is asked of several tasks by their ids. */
const OF_SEVERAL = ['train-tasks/compare', 'train-tasks/sparklines'];
/** The first answers of each are enough to tell: the second has many times the rows. */
const [FEW, MANY] = [2, 40];

const QUERIES: Record<string, string> = {
  'train-tasks': 'limit=100&withTotal=true&column=metric.loss.min&column=extra.optimizer',
  'audit-log': 'limit=100',
  people: 'q=person',
  'analytics/success-rate': 'by=user,extra.optimizer',
  'analytics/convergence': 'by=user',
  'analytics/durations': 'by=user',
  'analytics/cost': 'by=user',
  'analytics/importance': 'objective=finalLoss',
  'analytics/recommendations': 'modelName=sd15&objective=finalLoss',
  'train-tasks/:taskId/log/search': 'q=line',
  'train-tasks/:taskId/config': 'format=ledger',
};

let app: TestApp;
let bea: Api;
let focus: Trained;
let pasts: string[] = [];
let asked = 0;

/** Past tasks for the statistics, enough from the beginning that none of them declines to speak. */
async function addPasts(owners: readonly string[], count: number): Promise<void> {
  const made = times(count, (index): PastTask =>
    pastTask({
      owner: owners[index % owners.length] ?? 'bea',
      loraRank: 4 * (1 + (index % 6)),
      learningRate: 1e-5 * (1 + (index % 9)),
      extra: { optimizer: ['AdamW', 'Lion', 'Prodigy'][index % 3] },
      status: index % 4 === 3 ? 'FAILED' : 'SUCCESS',
      error: index % 4 === 3 ? `Error number ${index}: ${'abcdefghij'[index % 10]} is missing` : null,
      finalLoss: index % 4 === 3 ? null : (index % 17) / 17,
      lasted: 50 + index,
      gpuSeconds: 50 + index,
      cost: 1,
      createdAt: new Date(Date.UTC(2026, 2, 1) + index * 3_600_000).toISOString(),
      curve: [1, 0.6, 0.4, 0.3],
    }),
  );
  await insertPast(app.database, made);
  pasts = [...pasts, ...made.map(({ taskId }) => taskId)];
}

/** More of everything that an answer may list. */
async function grow(count: number, label: string): Promise<void> {
  const people = times(count, (index) => `person-${label}-${index}`);
  await app.database.query(
    `INSERT INTO app_user (id, username, role) SELECT 1000 + (SELECT count(*) FROM app_user) + n, name, 'member' FROM unnest($1::text[]) WITH ORDINALITY AS p (name, n)`,
    [people],
  );
  await addPasts(people, count * 5);
  await bea.call('PUT', `/train-tasks/${focus.taskId}/shares`, { everyone: false, usernames: people }, 200);
  await app.admin.call('PUT', '/analytics/budgets', { of: 'model', name: `model of ${label}`, monthly: 10 }, 200);
  await app.database.query(
    `INSERT INTO budget (id, user_id, monthly, warn_at) SELECT id, id, 10, 0.8 FROM app_user WHERE username = ANY($1)`,
    [people],
  );
  for (const name of people.slice(0, 10)) {
    await bea.post('/saved-views', { name, page: 'tasks', query: 'status=FAILED' }, 201);
    await bea.post('/auth/tokens', { name, scopes: ['read'] }, 201);
    await focus.trainer.post(`/train-tasks/${focus.taskId}/progress`, points(20, `metric of ${name}`));
    const { size } = await bea.get(`/train-tasks/${focus.taskId}/log`);
    await focus.trainer.post(`/train-tasks/${focus.taskId}/log`, { offset: size, text: `a line of ${name}\n`.repeat(20) });
    await bea.patch(`/train-tasks/${focus.taskId}`, { description: name });
    await bea.post(`/train-tasks/${focus.taskId}/clone`, {}, 201);
  }
  await app.database.query(
    `INSERT INTO session (id, user_id, token_hash, access_hash, expires_at) SELECT gen_random_uuid(), u.id, sha256(convert_to('t' || n || $1, 'UTF8')), sha256(convert_to('a' || n || $1, 'UTF8')), now() + interval '1 day'
    FROM app_user u, generate_series(1, $2::int) n WHERE u.username = 'bea'`,
    [label, count],
  );
}

async function statementsBehind(path: string): Promise<number> {
  const tasks = pasts
    .slice(0, 2 + Math.floor(pasts.length / 16))
    .slice(0, 20)
    .map((id) => `ids=${id}`)
    .join('&');
  const query = OF_SEVERAL.includes(path) ? tasks : (QUERIES[path] ?? '');
  // Statistics are asked a little differently each time: an answer that is remembered takes none.
  const anew = path.startsWith('analytics/') && path !== 'analytics/budgets' ? `&loraRankMax=${10_000 + (asked += 1)}` : '';
  const caller = path.endsWith('assignment') ? focus.trainer : path.includes(':taskId') || path.startsWith('auth/') ? bea : app.admin;
  const counts: number[] = [];
  // Housekeeping of the server may fall into a count, but hardly into each of three.
  for (let turn = 0; turn < 3; turn += 1) {
    const statements = await statementsOf(() =>
      caller.get(`/${path.replace(':taskId', focus.taskId)}?${query}${anew === '' ? '' : `${anew}${turn}`}`),
    );
    counts.push(statements.filter(({ sql }) => !sql.includes('pg_notify')).length);
  }
  return Math.min(...counts);
}

describe('the statements behind every answer', () => {
  const [few, many]: [Record<string, number>, Record<string, number>] = [{}, {}];

  beforeAll(async () => {
    app = await makeApp({ LEDGER_LAUNCHER: 'local' });
    bea = await app.member('bea');
    focus = await submitAndStart(app, bea);
    await addPasts(['bea'], 120);
    await grow(FEW, 'few');
    for (const path of ROUTES) few[path] = await statementsBehind(path);
    await grow(MANY, 'many');
    for (const path of ROUTES) many[path] = await statementsBehind(path);
  }, 180_000);

  afterAll(() => app.close());

  it.each(ROUTES)('do not become more with the rows: GET /%s', (path) => {
    expect(few[path]).toBeGreaterThanOrEqual(0);
    expect(many[path]).toBe(few[path]);
  });

  it.each(ROUTES)('are few: GET /%s', (path) => {
    expect(many[path]).toBeLessThanOrEqual(path.startsWith('analytics/') ? 16 : 6);
  });
});

import fc from 'fast-check';
import { RouteCheck } from '../src/auth/route-check.js';
import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { insertTask, session } from './support/callers.js';
import { POOLS, queriesFor, type OpenApi } from './support/random-queries.js';

/**
 * Two worlds, equal in everything Anna may see. In one she is alone; in the other Bela has tasks of his own, alike in every way.
 * Whatever Anna asks, both worlds must answer the same: then nothing of Bela's shows through, no row, no count, no average, no cursor.
 */
const ANNA = { id: '1000', username: 'anna' };
const BELA = { id: '1001', username: 'bela' };
const SEED = 20_250_101;
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 30);

let alone: TestApp;
let crowded: TestApp;
let worlds: Api[];
let annas: Row[];
let belas: Row[];

type Row = Record<string, unknown> & { id: string; task_id: string };

beforeAll(async () => {
  [alone, crowded] = await Promise.all([makeApp(), makeApp()]);
  annas = fc.sample(rows(ANNA.id, 1n), { numRuns: 1, seed: SEED })[0] ?? [];
  belas = fc.sample(rows(BELA.id, 100_000n), { numRuns: 1, seed: SEED + 1 })[0] ?? [];
  // Bela's tasks hang on Anna's wherever tasks can hang together: clones of hers, attempts of her families.
  belas.forEach((row, index) =>
    Object.assign(
      row,
      { cloned_from: annas[index % annas.length]?.task_id },
      index % 5 === 0 ? { family_id: annas[0]?.task_id, attempt: 100 + index } : {},
    ),
  );
  for (const app of [alone, crowded]) {
    for (const { id, username } of [ANNA, BELA])
      await app.database.query(`INSERT INTO app_user (id, username, role) VALUES ($1, $2, 'member')`, [id, username]);
    await fill(app, annas);
  }
  await fill(crowded, belas);
  worlds = await Promise.all([alone, crowded].map(async (app) => app.anonymous.with((await session(app, ANNA)).accessToken)));
}, 60_000);
afterAll(() => Promise.all([alone.close(), crowded.close()]));

/** About the caller or the installation, not about tasks; and the live stream, which has a test of its own. */
const NOT_ABOUT_TASKS = ['/auth/me', '/people', '/trainers', '/stream'];

it('answers every question about tasks as if nobody else had any', async () => {
  const document = await worlds[0]!.get<OpenApi>('/openapi.json');
  const routes = crowded.app
    .get(RouteCheck)
    .routes()
    .filter(({ method, path, rule }) => method === 'GET' && rule === 'signed-in' && !path.includes(':') && !NOT_ABOUT_TASKS.includes(path));
  expect(routes.length).toBeGreaterThan(4);
  const families = [...annas.slice(0, 14), ...belas.slice(0, 2)].map((row) => row.task_id);
  for (const { path } of routes) {
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(queriesFor(document, `/api${path}`, families), async (query) => {
        answered += await sameInBothWorlds(`${path}?${query}`);
      }),
      { numRuns: RUNS, seed: SEED },
    );
    if (answered < RUNS / 8)
      throw new Error(`${path} refused nearly every question, so nothing was shown: ${answered} of ${RUNS} answered`);
  }
}, 300_000);

it('tells about an own task what it would tell if nobody had cloned it', async () => {
  const routes = crowded.app
    .get(RouteCheck)
    .routes()
    .filter(({ method, path, rule }) => method === 'GET' && path.startsWith('/train-tasks/:taskId') && rule !== 'task-assignment');
  for (const { path } of routes) {
    const query = path.endsWith('search') ? '?q=loss' : '';
    for (const { task_id: id } of annas.slice(0, 5)) await sameInBothWorlds(path.replace(':taskId', id) + query);
  }
});

it('counts and changes in bulk what is hers, whatever the filter', async () => {
  const untouched = `SELECT jsonb_agg(to_jsonb(t) ORDER BY t.id) AS rows FROM train_task t WHERE create_user = ${BELA.id}`;
  const before = await crowded.database.query(untouched);
  const filters = [
    {},
    { status: ['PENDING'] },
    { user: ['bela'] },
    { scope: 'all' },
    { scope: 'shared' },
    { modelName: ['sd15'] },
    { deleted: 'only' },
  ];
  const selections = [
    ...filters.map((filter) => ({ filter })),
    { taskIds: [...annas.slice(0, 3), ...belas.slice(0, 5)].map((row) => row.task_id) },
  ];
  for (const selection of selections) {
    await sameAnswer('/train-tasks/bulk/preview', selection);
    for (const action of ['tag', 'cancel', 'delete', 'restore'])
      await sameAnswer('/train-tasks/bulk', { action, ...selection, ...(action === 'tag' ? { addTags: ['seen'] } : {}) });
  }
  expect(await crowded.database.query(untouched)).toEqual(before);
});

it('hears of her own tasks only', async () => {
  const bela = crowded.anonymous.with((await session(crowded, BELA)).accessToken);
  const stop = new AbortController();
  const response = await fetch(`${crowded.url}/api/stream`, {
    headers: { Authorization: `Bearer ${worlds[1]!.token}` },
    signal: stop.signal,
  });
  const heard: string[] = [];
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  for (let round = 0; round < 5; round += 1) {
    const foreign = belas.find((row) => row['deleted_at'] === null)!.task_id;
    await bela.patch(`/train-tasks/${foreign}`, { name: `bela ${round}` });
    const { taskId } = await worlds[1]!.post(
      '/train-tasks',
      { modelName: 'sd15', loraRank: 8, learningRate: 1e-4, batchSize: 1, epochs: 1, trainDataDir: './d', name: `anna ${round}` },
      201,
    );
    let text = '';
    while (!text.includes(taskId)) text += (await reader.read()).value ?? '';
    heard.push(text);
  }
  stop.abort();
  for (const row of belas) expect(heard.join('')).not.toContain(row.task_id);
  expect(heard.join('')).not.toContain('bela');
});

async function sameAnswer(path: string, body: object): Promise<void> {
  const [here, there] = await Promise.all(worlds.map((world) => world.call('POST', path, body, 200)));
  expect({ path, body, answer: there!.body }).toEqual({ path, body, answer: here!.body });
}

/** Follows up to three pages. @returns 1 when the question was answered, 0 when it was refused */
async function sameInBothWorlds(address: string): Promise<number> {
  let path = address;
  for (let page = 0; page < 3; page += 1) {
    const [here, there] = await Promise.all(worlds.map(async (world) => comparable(await world.call('GET', path))));
    if (here!.status >= 500) throw new Error(`${path} answered ${here!.status}`);
    expect({ path, status: there!.status, body: likewise(here!.body, there!.body) }).toEqual({ path, ...here });
    const cursor = (here!.body as { nextCursor?: string | null }).nextCursor;
    if (here!.status !== 200) return 0;
    if (!cursor) return 1;
    path = `${address}&cursor=${encodeURIComponent(cursor)}`;
  }
  return 1;
}

/** `there`, but as `here` where the two differ only because one was asked some milliseconds after the other. */
function likewise(here: unknown, there: unknown, key = ''): unknown {
  if (key === 'requestId' || isSameMoment(here, there)) return here;
  if (typeof here !== 'object' || typeof there !== 'object' || here === null || there === null) return there;
  if (Array.isArray(there)) return there.map((value, index) => likewise((here as unknown[])[index], value));
  return Object.fromEntries(
    Object.entries(there).map(([name, value]) => [name, likewise((here as Record<string, unknown>)[name], value, name)]),
  );
}

/** Moments less than a minute apart; times that pass, such as the hours of what still runs, by a millionth. */
function isSameMoment(one: unknown, other: unknown): boolean {
  if (typeof one === 'number' && typeof other === 'number') return !Number.isInteger(one) && Math.abs(one - other) <= Math.abs(one) * 1e-6;
  const [here, there] = [one, other].map((value) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : NaN,
  );
  return Math.abs(here! - there!) < 60_000;
}

function comparable({ status, body }: { status: number; body: unknown }): { status: number; body: object } {
  if (typeof body !== 'object' || body === null) return { status, body: { text: body } };
  return { status, body };
}

/** Tasks of one owner with every field that anything counts, groups or averages over. */
function rows(owner: string, firstId: bigint): fc.Arbitrary<Row[]> {
  const one = <T>(name: string) => fc.constantFrom(...((POOLS[name] ?? []) as T[]));
  const row = fc.record({
    name: one('name'),
    model_name: one('modelName'),
    trainer: one('trainer'),
    lora_rank: one<number>('loraRank'),
    lora_alpha: one<number>('loraAlpha'),
    learning_rate: one<number>('learningRate'),
    batch_size: one<number>('batchSize'),
    epochs: one<number>('epochs'),
    status: one('status'),
    tags: fc.subarray(['style', 'portrait']),
    fingerprint: one('fingerprint'),
    extra_params: fc.record({ optimizer: one('optimizer'), warmup: fc.constantFrom(5, 10, 100) }),
    final_loss: fc.option(one<number>('finalLoss')),
    day: fc.integer({ min: 0, max: 200 }),
    hours: fc.integer({ min: 1, max: 9 }),
    failure_reason: one('failureReason'),
    isTrashed: fc.boolean(),
    uuid: fc.integer({ min: 0, max: 2 ** 31 }),
  });
  return fc.array(row, { minLength: 40, maxLength: 40 }).map((all) =>
    all.map(({ day, hours, isTrashed, uuid, failure_reason: reason, ...columns }, index) => {
      const began = new Date(Date.UTC(2025, 0, 1 + day, index % 24));
      const isOver = !['PENDING', 'RUNNING'].includes(columns.status as string);
      const task_id = `${owner.padStart(8, '0')}-0000-4000-8000-${String(index).padStart(4, '0')}${uuid.toString(16).padStart(8, '0')}`;
      return {
        ...columns,
        id: String(firstId + BigInt(index)),
        task_id,
        family_id: task_id,
        create_user: owner,
        created_at: began,
        start_time: columns.status === 'PENDING' ? null : began,
        end_time: isOver ? new Date(began.getTime() + hours * 3_600_000) : null,
        last_seen_at: columns.status === 'RUNNING' ? began : null,
        failure_reason: columns.status === 'FAILED' ? reason : null,
        best_loss: columns.final_loss,
        cost: hours,
        gpu_seconds: hours * 3600,
        deleted_at: isTrashed && isOver && index % 4 === 0 ? began : null,
      };
    }),
  );
}

async function fill({ database }: TestApp, tasks: Row[]): Promise<void> {
  for (const task of tasks) {
    await insertTask(database, task);
    await database.query(`INSERT INTO task_event (train_task_id, type, actor, at) VALUES ($1, 'created', 'made', $2)`, [
      task.id,
      task['created_at'],
    ]);
    await database.query(
      `INSERT INTO metric_point (train_task_id, key, step, value, at) SELECT $1, 'loss', n, $2::float8 + 1.0 / n, $3::timestamptz + n * interval '1 minute' FROM generate_series(1, 10) n`,
      [task.id, task['final_loss'] ?? 0.2, task['created_at']],
    );
    await database.query(
      `INSERT INTO metric_summary (train_task_id, key, first_step, first_value, last_step, last_value, min_value, max_value, count) VALUES ($1, 'loss', 1, 1.2, 10, $2, $2, 1.2, 10)`,
      [task.id, task['final_loss'] ?? 0.2],
    );
    await database.query(`INSERT INTO task_log (train_task_id, start_offset, body) VALUES ($1, 0, $2)`, [
      task.id,
      Buffer.from(`loss of ${task.task_id}\n`),
    ]);
  }
}

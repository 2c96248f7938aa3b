import { SORT_FIELDS, type TrainTaskSummary } from '@lora-ledger/contracts';
import * as fc from 'fast-check';
import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { rowsOf, submit } from './support/tasks.js';

type Filter = Record<string, string | string[]>;
const COUNT = 60;
const NAMES = ['Ink', 'ink wash', 'INK 100%', 'Ölbild', '墨', 'a_b', 'ab'];
const RANKS = [4, 8, 16, 32];
const RATES = [1e-5, 1e-4, 5e-4];
const TAGS = ['style', 'person', 'flux'];
const pick = <T>(from: readonly T[], index: number): T => from[index % from.length]!;

let app: TestApp;
let eve: Api;
let all: TrainTaskSummary[];

beforeAll(async () => {
  app = await makeApp();
  eve = await app.member('eve');
  await Promise.all(
    Array.from({ length: COUNT }, async (_one, index) => {
      const { taskId, trainer } = await submit(app, eve, {
        name: pick(NAMES, index),
        modelName: pick(['sd15', 'sdxl', 'flux-dev'], index * 7),
        loraRank: pick(RANKS, index * 3),
        learningRate: pick(RATES, index),
        tags: TAGS.slice(index % 4),
        extraParams: { optimizer: pick(['adamw', 'lion'], index), warmup: index % 3, dora: index % 2 === 0 },
      });
      if (index % 5 === 0) return;
      await trainer.post(`/train-tasks/${taskId}/start`, {});
      if (index % 5 === 1) return;
      await trainer.post(`/train-tasks/${taskId}/progress`, { step: 1, loss: (index % 7) / 10 });
      if (index % 5 === 2) await eve.post(`/train-tasks/${taskId}/cancel`);
      else
        await trainer.post(
          `/train-tasks/${taskId}/${index % 5 === 3 ? 'finish' : 'fail'}`,
          index % 5 === 3 ? {} : { error: pick(['CUDA out of memory', 'it broke'], index) },
        );
    }),
  );
  all = (await eve.get('/train-tasks?limit=100')).items;
});
afterAll(() => app.close());

/** What the filter means, said once more without a database. */
function holds(task: TrainTaskSummary, filter: Filter): boolean {
  const words = `${task.name} ${task.modelName} ${task.errorMessage ?? ''}`.toLowerCase();
  return Object.entries(filter).every(([key, wanted]) => {
    const values = [wanted].flat();
    switch (key) {
      case 'q':
        return values[0]!
          .toLowerCase()
          .split(' ')
          .every((word) => words.includes(word));
      case 'status':
      case 'modelName':
      case 'failureReason':
        return values.includes(String(task[key]));
      case 'tag':
        return values.every((tag) => task.tags.includes(tag));
      case 'loraRankMin':
        return task.loraRank >= Number(wanted);
      case 'learningRateMax':
        return task.learningRate <= Number(wanted);
      case 'finalLossMin':
        return task.finalLoss !== null && task.status !== 'RUNNING' && task.finalLoss >= Number(wanted);
      case 'createdFrom':
        return task.createdAt >= String(wanted);
      case 'createdTo':
        return task.createdAt < String(wanted);
      default:
        return String((task.extraParams as Record<string, unknown>)[key.replace('extra.', '')]) === wanted;
    }
  });
}

const some = (values: readonly (string | number)[]) =>
  fc.uniqueArray(fc.constantFrom(...values.map(String)), { minLength: 1, maxLength: 2 });
const one = (values: readonly (string | number)[]) => fc.constantFrom(...values.map(String));
const filter = (times: string[]): fc.Arbitrary<Filter> =>
  fc
    .record(
      {
        q: one(['ink', 'ink wash', '100%', '%', '_', 'a_b', 'öl', '墨', 'memory', 'sd15 ink', 'nothing']),
        status: some(['PENDING', 'RUNNING', 'SUCCESS', 'FAILED', 'CANCELLED']),
        modelName: some(['sd15', 'sdxl', 'other']),
        failureReason: some(['OOM', 'UNKNOWN']),
        tag: some(TAGS),
        loraRankMin: one(RANKS),
        learningRateMax: one(RATES),
        finalLossMin: one([0, 0.3, 0.6]),
        createdFrom: one(times),
        createdTo: one(times),
        'extra.optimizer': one(['adamw', 'lion', 'none']),
        'extra.warmup': one([0, 1, 2]),
        'extra.dora': one(['true', 'false']),
      },
      { requiredKeys: [] },
    )
    .map((whole) => Object.fromEntries(Object.entries(whole).filter((_entry, index) => index % 2 === Object.keys(whole).length % 2)));

function query(path: Filter): string {
  return Object.entries(path)
    .flatMap(([key, values]) => [values].flat().map((value) => `${key}=${encodeURIComponent(value)}`))
    .join('&');
}

async function walk(question: string, limit: number): Promise<TrainTaskSummary[]> {
  const found: TrainTaskSummary[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: TrainTaskSummary[]; nextCursor: string | null } = await eve.get(
      `/train-tasks?${question}&limit=${limit}${cursor === '' ? '' : `&cursor=${cursor}`}`,
    );
    expect(page.items.length).toBeLessThanOrEqual(limit);
    if (page.nextCursor !== null) expect(page.items).toHaveLength(limit);
    found.push(...page.items);
    cursor = page.nextCursor;
  }
  return found;
}

it('finds exactly what the filter says, page by page, and counts it', async () => {
  const times = all.map(({ createdAt }) => createdAt);
  await fc.assert(
    fc.asyncProperty(filter(times), fc.integer({ min: 3, max: 25 }), async (wanted, limit) => {
      const expected = all.filter((task) => holds(task, wanted)).map(({ taskId }) => taskId);
      expect((await walk(query(wanted), limit)).map(({ taskId }) => taskId)).toEqual(expected);
      expect((await eve.get(`/train-tasks?${query(wanted)}&limit=1&withTotal=true`)).total).toBe(expected.length);
    }),
    { numRuns: 80, interruptAfterTimeLimit: 6000 },
  );
});

it.each(SORT_FIELDS.flatMap((field) => [field, `-${field}`]))(
  'shows every task once in the order of %s, those without a value last',
  async (sort) => {
    const rows = await walk(`sort=${sort}`, 17);
    expect(rows.map(({ taskId }) => taskId).sort()).toEqual(all.map(({ taskId }) => taskId).sort());
    const field = sort.replace('-', '');
    const stored = await rowsOf(
      app.database,
      `SELECT task_id, id, ${COLUMNS[field] ?? field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)} AS value FROM train_task`,
    );
    const valueOf = new Map(stored.map(({ task_id: taskId, value, id }) => [taskId, { value, id: BigInt(id) }]));
    const places = rows.map(({ taskId }) => valueOf.get(taskId)!);
    const [lower, higher] = sort.startsWith('-') ? [1, -1] : [-1, 1];
    const isInOrder = places.every((place, index) => {
      const former = places[index - 1];
      if (former === undefined || (former.value !== null && place.value === null)) return true;
      if (former.value === null && place.value !== null) return false;
      const [a, b] = [
        former.value instanceof Date ? former.value.getTime() : former.value,
        place.value instanceof Date ? place.value.getTime() : place.value,
      ];
      const order = a === b ? (former.id < place.id ? lower : higher) : a < b ? lower : higher;
      return order < 0;
    });
    expect(isInOrder).toBe(true);
  },
);

/** Where the order is not simply the column of the same name. */
const COLUMNS: Record<string, string> = { createdAt: 'lpad(id::text, 20)', duration: 'extract(epoch FROM end_time - start_time)::float8' };

/** Each field as an expression of PostgreSQL, which sorts the whole list at once to compare with. */
const expressionOf = (field: string): string =>
  field === 'createdAt' ? 'id' : (COLUMNS[field] ?? field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
const severalFields = fc.uniqueArray(fc.record({ field: fc.constantFrom(...SORT_FIELDS), descending: fc.boolean() }), {
  minLength: 1,
  maxLength: 3,
  selector: ({ field }) => field,
});

it('walks through any order of several fields as the database would sort it, ties and missing values included', async () => {
  await fc.assert(
    fc.asyncProperty(severalFields, fc.integer({ min: 1, max: 25 }), async (keys, limit) => {
      const order = keys.map(({ field, descending }) => `${expressionOf(field)} ${descending ? 'DESC' : 'ASC'} NULLS LAST`);
      const expected = await rowsOf(
        app.database,
        `SELECT task_id FROM train_task ORDER BY ${order.join(', ')}, id ${keys.at(-1)!.descending ? 'DESC' : 'ASC'}`,
      );
      const sort = keys.map(({ field, descending }) => `${descending ? '-' : ''}${field}`).join(',');
      expect((await walk(`sort=${sort}`, limit)).map(({ taskId }) => taskId)).toEqual(expected.map(({ task_id: taskId }) => taskId));
    }),
    {
      numRuns: 60,
      interruptAfterTimeLimit: 8000,
      examples: [
        [
          [
            { field: 'finalLoss', descending: true },
            { field: 'startTime', descending: false },
            { field: 'endTime', descending: true },
          ],
          3,
        ],
      ],
    },
  );
});

it('answers the columns that were asked for with the page, and nothing where none were', async () => {
  const column = ['metric.loss.min', 'metric.loss.last', 'metric.nothing.max', 'extra.optimizer', 'extra.warmup', 'extra.__proto__'];
  const items: TrainTaskSummary[] = (await eve.get(`/train-tasks?limit=100&${query({ column })}`)).items;
  for (const task of items) {
    const loss = task.finalLoss;
    expect(task.columns).toEqual({
      'metric.loss.min': loss,
      'metric.loss.last': loss,
      'metric.nothing.max': null,
      'extra.optimizer': task.extraParams!['optimizer'],
      'extra.warmup': task.extraParams!['warmup'],
      'extra.__proto__': null,
    });
  }
  expect(items.some(({ finalLoss }) => finalLoss !== null)).toBe(true);
  expect((await eve.get('/train-tasks?limit=1')).items[0]).not.toHaveProperty('columns');
});

it('says NaN in a column of a run whose loss is none', async () => {
  const { taskId, trainer } = await submit(app, eve);
  await trainer.post(`/train-tasks/${taskId}/start`, {});
  await trainer.post(`/train-tasks/${taskId}/progress`, {
    points: [
      { key: 'train/loss.avg', step: 1, value: 0.5 },
      { key: 'train/loss.avg', step: 2, value: 'NaN' },
    ],
  });
  const [task] = (await eve.get(`/train-tasks?family=${taskId}&column=metric.train/loss.avg.last&column=metric.train/loss.avg.min`)).items;
  expect(task.columns).toEqual({ 'metric.train/loss.avg.last': 'NaN', 'metric.train/loss.avg.min': 0.5 });
  await eve.post(`/train-tasks/${taskId}/cancel`);
  await eve.delete(`/train-tasks/${taskId}`);
});

it.each(['loss', 'metric.loss', 'metric.loss.mean', 'extra.', 'metric..last', `extra.${'x'.repeat(201)}`])(
  'refuses the column "%s"',
  async (column) => {
    expect((await eve.get(`/train-tasks?column=${column}`, 400)).errors[0].path).toBe('column');
  },
);

it('refuses more columns than a screen can hold', async () => {
  await eve.get(`/train-tasks?${Array.from({ length: 13 }, (_one, index) => `column=extra.k${index}`).join('&')}`, 400);
});

it('finds a task by the beginning of its id', async () => {
  const task = all[7]!;
  for (const start of [task.taskId, task.taskId.slice(0, 13), task.taskId.toUpperCase()]) {
    expect((await eve.get(`/train-tasks?taskId=${start}`)).items.map(({ taskId }: TrainTaskSummary) => taskId)).toEqual(
      all.filter(({ taskId }) => taskId.startsWith(start.toLowerCase())).map(({ taskId }) => taskId),
    );
  }
  for (const nonsense of ['abc', 'not-an-id', "0000'--"]) await eve.get(`/train-tasks?taskId=${encodeURIComponent(nonsense)}`, 400);
});

it('tells which of some tasks a filter still selects, and counts only those', async () => {
  const asked = all.slice(5, 25);
  const ids = asked.map(({ taskId }) => taskId).join();
  const { items, total } = await eve.get(`/train-tasks?status=RUNNING&status=FAILED&withTotal=true&ids=${ids}`);
  const expected = asked.filter(({ status }) => status === 'RUNNING' || status === 'FAILED').map(({ taskId }) => taskId);
  expect(items.map(({ taskId }: TrainTaskSummary) => taskId)).toEqual(expected);
  expect(total).toBe(expected.length);
  await eve.get('/train-tasks?ids=nonsense', 400);
  await eve.get(`/train-tasks?${Array.from({ length: 101 }, () => `ids=${all[0]!.taskId}`).join('&')}`, 400);
});

it('answers with no task of somebody else, though it is asked for by name', async () => {
  const mallory = await app.member('mallory');
  expect((await mallory.get(`/train-tasks?scope=all&ids=${all[0]!.taskId}`)).items).toEqual([]);
});

it('goes on where it was when tasks come and go between two pages', async () => {
  const first = await eve.get('/train-tasks?limit=10');
  const { taskId } = await submit(app, eve);
  const second = await eve.get(`/train-tasks?limit=10&cursor=${first.nextCursor}`);
  expect(second.items.map((task: TrainTaskSummary) => task.taskId)).toEqual(all.slice(10, 20).map((task) => task.taskId));
  await eve.delete(`/train-tasks/${taskId}`);
});

it('begins the trash with what was thrown away last, however old it is, and turns it round on request', async () => {
  const tasks = [await submit(app, eve), await submit(app, eve), await submit(app, eve)];
  const thrown = [tasks[1]!, tasks[2]!, tasks[0]!].map(({ taskId }) => taskId);
  await eve.post('/train-tasks/bulk', { action: 'cancel', taskIds: thrown });
  const before = (await walk('deleted=only', 2)).map(({ taskId }) => taskId);
  for (const taskId of thrown) await eve.delete(`/train-tasks/${taskId}`);
  const last = [...thrown].reverse();
  expect((await walk('deleted=only', 2)).map(({ taskId }) => taskId)).toEqual([...last, ...before]);
  expect((await walk('deleted=only&sort=deletedAt', 2)).map(({ taskId }) => taskId)).toEqual([...before.reverse(), ...thrown]);
  expect((await walk('deleted=only&sort=-createdAt', 2)).slice(0, 3).map(({ taskId }) => taskId)).toEqual(
    [...tasks].reverse().map(({ taskId }) => taskId),
  );
});

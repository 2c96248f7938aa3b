import type { TrainTaskSummary } from '@lora-ledger/contracts';
import * as fc from 'fast-check';
import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { aMixedList, query, RANKS, RATES, TAGS, walk, type Filter } from './support/listed.js';
import { submit } from './support/tasks.js';

let app: TestApp;
let eve: Api;
let all: TrainTaskSummary[];

beforeAll(async () => {
  app = await makeApp();
  eve = await app.member('eve');
  all = await aMixedList(app, eve);
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

it('finds exactly what the filter says, page by page, and counts it', async () => {
  const times = all.map(({ createdAt }) => createdAt);
  await fc.assert(
    fc.asyncProperty(filter(times), fc.integer({ min: 3, max: 25 }), async (wanted, limit) => {
      const expected = all.filter((task) => holds(task, wanted)).map(({ taskId }) => taskId);
      expect((await walk(eve, query(wanted), limit)).map(({ taskId }) => taskId)).toEqual(expected);
      expect((await eve.get(`/train-tasks?${query(wanted)}&limit=1&withTotal=true`)).total).toBe(expected.length);
    }),
    { numRuns: 80, interruptAfterTimeLimit: 6000 },
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

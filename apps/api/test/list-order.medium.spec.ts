import { SORT_FIELDS, type TrainTaskSummary } from '@lora-ledger/contracts';
import * as fc from 'fast-check';
import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { aMixedList, walk } from './support/listed.js';
import { rowsOf, submit } from './support/tasks.js';

let app: TestApp;
let eve: Api;
let all: TrainTaskSummary[];

beforeAll(async () => {
  app = await makeApp();
  eve = await app.member('eve');
  all = await aMixedList(app, eve);
});
afterAll(() => app.close());

it.each(SORT_FIELDS.flatMap((field) => [field, `-${field}`]))(
  'shows every task once in the order of %s, those without a value last',
  async (sort) => {
    const rows = await walk(eve, `sort=${sort}`, 17);
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
      expect((await walk(eve, `sort=${sort}`, limit)).map(({ taskId }) => taskId)).toEqual(expected.map(({ task_id: taskId }) => taskId));
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

/** What further columns are sorted by, as expressions over the whole table. */
const FURTHER: Record<string, string> = {
  'metric.loss.last': `(SELECT last_value FROM metric_summary s WHERE s.train_task_id = train_task.id AND s.key = 'loss')`,
  'extra.optimizer': `extra_params ->> 'optimizer' COLLATE "C"`,
  'extra.warmup': `(extra_params ->> 'warmup')::float8`,
  'extra.dora': `(extra_params ->> 'dora')::boolean`,
};

it.each(Object.keys(FURTHER).flatMap((name) => [name, `-${name}`, `loraRank,-${name}`, `-${name},name`]))(
  'shows every task once in the order of %s',
  async (sort) => {
    const order = sort.split(',').map((key) => {
      const name = key.replace(/^-/, '');
      return `${FURTHER[name] ?? expressionOf(name)} ${key.startsWith('-') ? 'DESC' : 'ASC'} NULLS LAST`;
    });
    const last = sort.split(',').at(-1)!;
    const expected = await rowsOf(
      app.database,
      `SELECT task_id FROM train_task ORDER BY ${order.join(', ')}, id ${last.startsWith('-') ? 'DESC' : 'ASC'}`,
    );
    expect((await walk(eve, `sort=${sort}`, 7)).map(({ taskId }) => taskId)).toEqual(expected.map(({ task_id: taskId }) => taskId));
  },
);

it('sorts a parameter that was of many kinds: texts, then numbers by size, then truth values, the rest last', async () => {
  const fay = await app.member('fay');
  const values = [[1], 'b', 10, null, true, 9, 'a', { a: 1 }, 1e300, 'c'.repeat(150), 2e-7];
  for (const value of values) await submit(app, fay, { extraParams: { kind: value } });
  await submit(app, fay);
  const sorted = async (sort: string) =>
    (await walk(fay, `sort=${sort}&column=extra.kind`, 2)).map(({ columns }) => columns?.['extra.kind'] ?? null);
  const inOrder = ['a', 'b', 'c'.repeat(150), 2e-7, 9, 10, 1e300, true];
  // In the order of creation, as nothing else decides.
  const rest = [[1], null, { a: 1 }, null];
  expect(await sorted('extra.kind')).toEqual([...inOrder, ...rest]);
  expect(await sorted('-extra.kind')).toEqual([...[...inOrder].reverse(), ...[...rest].reverse()]);
});

it('refuses the order of a parameter with a comma in its name, whose end is no field', async () => {
  await eve.get('/train-tasks?sort=extra.a,b', 400);
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
  const before = (await walk(eve, 'deleted=only', 2)).map(({ taskId }) => taskId);
  for (const taskId of thrown) await eve.delete(`/train-tasks/${taskId}`);
  const last = [...thrown].reverse();
  expect((await walk(eve, 'deleted=only', 2)).map(({ taskId }) => taskId)).toEqual([...last, ...before]);
  expect((await walk(eve, 'deleted=only&sort=deletedAt', 2)).map(({ taskId }) => taskId)).toEqual([...before.reverse(), ...thrown]);
  expect((await walk(eve, 'deleted=only&sort=-createdAt', 2)).slice(0, 3).map(({ taskId }) => taskId)).toEqual(
    [...tasks].reverse().map(({ taskId }) => taskId),
  );
});

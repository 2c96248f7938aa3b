import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { session, someTask, someUser, type SomeTask, type SomeUser } from './support/callers.js';

let app: TestApp;
let owner: SomeUser;
let api: Api;
beforeAll(async () => {
  app = await makeApp();
  owner = await someUser(app);
  api = app.anonymous.with((await session(app, owner)).accessToken);
});
afterAll(() => app.close());

/** A task whose log came in these chunks. */
async function withLog(...chunks: (string | Buffer)[]): Promise<SomeTask> {
  const task = await someTask(app, owner, { status: 'RUNNING' });
  let offset = 0;
  for (const chunk of chunks.map((one) => Buffer.from(one as string))) {
    await app.database.query('INSERT INTO task_log (train_task_id, start_offset, body) VALUES ($1, $2, $3)', [task.id, offset, chunk]);
    offset += chunk.length;
  }
  return task;
}

type Matches = { items: { offset: number; text: string }[]; nextFrom: number | null };
const search = ({ taskId }: SomeTask, q: string, query = ''): Promise<Matches> =>
  api.get(`/train-tasks/${taskId}/log/search?q=${encodeURIComponent(q)}${query}`);

it('finds lines by text, upper and lower case alike, and says at which byte they begin', async () => {
  const task = await withLog('first line\nERROR: out of memory\nlast: Error again\n');
  expect(await search(task, 'error')).toEqual({
    items: [
      { offset: 11, text: 'ERROR: out of memory' },
      { offset: 32, text: 'last: Error again' },
    ],
    nextFrom: null,
  });
  expect((await search(task, 'nothing')).items).toEqual([]);
  expect((await search(await withLog(), 'x')).items).toEqual([]);
});

it('finds what came in pieces, also when a piece ends inside a character', async () => {
  const [text, needle] = ['训练开始\n损失是 NaN 了\n', '损失是 NaN'];
  const bytes = Buffer.from(text);
  for (let cut = 1; cut < bytes.length; cut += 1) {
    const task = await withLog(bytes.subarray(0, cut), bytes.subarray(cut));
    expect(await search(task, needle)).toEqual({ items: [{ offset: 13, text: '损失是 NaN 了' }], nextFrom: null });
  }
});

it('takes each state of a progress bar for a line', async () => {
  const task = await withLog('steps: 10%|#   | avr_loss=0.2\rsteps: 20%|##  | avr_loss=nan\rsteps: 30%|### | avr_loss=nan\r\ndone\n');
  const { items } = await search(task, 'nan');
  expect(items.map(({ text }) => text)).toEqual(['steps: 20%|##  | avr_loss=nan', 'steps: 30%|### | avr_loss=nan']);
  expect((await api.get(`/train-tasks/${task.taskId}/log?offset=${items[0]!.offset}&limit=10`)).text).toBe('steps: 20%');
});

it('goes on where it stopped, and finds every line once', async () => {
  const task = await withLog(...Array.from({ length: 50 }, (_one, index) => `step ${index}\nother\n`));
  const found: string[] = [];
  let from: number | null = 0;
  for (let round = 0; from !== null && round < 20; round += 1) {
    const page: Matches = await search(task, 'STEP', `&limit=7&from=${from}`);
    found.push(...page.items.map(({ text }) => text));
    from = page.nextFrom;
  }
  expect(found).toEqual(Array.from({ length: 50 }, (_one, index) => `step ${index}`));
  expect(await search(task, 'step', '&from=1000000')).toEqual({ items: [], nextFrom: null });
});

it('shows of a very long line what stands around the match', async () => {
  const {
    items: [match],
  } = await search(await withLog(`${'a'.repeat(3000)}needle${'b'.repeat(3000)}\n`), 'needle');
  expect(match!.text).toContain('needle');
  expect(match!.text.length).toBeLessThanOrEqual(500);
});

it('finds text in a line without end, wherever it is cut for reading', async () => {
  const window = 4 * 1024 * 1024;
  const line = Buffer.alloc(2 * window, 'x');
  line.write('needle', window - 3);
  expect((await search(await withLog(line), 'needle')).items).not.toEqual([]);
});

it('reads 20 MB in a moment', async () => {
  const line = `${'steps: |####      | avr_loss=0.0912 '.repeat(3)}\n`;
  const chunk = Buffer.from(line.repeat(Math.ceil((1024 * 1024) / line.length)));
  const task = await withLog(...Array.from({ length: 20 }, () => chunk), 'CUDA out of memory\n');
  const began = performance.now();
  expect((await search(task, 'out of MEMORY')).items).toEqual([{ offset: 20 * chunk.length, text: 'CUDA out of memory' }]);
  expect(performance.now() - began).toBeLessThan(5000);
});

it('answers the owner only, and only for something to look for', async () => {
  const task = await withLog('secret\n');
  const stranger = app.anonymous.with((await session(app, await someUser(app))).accessToken);
  await stranger.get(`/train-tasks/${task.taskId}/log/search?q=secret`, 404);
  for (const query of ['', '?q=', '?q=x&limit=0', '?q=x&from=-1', `?q=${'x'.repeat(201)}`])
    await api.get(`/train-tasks/${task.taskId}/log/search${query}`, 400);
});

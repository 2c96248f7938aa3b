import fc from 'fast-check';
import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { session, someTask, someUser, taskToken, type SomeUser } from './support/callers.js';
import { BROKEN, nonsenseFor, TEXTS, wellFormed, type OpenApiDocument } from './support/nonsense.js';
import { aTask, submitAndStart } from './support/tasks.js';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 15);
const SEED = 7;
const SLOW_MS = 5000;

let app: TestApp;
let admin: SomeUser;
beforeAll(async () => {
  app = await makeApp();
  admin = await someUser(app, 'admin');
});
afterAll(() => app.close());

describe('text that people write', () => {
  it.each(TEXTS.filter((text) => text.trim() !== '' && text.length <= 200))('is data, whatever it says: %j', async (text) => {
    const { taskId } = await app.admin.post(
      '/train-tasks',
      aTask({ name: text, description: text, note: text, tags: [text.slice(0, 60)], extraParams: { [`x${text}y`]: text } }),
      201,
    );
    const task = await app.admin.get(`/train-tasks/${taskId}`);
    expect(task).toMatchObject({ name: text.trim(), description: text, note: text });
    expect(Object.entries(task.extraParams)).toEqual([[`x${text}y`, text]]);
    const { items } = await app.admin.get(`/train-tasks?limit=100&q=${encodeURIComponent(text)}`);
    expect(
      items.every(({ name, modelName }: { name: string; modelName: string }) =>
        `${name} ${modelName}`.toLowerCase().includes(text.trim().toLowerCase().split(/\s+/)[0]!),
      ),
    ).toBe(true);
    expect(items.map((one: { taskId: string }) => one.taskId)).toContain(taskId);
  });

  it('leaves in a spreadsheet as text, never as a formula', async () => {
    for (const name of ['=1+1', '+1+1', '-1+1', '@SUM(A1)']) await app.admin.post('/train-tasks', aTask({ name }), 201);
    const csv: string = await app.admin.get('/train-tasks/export');
    for (const cell of csv.split(/[,\r\n]/)) expect(cell).not.toMatch(/^"?[=+@]/);
    expect(csv).toContain(`'=1+1`);
  });

  it.each(BROKEN)('is refused when it cannot be kept as it is: %j', async (text) => {
    for (const field of ['name', 'modelName', 'trainDataDir', 'createUser'])
      expect((await app.admin.call('POST', '/train-tasks', aTask({ [field]: text }))).status).toBe(400);
    expect((await app.admin.call('GET', `/train-tasks?q=${encodeURIComponent(wellFormed(text))}`)).status).toBeLessThan(500);
  });
});

it('keeps what a trainer prints as it is, escape codes included', async () => {
  const { taskId, trainer } = await submitAndStart(app, app.admin);
  const text = TEXTS.filter((one) => one.length < 1000).join('\n') + '\n\u001b[31mred\r 50%|#####     |\r100%\n';
  await trainer.post(`/train-tasks/${taskId}/log`, { offset: 0, text });
  await trainer.post(`/train-tasks/${taskId}/fail`, { error: text });
  expect((await app.admin.get(`/train-tasks/${taskId}/log`)).text).toBe(text);
  expect((await app.admin.get(`/train-tasks/${taskId}`)).errorMessage).toBe(text.trim());
});

it('answers nonsense in any parameter or field of any operation with a problem, never with a failure or a long silence', async () => {
  const document = await app.anonymous.get<OpenApiDocument>('/openapi.json');
  let accepted = 0;
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      if (path === '/api/stream') continue;
      await fc.assert(
        fc.asyncProperty(nonsenseFor(operation, document), async ({ ids, query, body }) => {
          const { taskId, caller } = await newcomer(path);
          const address = path
            .replace('/api', '')
            .replace(/\{(\w+)\}/g, (_all, name: string) => (name === 'taskId' && !ids.isTaskToo ? taskId : encodeURIComponent(ids.value)));
          const began = performance.now();
          const answer = await caller.call(method.toUpperCase(), `${address}?${query}`, body);
          accepted += answer.status < 300 ? 1 : 0;
          const told = JSON.stringify({ method, address, query, body, status: answer.status, answer: answer.body }).slice(0, 3000);
          if (answer.status >= 500 && !isMeant(path, answer.status)) throw new Error(told);
          if (answer.status >= 400 && !/problem\+json/.test(answer.headers.get('content-type') ?? ''))
            throw new Error(`no problem document: ${told}`);
          if (performance.now() - began > SLOW_MS) throw new Error(`too slow: ${told}`);
        }),
        { numRuns: RUNS, seed: SEED },
      );
    }
  }
  // Nonsense that is all refused at the door would say little about the rooms behind it.
  expect(accepted).toBeGreaterThan(RUNS * 5);
}, 300_000);

/** A session and a task of its own for every request, so that one that signs out or deletes does not spoil the next. */
async function newcomer(path: string): Promise<{ taskId: string; caller: Api }> {
  const task = await someTask(app, admin);
  const token = path.endsWith('/assignment') ? await taskToken(app, task) : (await session(app, admin)).accessToken;
  return { taskId: task.taskId, caller: app.anonymous.with(token) };
}

/** Not ready is an answer, not a failure, where a route says so on purpose. */
function isMeant(path: string, status: number): boolean {
  return status === 503 && path.startsWith('/api/health/');
}

import { once } from 'node:events';
import { connect } from 'node:net';
import { PROBLEM_CODES } from '@lora-ledger/contracts';
import type { Answer, Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { aTask, rowsOf, submitAndStart, type Trained } from './support/tasks.js';

let app: TestApp;
let eve: Api;
let running: Trained;
const json = { 'Content-Type': 'application/json' };
const MB = 'x'.repeat(1 << 20);

/** Everything that could have been stored by a request that should not have been. */
const contents = () =>
  rowsOf(
    app.database,
    `SELECT (SELECT count(*) FROM train_task) AS tasks, (SELECT count(*) FROM task_event) AS events, (SELECT count(*) FROM metric_point) AS points,
  (SELECT count(*) FROM task_log) AS log, (SELECT count(*) FROM output_file) AS files, (SELECT count(*) FROM idempotency_key) AS keys, (SELECT string_agg(status || version, ',' ORDER BY id) FROM train_task) AS states`,
  );

/** A problem document of the closed list that tells the caller what to change and nothing about the inside. */
function expectProblem({ status, headers, body }: Answer, expected: { status?: number; path?: string } = {}): void {
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  if (expected.status !== undefined) expect(status).toBe(expected.status);
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(body).toMatchObject({
    type: 'about:blank',
    status,
    title: expect.any(String),
    detail: expect.stringMatching(/^.{10,2000}$/s),
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(PROBLEM_CODES).toContain(body.code);
  const text = JSON.stringify(body);
  expect(text).not.toMatch(
    /SELECT |INSERT |UPDATE .* SET|train_task|node_modules|\.ts:\d|\.js:\d|at Object|\/work\/|\/home\/|\/tmp\/|QueryFailed|pg_|syntax error at/,
  );
  expect(text.length).toBeLessThan(20_000);
  if (expected.path !== undefined) expect(body.errors.map(({ path }: { path: string }) => path)).toContain(expected.path);
}

beforeAll(async () => {
  app = await makeApp();
  eve = await app.member('eve');
  running = await submitAndStart(app, eve);
});
afterAll(() => app.close());

let before: unknown;
beforeEach(async () => {
  before = await contents();
});
afterEach(async () => {
  expect(await contents()).toEqual(before);
});

describe('a submission with', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['an unknown field', { lora_rank: 8 }, 'lora_rank'],
    ['rank 0', { loraRank: 0 }, 'loraRank'],
    ['rank 100 000', { loraRank: 100_000 }, 'loraRank'],
    ['rank 1.5', { loraRank: 1.5 }, 'loraRank'],
    ['rank "8"', { loraRank: '8' }, 'loraRank'],
    ['rank null', { loraRank: null }, 'loraRank'],
    ['rank [8]', { loraRank: [8] }, 'loraRank'],
    ['rank {}', { loraRank: {} }, 'loraRank'],
    ['rank true', { loraRank: true }, 'loraRank'],
    ['no rank', { loraRank: undefined }, 'loraRank'],
    ['no model', { modelName: undefined }, 'modelName'],
    ['no data', { trainDataDir: undefined }, 'trainDataDir'],
    ['learning rate 0', { learningRate: 0 }, 'learningRate'],
    ['learning rate -1', { learningRate: -1 }, 'learningRate'],
    ['learning rate "NaN"', { learningRate: 'NaN' }, 'learningRate'],
    ['alpha 0', { loraAlpha: 0 }, 'loraAlpha'],
    ['batch size 0', { batchSize: 0 }, 'batchSize'],
    ['batch size -4', { batchSize: -4 }, 'batchSize'],
    ['a billion epochs', { epochs: 1e9 }, 'epochs'],
    ['no epochs', { epochs: 0 }, 'epochs'],
    ['neither epochs nor steps', { epochs: undefined }, 'epochs'],
    ['steps 1e300', { maxSteps: 1e300 }, 'maxSteps'],
    ['a seed beyond exact numbers', { seed: 2 ** 60 }, 'seed'],
    ['seed -1', { seed: -1 }, 'seed'],
    ['an empty name', { name: '' }, 'name'],
    ['a blank name', { name: '   ' }, 'name'],
    ['a name with a line break', { name: 'a\nb' }, 'name'],
    ['a name of 1 MB', { name: MB }, 'name'],
    ['an empty model', { modelName: '' }, 'modelName'],
    ['a blank model', { modelName: ' \t ' }, 'modelName'],
    ['a model of 1 MB', { modelName: MB }, 'modelName'],
    ['a NUL', { modelName: 'a\0b' }, 'modelName'],
    ['an escape character', { name: '\u001b[31m' }, 'name'],
    ['a NUL in a description', { description: 'a\0' }, 'description'],
    ['half a character in a name', { name: 'a\ud83d' }, 'name'],
    ['half a character in a note', { note: '\udc00' }, 'note'],
    ['half a character in a tag', { tags: ['\ud800'] }, 'tags'],
    ['a path that climbs', { trainDataDir: '../../etc' }, 'trainDataDir'],
    ['an output that climbs', { outputPath: 'out/../../x' }, 'outputPath'],
    ['a path that climbs on Windows', { resumeFrom: '..\\w.safetensors' }, 'resumeFrom'],
    ['a path of 1 MB', { trainDataDir: MB }, 'trainDataDir'],
    ['an empty data folder', { trainDataDir: '' }, 'trainDataDir'],
    ['tags as text', { tags: 'a' }, 'tags'],
    ['an empty tag', { tags: [''] }, 'tags'],
    ['a blank tag', { tags: [' '] }, 'tags'],
    ['51 tags', { tags: Array.from({ length: 51 }, (_one, index) => `t${index}`) }, 'tags'],
    ['a tag that is a number', { tags: [1] }, 'tags'],
    ['an unknown trainer', { trainer: 'nothing' }, 'trainer'],
    ['a description of 1 MB', { description: MB }, 'description'],
    ['a note of 1 MB', { note: MB }, 'note'],
    ['incremental without weights', { incremental: true }, 'resumeFrom'],
    ['incremental "yes"', { incremental: 'yes' }, 'incremental'],
    ['extra parameters as text', { extraParams: 'a' }, 'extraParams'],
    ['extra parameters as a list', { extraParams: [1] }, 'extraParams'],
    ['an extra parameter of 1 MB', { extraParams: { a: MB } }, 'extraParams'],
    ['a NUL in an extra parameter', { extraParams: { a: ['b\0'] } }, 'extraParams'],
    ['half a character in the name of an extra parameter', { extraParams: { 'a\ud800': 1 } }, 'extraParams'],
    ['an extra parameter without a name', { extraParams: { '': 1 } }, 'extraParams'],
    ['extra parameters 20 levels deep', { extraParams: JSON.parse(`${'{"a":'.repeat(20)}1${'}'.repeat(20)}`) }, 'extraParams'],
    ['an extra parameter named constructor', { extraParams: { constructor: 1 } }, 'constructor'],
    [
      '2000 extra parameters',
      { extraParams: Object.fromEntries(Array.from({ length: 2000 }, (_one, index) => [`k${index}`, 1])) },
      'extraParams',
    ],
    ['another owner that is no text', { createUser: 7 }, 'createUser'],
  ])('%s is refused, and told which field to change', async (_what, overrides, path) => {
    expectProblem(await eve.call('POST', '/train-tasks', aTask(overrides)), { status: 400, path });
  });

  it.each([
    ['a learning rate of NaN', '"learningRate":NaN'],
    ['a learning rate of Infinity', '"learningRate":Infinity'],
    ['a learning rate of 1e999', '"learningRate":1e999'],
    ['a rank of 1e999', '"loraRank":1e999'],
    ['an extra parameter of 1e999', '"extraParams":{"lr":1e999}'],
    ['a member named __proto__', '"__proto__":{"loraRank":8}'],
    ['a member named __proto__ deep inside', '"extraParams":{"a":[{"__proto__":{"b":1}}]}'],
    ['a constructor with a prototype', '"constructor":{"prototype":{"a":1}}'],
  ])('%s is refused', async (_what, member) => {
    const body = `{${member},"modelName":"m","batchSize":1,"epochs":1,"trainDataDir":"d"${member.includes('learningRate') ? '' : ',"learningRate":1e-4'}${member.includes('loraRank') ? '' : ',"loraRank":8'}}`;
    expectProblem(await eve.call('POST', '/train-tasks', body, undefined, json), { status: 400 });
    expect(({} as Record<string, unknown>)['loraRank']).toBeUndefined();
  });
});

describe('a body that is', () => {
  const ROUTES = [
    '/train-tasks',
    '/train-tasks/:id/clone',
    '/train-tasks/:id/start',
    '/train-tasks/:id/progress',
    '/train-tasks/:id/fail',
    '/train-tasks/:id/exit',
    '/train-tasks/:id/log',
    '/train-tasks/bulk',
  ];
  const DEEP = '['.repeat(50_000) + ']'.repeat(50_000);
  it.each(
    ROUTES.flatMap((path) =>
      [
        ['no JSON', '{"loraRank": }'],
        ['half a JSON', '{"loraRank": 8'],
        ['a list', '[]'],
        ['a list of objects', '[{}]'],
        ['a text', '"text"'],
        ['a number', '7'],
        ['a JSON that is 50 000 levels deep', `{"points":${DEEP},"env":${DEEP},"overrides":${DEEP}}`],
        ['polluting', '{"__proto__":{"admin":true}}'],
        ['JSON with a comment', '{/* */}'],
        ['not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
      ].map(([what, body]) => [what, path, body] as [string, string, string | Buffer]),
    ),
  )('%s is refused: POST %s', async (_what, path, body) => {
    expectProblem(await eve.call('POST', path.replace(':id', running.taskId), body, undefined, json));
  });

  it.each(ROUTES)('of a type that nobody reads is refused: POST %s', async (path) => {
    for (const type of ['application/xml', 'application/octet-stream', 'image/png', 'application/json; charset=utf-16', 'nonsense']) {
      expectProblem(await eve.call('POST', path.replace(':id', running.taskId), Buffer.from('<a/>'), undefined, { 'Content-Type': type }));
    }
  });

  it('missing is refused where one is needed', async () => {
    for (const path of [
      '/train-tasks',
      `/train-tasks/${running.taskId}/fail`,
      `/train-tasks/${running.taskId}/exit`,
      `/train-tasks/${running.taskId}/log`,
      `/train-tasks/${running.taskId}/progress`,
    ])
      expectProblem(await eve.call('POST', path), { status: path === '/train-tasks' ? undefined : 400 });
    expectProblem(await eve.call('POST', '/train-tasks', 'null', undefined, json), { status: 400 });
  });

  it('50 MB long is refused', async () => {
    expectProblem(await eve.call('POST', '/train-tasks', JSON.stringify(aTask({ description: MB.repeat(50) })), undefined, json), {
      status: 413,
    });
    expectProblem(await eve.call('POST', '/train-tasks', MB.repeat(50), undefined, { 'Content-Type': 'application/yaml' }), {
      status: 413,
    });
  });

  it('50 MB long is answered also to a client that listens only when it has sent all', async () => {
    const { hostname, port } = new URL(app.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /api/train-tasks HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${eve.token}\r\nContent-Type: application/json\r\nContent-Length: ${50 * MB.length}\r\n\r\n`,
    );
    for (let sent = 0; sent < 50; sent += 1) if (!socket.write(MB)) await once(socket, 'drain');
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1.1 413 /);
    socket.destroy();
  });

  it('a configuration file that is none is refused', async () => {
    for (const [text, type] of [
      ['a: [', 'application/yaml'],
      ['a = ', 'application/toml'],
      ['', 'application/yaml'],
      ['just words', 'application/yaml'],
      ['\0', 'application/yaml'],
      ['a: &x [*x, *x]', 'application/yaml'],
    ] as const) {
      expectProblem(await eve.call('POST', '/train-tasks', text, undefined, { 'Content-Type': type }));
    }
  });
});

describe('a report with', () => {
  it.each<[string, string, unknown, string | null]>([
    ['a pid that is text', 'start', { pid: '1' }, 'pid'],
    ['steps below zero', 'start', { totalSteps: -1 }, 'totalSteps'],
    ['an unknown field', 'start', { hots: 'x' }, 'hots'],
    ['an environment that is a list', 'start', { env: [] }, 'env'],
    ['a NUL in its environment', 'start', { env: { a: '\0' } }, 'env'],
    ['an environment of 1 MB', 'start', { env: { a: MB } }, null],
    ['a point without a step', 'progress', { points: [{ key: 'loss', value: 1 }] }, 'points.0.step'],
    ['10 001 points', 'progress', { points: Array.from({ length: 10_001 }, (_one, step) => ({ key: 'k', step, value: 1 })) }, 'points'],
    ['a value "constructor"', 'progress', { points: [{ key: 'loss', step: 1, value: 'constructor' }] }, 'points.0.value'],
    ['no position', 'progress', { loss: 1 }, 'step'],
    ['a log offset below zero', 'log', { offset: -1, text: 'x' }, 'offset'],
    ['a log offset beyond the end', 'log', { offset: 5, text: 'x' }, null],
    ['a log that is no text', 'log', { offset: 0, text: 7 }, 'text'],
    ['a chunk above 1 MiB', 'log', { offset: 0, text: `${MB}x` }, 'text'],
    ['an unknown field', 'finish', { outputs: 'x' }, 'outputs'],
    ['GPU time below zero', 'finish', { gpuSeconds: -1 }, 'gpuSeconds'],
    ['metrics that are a list', 'finish', { metrics: [1] }, 'metrics'],
    ['an output with a NUL', 'finish', { output: 'a\0' }, 'output'],
    ['no error', 'fail', {}, 'error'],
    ['a reason that is none', 'fail', { error: 'x', reason: 'WEATHER' }, 'reason'],
    ['an error of 1 MB', 'fail', { error: MB }, 'error'],
    ['no exit', 'exit', {}, 'hasFreshOutput'],
    [
      'a file of 1e300 bytes',
      'exit',
      { hasFreshOutput: true, lastLines: '', outputFiles: [{ path: 'a', size: 1e300, sha256: 'a'.repeat(64) }] },
      'outputFiles.0.size',
    ],
    [
      'a file without its hash',
      'exit',
      { hasFreshOutput: true, lastLines: '', outputFiles: [{ path: 'a', size: 1, sha256: 'x' }] },
      'outputFiles.0.sha256',
    ],
    ['an exit code of 1e12', 'exit', { exitCode: 1e12, hasFreshOutput: true, lastLines: '', outputFiles: [] }, 'exitCode'],
  ])('%s is refused: %s', async (_what, verb, body, path) => {
    expectProblem(
      await running.trainer.call('POST', `/train-tasks/${running.taskId}/${verb}`, body),
      path === null ? {} : { status: 400, path },
    );
  });
});

describe('an address with', () => {
  it.each([
    'not-a-uuid',
    '1',
    '%00',
    '../users',
    '0',
    'null',
    'a'.repeat(36),
    '00000000-0000-0000-0000-00000000000g',
    'a'.repeat(400),
    "' OR 1=1 --",
    '%F0%9F',
  ])('the task id "%s" is refused', async (taskId) => {
    for (const path of ['', '/events', '/metrics', '/log', '/start']) {
      const encoded = taskId.startsWith('%') ? taskId : encodeURIComponent(taskId);
      expectProblem(await eve.call(path === '/start' ? 'POST' : 'GET', `/train-tasks/${encoded}${path}`));
    }
  });

  it('a task id that nobody has is not found', async () => {
    expectProblem(await eve.call('GET', '/train-tasks/00000000-0000-4000-8000-000000000000'), { status: 404 });
  });

  it.each(['/nothing', '/train-tasks/', '/train-tasks//', '/%', '/train-tasks/%E0%A4%A'])(
    'nothing behind it is told so: %s',
    async (path) => {
      expectProblem(await eve.call('GET', path));
    },
  );

  it('more than a server reads of one is told how much that is', async () => {
    const answer = await eve.call('GET', `/train-tasks?q=${'a'.repeat(20_000)}`);
    expectProblem(answer, { status: 413 });
    expect(answer.body.detail).toContain('16 KiB');
  });

  it('a greeting that is no HTTP is told so', async () => {
    const { hostname, port } = new URL(app.url);
    const socket = connect(Number(port), hostname);
    socket.write('EHLO ledger\r\n\r\n');
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1.1 400 Bad Request\r\nContent-Type: application\/problem\+json\r\n[\s\S]*"code":"VALIDATION"/);
    socket.destroy();
  });

  it('a method it does not answer to is told so', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) expectProblem(await eve.call(method, '/train-tasks'));
  });
});

describe('a list with', () => {
  const forge = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  it.each<[string, string, string]>([
    ['limit 0', 'limit=0', 'limit'],
    ['limit 101', 'limit=101', 'limit'],
    ['limit -1', 'limit=-1', 'limit'],
    ['limit abc', 'limit=abc', 'limit'],
    ['limit 1.5', 'limit=1.5', 'limit'],
    ['limit 1e999', 'limit=1e999', 'limit'],
    ['an empty limit', 'limit=', 'limit'],
    ['an unknown parameter', 'state=FAILED', 'state'],
    ['two limits', 'limit=1&limit=2', 'limit'],
    ['two cursors', 'cursor=a&cursor=b', 'cursor'],
    ['two sorts', 'sort=name&sort=-name', 'sort'],
    ['two questions', 'q=a&q=b', 'q'],
    ['an unknown state', 'status=DONE', 'status'],
    ['an unknown reason', 'failureReason=WEATHER', 'failureReason'],
    ['an unknown order', 'sort=loss', 'sort'],
    ['SQL for an order', 'sort=name;DROP TABLE train_task', 'sort'],
    ['a day that does not exist', 'createdFrom=2026-02-30', 'createdFrom'],
    ['the year 99999', 'createdTo=99999-01-01', 'createdTo'],
    ['the year 0', 'startedFrom=0000-01-01T00:00:00Z', 'startedFrom'],
    ['a zone that does not exist', 'startedTo=2026-01-01T00:00:00%2B23:00', 'startedTo'],
    ['a time that is words', 'createdFrom=yesterday', 'createdFrom'],
    ['a rank that is words', 'loraRankMin=low', 'loraRankMin'],
    ['a rank of 1e999', 'loraRankMax=1e999', 'loraRankMax'],
    ['a loss of NaN', 'finalLossMin=NaN', 'finalLossMin'],
    ['a NUL', 'q=%00', 'q'],
    ['a NUL in a list', 'modelName=a%00', 'modelName'],
    ['a NUL in an extra parameter', 'extra.a=%00', 'extra'],
    ['an extra parameter twice', 'extra.a=1&extra.a=2', 'extra'],
    ['an extra parameter without a name', 'extra.=1', 'extra'],
    ['a question of 10 kB', `q=${'x'.repeat(10_000)}`, 'q'],
    ['a fingerprint that is none', 'fingerprint=abc', 'fingerprint'],
    ['a family that is none', 'family=abc', 'family'],
    ['a trash that is none', 'deleted=maybe', 'deleted'],
    ['a total that is none', 'withTotal=1', 'withTotal'],
    ['a cursor of nothing', 'cursor=%20', 'cursor'],
    ['a cursor of words', 'cursor=next', 'cursor'],
    ['a cursor of 10 kB', `cursor=${'a'.repeat(10_000)}`, 'cursor'],
    ['a cursor of another order', `cursor=${forge(['name', 'a', '1'])}`, 'cursor'],
    ['a cursor with SQL', `cursor=${forge(['-createdAt', '1', '1) OR (1=1'])}`, 'cursor'],
    ['a cursor to no day', `sort=startTime&cursor=${forge(['startTime', '2026-02-30 00:00:00+00', '1'])}`, 'cursor'],
    ['a cursor to a huge number', `sort=finalLoss&cursor=${forge(['finalLoss', '1e9999', '1'])}`, 'cursor'],
    ['a parameter named __proto__', '__proto__=1', '__proto__'],
    ['a parameter named constructor', 'constructor=1', 'constructor'],
    ['an extra parameter named __proto__', 'extra.__proto__=1', '__proto__'],
    ['half an escape', 'limit=%zz', 'limit'],
  ])('%s is refused', async (_what, query, path) => {
    expectProblem(await eve.call('GET', `/train-tasks?${query}`), { status: 400, path });
  });

  it.each([
    'loraRankMin=1e308',
    'loraRankMax=-1e308',
    'createdFrom=0001-01-01',
    'createdTo=9999-12-31T23:59:59.999Z',
    'q=%25_%5C',
    'q=%F0%9F%98%80',
    "extra.a'b=1",
    `extra.${'a'.repeat(300)}=1`,
    'tag=%27',
    'limit=1e1',
  ])('the odd but right %s is answered', async (query) => {
    expect(await eve.get(`/train-tasks?${query}`)).toMatchObject({ items: expect.any(Array) });
  });

  it.each([
    'metrics?maxPoints=9',
    'metrics?maxPoints=20001',
    'metrics?from=-1',
    'metrics?to=1e300',
    'metrics?keys=%00',
    'log?limit=0',
    'log?limit=2000000',
    'log?offset=x',
    'log?offset=1e300',
  ])('wrong bounds is refused: %s', async (path) => {
    expectProblem(await eve.call('GET', `/train-tasks/${running.taskId}/${path}`), { status: 400 });
  });
});

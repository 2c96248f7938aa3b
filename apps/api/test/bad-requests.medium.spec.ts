import { once } from 'node:events';
import { connect } from 'node:net';
import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { expectNothingStored, expectProblem, MB } from './support/refusals.js';
import { aTask, submitAndStart, type Trained } from './support/tasks.js';

let app: TestApp;
let eve: Api;
let running: Trained;
const json = { 'Content-Type': 'application/json' };

beforeAll(async () => {
  app = await makeApp();
  eve = await app.member('eve');
  running = await submitAndStart(app, eve);
});
afterAll(() => app.close());
expectNothingStored(() => app);

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

import { request as httpRequest } from 'node:http';
import { TaskList } from '../src/train-task/task-list.js';
import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { session, share, someTask, someUser, type SomeUser } from './support/callers.js';
import { until } from './support/tasks.js';

let app: TestApp;
let owner: SomeUser;
let api: Api;
beforeAll(async () => {
  app = await makeApp();
});
beforeEach(async () => {
  owner = await someUser(app);
  api = app.anonymous.with((await session(app, owner)).accessToken);
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => app.close());

/** Cells of a CSV text (RFC 4180), read independently of how it is written. */
function cells(text: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    if (plain === '' && end === '' && quoted === undefined) break;
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}

/** As it stands in the file, with the mark that `fetch` would take away. */
async function csv(query = ''): Promise<{ mark: string; rows: Record<string, string>[] }> {
  const response = await fetch(`${app.url}/api/train-tasks/export?${query}`, { headers: { Authorization: `Bearer ${api.token}` } });
  const bytes = Buffer.from(await response.arrayBuffer());
  const [header = [], ...rest] = cells(bytes.subarray(3).toString('utf8'));
  return {
    mark: bytes.subarray(0, 3).toString('hex'),
    rows: rest.map((row) => Object.fromEntries(header.map((name, index) => [name, row[index] ?? '']))),
  };
}

async function many(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await someTask(app, owner, { name: `task ${index}`, lora_rank: index + 1 });
}

it('brings every task the filter selects, however many pages that are, in the order of the list', async () => {
  await many(230);
  const { rows } = await csv('sort=loraRank&loraRankMin=11&limit=7&cursor=ignored');
  expect(rows.map(({ loraRank }) => Number(loraRank))).toEqual(Array.from({ length: 220 }, (_one, index) => index + 11));
  const json = await api.get('/train-tasks/export?format=json&sort=-loraRank');
  expect(json.map(({ loraRank }: { loraRank: number }) => loraRank)).toEqual(Array.from({ length: 230 }, (_one, index) => 230 - index));
});

it('says what kind of file it is and how to call it', async () => {
  for (const [format, type] of [
    ['csv', 'text/csv; charset=utf-8'],
    ['json', 'application/json; charset=utf-8'],
  ]) {
    const { headers } = await api.call('GET', `/train-tasks/export?format=${format}`, undefined, 200);
    expect([headers.get('content-type'), headers.get('content-disposition')]).toEqual([
      type,
      `attachment; filename="lora-ledger-tasks.${format}"`,
    ]);
  }
});

it('is a file also when there is nothing to tell', async () => {
  expect(await api.get('/train-tasks/export?format=json&q=nothing')).toEqual([]);
  const { mark, rows } = await csv('q=nothing');
  expect([mark, rows]).toEqual(['efbbbf', []]);
});

it('keeps every cell what it was: quotes, commas, line breaks, Chinese', async () => {
  const description = 'first line\nsecond, with "quotes"';
  await someTask(app, owner, { name: '水墨, 风格 "三"', description, tags: ['线', 'a b'], extra_params: { optimizer: 'adamw' } });
  const {
    rows: [row],
  } = await csv();
  expect(row).toMatchObject({
    name: '水墨, 风格 "三"',
    description,
    tags: '["线","a b"]',
    extraParams: '{"optimizer":"adamw"}',
    createUser: owner.username,
    learningRate: '0.0001',
  });
});

it.each(['=HYPERLINK("http://evil.example")', '+1+cmd', '-2+3', '@SUM(A1)'])(
  'takes the power from a name that a spreadsheet would run: %s',
  async (name) => {
    await someTask(app, owner, { name, description: `\n${name}` });
    const {
      rows: [row],
    } = await csv();
    expect(row).toMatchObject({ name: `'${name}`, description: `'\n'${name}` });
  },
);

it("holds own tasks only, shared ones where they are asked for, and everybody's for an admin", async () => {
  const stranger = await someUser(app);
  const [mine, shared, foreign] = [
    await someTask(app, owner, { name: 'mine' }),
    await someTask(app, stranger, { name: 'shared' }),
    await someTask(app, stranger, { name: 'foreign' }),
  ];
  await share(app, shared, stranger, owner);
  const ids = async (who: Api, query: string): Promise<string[]> =>
    (await who.get(`/train-tasks/export?format=json&${query}`)).map(({ taskId }: { taskId: string }) => taskId);
  expect(await ids(api, '')).toEqual([mine.taskId]);
  expect((await ids(api, 'scope=all')).sort()).toEqual([mine.taskId, shared.taskId].sort());
  expect(await ids(api, `user=${stranger.username}`)).toEqual([]);
  expect(await ids(app.admin, `user=${stranger.username}`)).toEqual([foreign.taskId, shared.taskId]);
});

it('refuses a wrong filter before the file begins', async () => {
  expect((await api.get('/train-tasks/export?sort=colour', 400)).code).toBe('VALIDATION');
  await api.get('/train-tasks/export?format=xlsx', 400);
});

it('stops reading when nobody takes the rest', async () => {
  await many(150);
  const list = app.app.get(TaskList);
  const page = list.page.bind(list);
  let [pages, isOver] = [0, false];
  // A file without end: every page says that there is another one.
  jest.spyOn(list, 'page').mockImplementation(async (query, caller) => {
    pages += 1;
    const answer = await page({ ...query, cursor: undefined }, caller);
    return { ...answer, nextCursor: 'more' };
  });
  await new Promise<void>((resolve, reject) => {
    const request = httpRequest(
      `${app.url}/api/train-tasks/export?format=json`,
      { headers: { Authorization: `Bearer ${api.token}` } },
      (response) => {
        response.once('data', () => {
          response.destroy();
          isOver = true;
          resolve();
        });
      },
    );
    request.on('error', (error) => (isOver ? undefined : reject(error))).end();
  });
  const seen = await until(async () => {
    const before = pages;
    for (let request = 0; request < 10; request += 1) await api.get('/trainers');
    return before === pages && before;
  }, 100);
  expect(seen).toBeGreaterThan(0);
});

it('has the further columns of the list at the end of each line', async () => {
  await someTask(app, owner, { name: 'with extras', extra_params: { optimizer: '=adamw' } });
  const {
    rows: [row],
  } = await csv('column=extra.optimizer&column=metric.loss.min');
  expect(row).toMatchObject({ name: 'with extras', 'extra.optimizer': "'=adamw", 'metric.loss.min': '' });
});

import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { apiToken, session, someUser, type SomeUser } from './support/callers.js';

let app: TestApp;
let anna: Api;
let bela: Api;
let annaUser: SomeUser;
beforeAll(async () => {
  app = await makeApp();
});
beforeEach(async () => {
  await app.database.query('DELETE FROM saved_view');
  annaUser = await someUser(app);
  anna = app.anonymous.with((await session(app, annaUser)).accessToken);
  bela = app.anonymous.with((await session(app, await someUser(app))).accessToken);
});
afterAll(() => app.close());

const VIEW = { name: 'Failed last week', page: 'tasks', query: 'status=FAILED&sort=-endTime' };
const save = (api: Api, overrides: object = {}, status = 201) => api.post('/saved-views', { ...VIEW, ...overrides }, status);
const names = async (api: Api): Promise<string[]> => (await api.get('/saved-views')).items.map(({ name }: { name: string }) => name);

it("is its owner's, until it is offered to everyone", async () => {
  const view = await save(anna, { name: '  Failed last week ' });
  expect(view).toEqual({ id: expect.stringMatching(/^\d+$/), ...VIEW, audience: 'mine', owner: annaUser.username });
  expect(await names(anna)).toEqual(['Failed last week']);
  expect([await names(bela), await names(app.admin)]).toEqual([[], []]);
  expect(await anna.call('PUT', `/saved-views/${view.id}`, { ...VIEW, name: 'For all', audience: 'everyone' }, 200)).toMatchObject({
    body: { name: 'For all', audience: 'everyone' },
  });
  expect((await bela.get('/saved-views')).items).toEqual([{ ...view, name: 'For all', audience: 'everyone' }]);
});

it("stands with its owner's others, own ones first, by name", async () => {
  await save(bela, { name: 'A of bela', audience: 'everyone' });
  for (const name of ['c', 'b']) await save(anna, { name });
  expect(await names(anna)).toEqual(['b', 'c', 'A of bela']);
});

it('is not pushed out by what others offer', async () => {
  await app.database.query(
    `INSERT INTO saved_view (id, user_id, name, page, query, audience) SELECT n, (SELECT id FROM app_user WHERE username = 'ada'), 'a' || n, 'tasks', '', 'everyone' FROM generate_series(1, 700) n`,
  );
  await save(anna, { name: 'z' });
  expect((await names(anna))[0]).toBe('z');
});

it('is changed and deleted by its owner; to others it is not there', async () => {
  const [own, offered] = [await save(anna), await save(anna, { audience: 'everyone' })];
  for (const { id } of [own, offered]) {
    await bela.call('PUT', `/saved-views/${id}`, VIEW, 404);
    await bela.delete(`/saved-views/${id}`, 404);
    await app.admin.call('PUT', `/saved-views/${id}`, VIEW, 404);
  }
  await anna.delete(`/saved-views/${own.id}`);
  await anna.delete(`/saved-views/${own.id}`, 404);
  expect(await names(anna)).toEqual([offered.name]);
  for (const id of ['0', 'x', '123456789012345678901']) await anna.delete(`/saved-views/${id}`, 404);
});

it('can be taken away by an admin when it is offered to everyone, not when it is private', async () => {
  const [own, offered] = [await save(anna), await save(anna, { audience: 'everyone' })];
  await app.admin.delete(`/saved-views/${own.id}`, 404);
  await app.admin.delete(`/saved-views/${offered.id}`);
  expect(await names(anna)).toEqual([VIEW.name]);
});

it('leaves a line in the audit log for each change', async () => {
  const { id } = await save(anna);
  await anna.call('PUT', `/saved-views/${id}`, { ...VIEW, query: 'status=SUCCESS', audience: 'everyone' }, 200);
  await app.admin.delete(`/saved-views/${id}`);
  const { items } = await app.admin.get(`/audit-log?subject=${id}`);
  expect(items.map(({ action, actor }: { action: string; actor: string }) => [action, actor])).toEqual([
    ['saved-view.deleted', 'ada'],
    ['saved-view.changed', annaUser.username],
    ['saved-view.created', annaUser.username],
  ]);
  expect(items[1].changes).toEqual({ query: { from: VIEW.query, to: 'status=SUCCESS' }, audience: { from: 'mine', to: 'everyone' } });
});

it('is one of 200 at most; a deleted one makes room', async () => {
  await app.database.query(
    `INSERT INTO saved_view (id, user_id, name, page, query, audience) SELECT n, $1, 'v' || n, 'tasks', '', 'mine' FROM generate_series(1, 200) n`,
    [annaUser.id],
  );
  expect((await save(anna, {}, 409)).code).toBe('STATE_CONFLICT');
  await anna.delete('/saved-views/1');
  await save(anna);
  expect(await names(anna)).toHaveLength(200);
});

it.each<[string, object]>([
  ['without a name', { name: ' ' }],
  ['with a name too long', { name: 'x'.repeat(101) }],
  ['of a page there is not', { page: 'secrets' }],
  ['with a query too long', { query: 'x'.repeat(4001) }],
  ['for an audience there is not', { audience: 'friends' }],
  ['with a field there is not', { owner: 'ada' }],
])('is refused %s', async (_what, overrides) => {
  await save(anna, overrides, 400);
});

it('is made by an API token that may submit, and read by one that may read', async () => {
  const [reader, submitter] = await Promise.all(
    (['read', 'submit'] as const).map(async (scope) => app.anonymous.with(await apiToken(app, annaUser, [scope]))),
  );
  await save(submitter!);
  expect(await names(reader!)).toEqual([VIEW.name]);
  await save(reader!, {}, 403);
});

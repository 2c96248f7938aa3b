import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { apiToken, session, someTask, someUser } from './support/callers.js';

let app: TestApp;
beforeAll(async () => {
  app = await makeApp();
});
afterAll(() => app.close());

const PASSWORD = 'a good long secret';

describe('the last admin', () => {
  it('can neither be deleted, disabled nor demoted, by themselves either', async () => {
    const { user } = await app.admin.get('/auth/me');
    await app.admin.delete(`/users/${user.id}`, 409);
    await app.admin.patch(`/users/${user.id}`, { disabled: true }, 409);
    await app.admin.patch(`/users/${user.id}`, { role: 'member' }, 409);
    expect((await app.admin.get('/auth/me')).user).toMatchObject({ role: 'admin', disabled: false });
  });

  it('stays when two admins remove each other at the same moment', async () => {
    const attacks = [
      (api: Api, id: string) => api.call('PATCH', `/users/${id}`, { role: 'member' }),
      (api: Api, id: string) => api.call('PATCH', `/users/${id}`, { disabled: true }),
      (api: Api, id: string) => api.call('DELETE', `/users/${id}`),
    ];
    const { user: ada } = await app.admin.get('/auth/me');
    await app.database.query(`UPDATE app_user SET role = 'member' WHERE id = $1`, [ada.id]);
    for (const attack of [...attacks, ...attacks, ...attacks]) {
      const pair = [await someUser(app, 'admin'), await someUser(app, 'admin')];
      const [one, other] = await Promise.all(pair.map(async (user) => app.anonymous.with((await session(app, user)).accessToken)));
      const answers = await Promise.all([attack(one!, pair[1]!.id), attack(other!, pair[0]!.id)]);
      const admins = await app.database.query(`SELECT id FROM app_user WHERE role = 'admin' AND NOT disabled AND deleted_at IS NULL`);
      expect(admins).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 200 || status === 204)).toHaveLength(1);
      await app.database.query(`UPDATE app_user SET role = 'member' WHERE role = 'admin'`);
    }
    await app.database.query(`UPDATE app_user SET role = 'admin' WHERE id = $1`, [ada.id]);
  });
});

describe('an account', () => {
  it('is refused with a password that is short, guessable or the username', async () => {
    for (const password of [
      'elevenchars',
      'aaaaaaaaaaaaaaaa',
      'abcdefghijklmnop',
      'password12345678',
      'margarethe-margarethe',
      'qwertyuiop123456',
    ]) {
      const { errors } = await app.admin.post('/users', { username: 'margarethe', password, role: 'member' }, 400);
      expect(errors[0].path).toBe('password');
    }
  });

  it('has a name that nobody else has, whatever the case, until it is deleted', async () => {
    const first = await app.admin.post('/users', { username: 'Otto', password: PASSWORD, role: 'member' }, 201);
    await app.admin.post('/users', { username: 'otto', password: PASSWORD, role: 'member' }, 409);
    await app.admin.delete(`/users/${first.id}`);
    const second = await app.admin.post('/users', { username: 'otto', password: PASSWORD, role: 'member' }, 201);
    await app.admin.post(`/users/${first.id}/restore`, undefined, 409);
    await app.admin.delete(`/users/${second.id}`);
    expect(await app.admin.post(`/users/${first.id}/restore`)).toMatchObject({ username: 'Otto' });
    await app.anonymous.signIn('otto', PASSWORD);
  });

  it('ends at once when it is disabled: sessions, access tokens and API tokens', async () => {
    const user = await someUser(app);
    const callers = [(await session(app, user)).accessToken, await apiToken(app, user, ['read'])].map((token) => app.anonymous.with(token));
    for (const caller of callers) await caller.get('/auth/me');
    await app.admin.patch(`/users/${user.id}`, { disabled: true });
    for (const caller of callers) await caller.get('/auth/me', 401);
  });

  it('loses admin rights with the next request after it is demoted', async () => {
    const user = await someUser(app, 'admin');
    const caller = app.anonymous.with((await session(app, user)).accessToken);
    await caller.get('/users');
    await app.admin.patch(`/users/${user.id}`, { role: 'member' });
    await caller.get('/users', 403);
  });

  it('gets a new password from an admin, which ends its sessions', async () => {
    const member = await app.member('rita');
    const { user } = await member.get('/auth/me');
    await app.admin.patch(`/users/${user.id}`, { password: 'short' }, 400);
    await app.admin.patch(`/users/${user.id}`, { password: 'an entirely new secret' });
    await member.get('/auth/me', 401);
    await app.anonymous.signIn('rita', 'an entirely new secret');
  });

  it('leaves its tasks behind when it is deleted, for admins to find', async () => {
    const user = await someUser(app);
    const task = await someTask(app, user);
    const token = await apiToken(app, user, ['read']);
    await app.admin.delete(`/users/${user.id}`);
    await app.anonymous.with(token).get('/auth/me', 401);
    expect(await app.admin.get(`/train-tasks/${task.taskId}`)).toMatchObject({ createUser: user.username });
  });

  it('never shows its password hash', async () => {
    const bodies = [await app.admin.get('/users'), await app.admin.get('/auth/me'), await app.admin.get('/audit-log?limit=100')];
    expect(JSON.stringify(bodies)).not.toMatch(/argon2|hash/i);
  });
});

it('lists everybody by name, page by page, each once', async () => {
  for (const name of ['zoe', 'Anna', 'bert', 'Carl']) await someUser(app, 'member', `list-${name}`);
  const names: string[] = [];
  let cursor = '';
  do {
    const page = await app.admin.get(`/users?limit=3${cursor}`);
    names.push(...page.items.map(({ username }: { username: string }) => username));
    cursor = page.nextCursor === null ? '' : `&cursor=${encodeURIComponent(page.nextCursor)}`;
  } while (cursor !== '');
  const all = (await app.admin.get('/users?limit=100')).items.map(({ username }: { username: string }) => username);
  expect(names).toEqual(all);
  expect(names.filter((name) => name.startsWith('list-'))).toEqual(['list-Anna', 'list-bert', 'list-Carl', 'list-zoe']);
  await app.admin.get('/users?cursor=made-up', 400);
});

import { SetupService } from '../src/auth/setup.service.js';
import type { Api } from './support/api.js';
import { ADMIN, makeApp, type TestApp } from './support/app.js';
import { session, someUser } from './support/callers.js';
import { freshDatabase } from './support/database.js';

let app: TestApp;
beforeAll(async () => {
  app = await makeApp();
});
afterAll(() => app.close());

describe('the first admin', () => {
  let fresh: TestApp;
  let code: string;
  beforeEach(async () => {
    fresh = await makeApp({ LEDGER_ADMIN_USERNAME: '', LEDGER_ADMIN_PASSWORD: '' });
    code = (await fresh.app.get(SetupService).pendingCode()) ?? '';
  });
  afterEach(() => fresh.close());
  const password = 'nine unrelated words';

  it('comes in with the code from the console, and only once', async () => {
    expect(await fresh.anonymous.get('/auth/status')).toEqual({ setupRequired: true, singleSignOn: null });
    const { accessToken } = await fresh.anonymous.post('/auth/setup', { code: code.toLowerCase(), username: 'grace', password });
    expect((await fresh.anonymous.with(accessToken).get('/auth/me')).user).toMatchObject({ username: 'grace', role: 'admin' });
    expect(await fresh.anonymous.get('/auth/status')).toMatchObject({ setupRequired: false });
    expect(await fresh.app.get(SetupService).pendingCode()).toBeNull();
    await fresh.anonymous.post('/auth/setup', { code, username: 'mallory', password }, 409);
  });

  it('is nobody by default: a wrong code, a weak password or a guess opens nothing', async () => {
    await fresh.anonymous.post('/auth/setup', { code: '00000-00000-00000-00000', username: 'mallory', password }, 403);
    await fresh.anonymous.post('/auth/setup', { code, username: 'grace', password: 'short' }, 400);
    await fresh.anonymous.post('/auth/login', { username: 'admin', password: 'admin' }, 401);
    expect(await fresh.database.query('SELECT count(*)::int AS n FROM app_user')).toEqual([{ n: 0 }]);
  });

  it('is one person, however many try at the same moment, at whichever instance', async () => {
    const instances = [
      fresh,
      ...(await Promise.all(
        [1, 2].map(() => makeApp({ LEDGER_ADMIN_USERNAME: '', LEDGER_ADMIN_PASSWORD: '', DATABASE_URL: fresh.databaseUrl })),
      )),
    ];
    expect(await Promise.all(instances.map(({ app: instance }) => instance.get(SetupService).pendingCode()))).toEqual([code, code, code]);
    const answers = await Promise.all(
      instances.flatMap(({ anonymous }, number) =>
        [1, 2].map((turn) => anonymous.call('POST', '/auth/setup', { code, username: `grace${number}${turn}`, password })),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
    await Promise.all(instances.slice(1).map((instance) => instance.close()));
  });
});

it('refuses to start with a first admin whose password is weak', async () => {
  await expect(makeApp({ LEDGER_ADMIN_USERNAME: 'ada', LEDGER_ADMIN_PASSWORD: 'password' })).rejects.toThrow(
    /LEDGER_ADMIN_PASSWORD must have at least 12 characters/,
  );
});

it('leaves an existing admin alone when the environment names another', async () => {
  const databaseUrl = await freshDatabase();
  const first = await makeApp({ DATABASE_URL: databaseUrl });
  await first.close();
  const second = await makeApp({ DATABASE_URL: databaseUrl, LEDGER_ADMIN_PASSWORD: 'another good secret' });
  await second.anonymous.post('/auth/login', { ...ADMIN, password: 'another good secret' }, 401);
  await second.anonymous.post('/auth/login', ADMIN);
  await second.close();
});

describe('a session', () => {
  it('is a cookie that scripts cannot read and other sites cannot send', async () => {
    const { headers } = await app.anonymous.call('POST', '/auth/login', ADMIN, 200);
    const cookie = headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/^ledger_session=[\w-]{43};/);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    expect(cookie).not.toMatch(/Secure/);
  });

  it('is marked Secure when the browser came by TLS', async () => {
    const proxied = await makeApp({ LEDGER_TRUSTED_PROXIES: '1' });
    const { headers } = await proxied.anonymous.call('POST', '/auth/login', ADMIN, 200, { 'X-Forwarded-Proto': 'https' });
    expect(headers.get('set-cookie')).toMatch(/Secure/);
    await proxied.close();
  });

  it('begins anew at every sign-in, and the former one of the same browser ends', async () => {
    const first = await cookieOf(app.anonymous);
    const second = await cookieOf(app.anonymous, first);
    expect(second).not.toBe(first);
    expect(await meWith(first)).toBe(401);
    expect(await meWith(second)).toBe(200);
  });

  it('ends with sign-out, together with its access token', async () => {
    const user = await someUser(app);
    const { accessToken } = await session(app, user);
    const caller = app.anonymous.with(accessToken);
    await caller.get('/auth/me');
    await caller.post('/auth/logout', undefined, 204);
    await caller.get('/auth/me', 401);
  });

  it.each([
    ['has not been used for a day', `last_seen_at = now() - interval '25 hours'`],
    ['is two weeks old, used or not', `expires_at = now() - interval '1 second'`],
  ])('ends when it %s', async (_why, change) => {
    const user = await someUser(app);
    const { accessToken, secret } = await session(app, user);
    await app.database.query(`UPDATE session SET ${change} WHERE user_id = $1`, [user.id]);
    await app.anonymous.with(accessToken).get('/auth/me', 401);
    expect(await meWith(`ledger_session=${secret}`)).toBe(401);
  });

  it('can be ended from elsewhere by its owner, and by nobody else', async () => {
    const [user, other] = [await someUser(app), await someUser(app)];
    const [here, there] = [await session(app, user), await session(app, user)];
    const caller = app.anonymous.with(here.accessToken);
    const { items } = await caller.get('/auth/sessions');
    expect(items.map((one: { current: boolean }) => one.current).sort()).toEqual([false, true]);
    const elsewhere = items.find((one: { current: boolean }) => !one.current).id;
    await app.anonymous.with((await session(app, other)).accessToken).delete(`/auth/sessions/${elsewhere}`, 404);
    await app.anonymous.with(there.accessToken).get('/auth/me');
    await caller.delete(`/auth/sessions/${elsewhere}`);
    await app.anonymous.with(there.accessToken).get('/auth/me', 401);
  });
});

describe('a new password', () => {
  it('needs the present one, ends every other session, and goes on with a new one', async () => {
    const before = await app.member('nora');
    const elsewhere = await app.anonymous.signIn('nora', 'nora has a long password');
    await before.post('/auth/password', { currentPassword: 'not this one', newPassword: 'a different long secret' }, 400);
    await before.post('/auth/password', { currentPassword: 'nora has a long password', newPassword: 'short' }, 400);
    const { accessToken } = await before.post('/auth/password', {
      currentPassword: 'nora has a long password',
      newPassword: 'a different long secret',
    });
    await app.anonymous.with(accessToken).get('/auth/me');
    await before.get('/auth/me', 401);
    await elsewhere.get('/auth/me', 401);
    await app.anonymous.signIn('nora', 'a different long secret');
    await app.anonymous.post('/auth/login', { username: 'nora', password: 'nora has a long password' }, 401);
  });
});

describe('an access token', () => {
  it('is refused when anything about it is not ours', async () => {
    const { accessToken } = await session(app, await someUser(app));
    const [head, body, signature] = accessToken.split('.');
    const unsigned = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${body}.`;
    for (const forged of [`${head}.${body}.${signature?.slice(0, -2)}xx`, unsigned, `${head}.${body}.`, 'x', 'a.b.c']) {
      await app.anonymous.with(forged).get('/auth/me', 401);
    }
    await app.anonymous.with(accessToken).get('/auth/me');
  });

  it('cannot be forged with the signing key alone', async () => {
    const user = await someUser(app);
    await session(app, user);
    const [{ value }] = await app.database.query(`SELECT value FROM setting WHERE name = 'signing_key'`);
    const { JwtService } = await import('@nestjs/jwt');
    const forged = await new JwtService().signAsync(
      { sub: user.id, jti: 'guessed' },
      { secret: value, issuer: 'lora-ledger', expiresIn: 60 },
    );
    await app.anonymous.with(forged).get('/auth/me', 401);
  });
});

async function cookieOf(api: Api, former?: string): Promise<string> {
  const { headers } = await api.call('POST', '/auth/login', ADMIN, 200, former === undefined ? {} : { Cookie: former });
  return headers.get('set-cookie')?.split(';')[0] ?? '';
}

async function meWith(cookie: string): Promise<number> {
  return (await app.anonymous.call('GET', '/auth/me', undefined, undefined, { Cookie: cookie })).status;
}

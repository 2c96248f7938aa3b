import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { makeApp, type TestApp } from './support/app.js';
import { TinyBrowser } from './support/browser.js';

const PEOPLE: Record<string, object> = {
  anna: { name: 'Anna A.', preferred_username: 'anna', email: 'anna@example.org', groups: ['trainers', 'ledger-admins'] },
  bert: { name: 'Bert B.', preferred_username: 'bert', email: 'bert@example.org', groups: ['trainers'] },
  eve: { name: 'Eve', preferred_username: 'eve', groups: ['guests'] },
  ada2: { name: 'Not Ada', preferred_username: 'ada', email: 'ada@example.org', groups: ['trainers'] },
  odd: { preferred_username: '../<script>', groups: ['trainers'] },
};
let provider: ChildProcess;
let app: TestApp;

beforeAll(async () => {
  const port = await freePort();
  provider = spawn(process.execPath, [join(__dirname, 'support/oidc-provider.mjs')], {
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      TEST_PEOPLE: JSON.stringify(PEOPLE),
      TEST_REDIRECT_URIS: `http://127.0.0.1:${port}/api/auth/sso/callback`,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [issuer] = (await once(provider.stdout!, 'data')) as [Buffer];
  app = await makeApp({
    LEDGER_PORT: String(port),
    LEDGER_OIDC_ISSUER: issuer.toString().trim(),
    LEDGER_OIDC_CLIENT_ID: 'ledger',
    LEDGER_OIDC_CLIENT_SECRET: 'a secret of the client',
    LEDGER_OIDC_NAME: 'Test company',
    LEDGER_OIDC_ADMIN_GROUP: 'ledger-admins',
    LEDGER_OIDC_MEMBER_GROUP: 'trainers',
  });
});
afterAll(async () => {
  await app.close();
  provider.kill();
});

it('is offered on the sign-in page by name', async () => {
  expect(await app.anonymous.get('/auth/status')).toMatchObject({ singleSignOn: 'Test company' });
});

it('lets somebody in whom the provider knows, as what their groups say, and goes on to the page they wanted', async () => {
  const [anna, bert] = [await signIn('anna', '/tasks/new'), await signIn('bert')];
  expect(anna.goesTo).toBe('/tasks/new');
  expect(await me(anna.browser)).toMatchObject({ username: 'anna', displayName: 'Anna A.', email: 'anna@example.org', role: 'admin' });
  expect(await me(bert.browser)).toMatchObject({ username: 'bert', role: 'member' });
});

it('knows them again the next time, and follows when a group is lost', async () => {
  const first = await me((await signIn('bert')).browser);
  await app.database.query(`UPDATE app_user SET role = 'admin' WHERE username = 'bert'`);
  const second = await me((await signIn('bert')).browser);
  expect(second.id).toBe(first.id);
  expect(second.role).toBe('member');
});

it('turns away who is in no group that may come in', async () => {
  const { browser, goesTo } = await signIn('eve');
  expect(goesTo).toBe('/sign-in?sso=refused');
  expect(browser.cookie(app.url, 'ledger_session')).toBeUndefined();
});

it('never opens an account that was made here, however equal the name: the newcomer gets a name of their own', async () => {
  const { browser } = await signIn('ada2');
  expect(await me(browser)).toMatchObject({ username: 'ada-2', role: 'member' });
});

it('makes a name that fits out of whatever the provider sends', async () => {
  expect((await me((await signIn('odd')).browser)).username).toMatch(/^[A-Za-z0-9][\w.@-]*$/);
});

it('keeps out who is disabled or deleted here', async () => {
  const { id } = await me((await signIn('bert')).browser);
  await app.admin.patch(`/users/${id}`, { disabled: true });
  expect((await signIn('bert')).goesTo).toBe('/sign-in?sso=refused');
  await app.admin.patch(`/users/${id}`, { disabled: false });
  await app.admin.delete(`/users/${id}`);
  expect((await signIn('bert')).goesTo).toBe('/sign-in?sso=refused');
  await app.admin.post(`/users/${id}/restore`);
  expect((await signIn('bert')).goesTo).toBe('/');
});

it('has no password that could be guessed', async () => {
  await signIn('anna');
  await app.anonymous.post('/auth/login', { username: 'anna', password: '' }, 400);
  await app.anonymous.post('/auth/login', { username: 'anna', password: 'anything at all' }, 401);
});

it('fails when the answer belongs to another browser, is played twice, is altered, or nobody has asked', async () => {
  const { callback, browser } = await untilCallback('anna');
  expect(await goesTo(new TinyBrowser(), callback.href)).toBe('/sign-in?sso=failed');
  const altered = new URL(callback);
  altered.searchParams.set('state', 'another');
  expect(await goesTo(await cloneOf(browser), altered.href)).toBe('/sign-in?sso=failed');
  const again = await untilCallback('anna');
  expect(await goesTo(again.browser, again.callback.href)).toBe('/');
  expect(await goesTo(again.browser, again.callback.href)).toBe('/sign-in?sso=failed');
});

it('fails when the person says no at the provider', async () => {
  const browser = new TinyBrowser();
  const { location } = await browser.visit(`${app.url}/api/auth/sso`, ({ pathname }) => pathname.startsWith('/interaction/'));
  expect(await goesTo(browser, location!.href)).toBe('/sign-in?sso=failed');
});

it.each(['https://evil.example/', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/a b'])(
  'goes on to no page of another site: %s',
  async (next) => {
    expect((await signIn('anna', next)).goesTo).toBe('/');
  },
);

it('cannot be used to fill the audit log', async () => {
  await app.database.query('TRUNCATE sign_in_failure');
  const before = (await app.database.query('SELECT count(*)::int AS n FROM audit_log'))[0].n;
  for (let turn = 0; turn < 80; turn += 1) await goesTo(new TinyBrowser(), `${app.url}/api/auth/sso/callback?code=x&state=y`);
  expect((await app.database.query('SELECT count(*)::int AS n FROM audit_log'))[0].n - before).toBeLessThanOrEqual(60);
  await app.database.query('TRUNCATE sign_in_failure');
});

it('is told in the audit log', async () => {
  const { items } = await app.admin.get('/audit-log?action=user.created&limit=100');
  expect(items.find(({ subject }: { subject: string }) => subject === 'anna')).toMatchObject({ changes: { role: { to: 'admin' } } });
  expect((await app.admin.get('/audit-log?action=session.refused&limit=100')).items[0].changes.singleSignOn).toBeDefined();
});

it('says so when the provider is down, and lets people in by password meanwhile', async () => {
  const alone = await makeApp({ LEDGER_OIDC_ISSUER: 'http://127.0.0.1:9', LEDGER_OIDC_CLIENT_ID: 'x', LEDGER_OIDC_CLIENT_SECRET: 'x' });
  await alone.anonymous.get('/auth/sso', 503);
  await alone.admin.get('/auth/me');
  await alone.close();
});

it.each([
  [{ LEDGER_OIDC_ISSUER: 'https://id.example.org' }, /go together/],
  [{ LEDGER_OIDC_ISSUER: 'http://id.example.org', LEDGER_OIDC_CLIENT_ID: 'x', LEDGER_OIDC_CLIENT_SECRET: 'x' }, /must be an https/],
])('refuses to start with half a configuration: %j', async (env, message) => {
  await expect(makeApp(env as Record<string, string>)).rejects.toThrow(message);
});

async function untilCallback(account: string, next?: string): Promise<{ browser: TinyBrowser; callback: URL }> {
  const browser = new TinyBrowser();
  const start = `${app.url}/api/auth/sso${next === undefined ? '' : `?next=${encodeURIComponent(next)}`}`;
  const { location: interaction } = await browser.visit(start, ({ pathname }) => pathname.startsWith('/interaction/'));
  const { location: callback } = await browser.visit(`${interaction!.href}?as=${account}`, ({ pathname }) =>
    pathname.endsWith('/callback'),
  );
  return { browser, callback: callback! };
}

async function signIn(account: string, next?: string): Promise<{ browser: TinyBrowser; goesTo: string }> {
  const { browser, callback } = await untilCallback(account, next);
  return { browser, goesTo: await goesTo(browser, callback.href) };
}

async function goesTo(browser: TinyBrowser, address: string): Promise<string> {
  const { location } = await browser.visit(
    address,
    ({ pathname }) => !pathname.startsWith('/api/') && !pathname.startsWith('/auth/') && !pathname.startsWith('/interaction/'),
  );
  return location!.pathname + location!.search;
}

async function cloneOf(browser: TinyBrowser): Promise<TinyBrowser> {
  return Object.assign(new TinyBrowser(), structuredClone(browser));
}

async function me(browser: TinyBrowser): Promise<{ id: string; username: string; role: string }> {
  const { body } = await app.anonymous.call('GET', '/auth/me', undefined, 200, {
    Cookie: `ledger_session=${browser.cookie(app.url, 'ledger_session') ?? ''}`,
  });
  return body.user;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADMIN, makeApp, type TestApp } from './support/app.js';

let app: TestApp;
let cookie: string;
let csrfToken: string;
beforeAll(async () => {
  app = await makeApp({ LEDGER_ALLOWED_HOSTS: 'ledger.example.org, .team.example.org', LEDGER_TRUSTED_PROXIES: '1' });
  const { headers, body } = await app.anonymous.call('POST', '/auth/login', ADMIN, 200);
  cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
  csrfToken = body.csrfToken;
});
afterAll(() => app.close());

describe('a change made with the cookie', () => {
  const change = (headers: Record<string, string>) =>
    app.anonymous.call('POST', '/auth/tokens', { name: 'x', scopes: ['read'] }, undefined, { Cookie: cookie, ...headers });

  it('works from our own page, which knows the token', async () => {
    expect((await change({ Origin: app.url, 'X-CSRF-Token': csrfToken })).status).toBe(201);
    expect((await change({ 'Sec-Fetch-Site': 'same-origin', 'X-CSRF-Token': csrfToken })).status).toBe(201);
  });

  it.each<[string, Record<string, string>]>([
    ['from another site', { Origin: 'https://evil.example' }],
    ['from another port of this host', { Origin: 'http://127.0.0.1:1' }],
    ['from a sandboxed frame', { Origin: 'null' }],
    ['from nowhere', {}],
    ['when the browser says cross-site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['when the browser says same-site', { 'Sec-Fetch-Site': 'same-site' }],
  ])('is refused %s, even with the token', async (_where, headers) => {
    const { status, body } = await change({ ...headers, 'X-CSRF-Token': csrfToken });
    expect(status).toBe(403);
    expect(body.code).toBe('FORBIDDEN');
  });

  it("is refused without the token, or with another session's", async () => {
    const other = await app.anonymous.call('POST', '/auth/login', ADMIN, 200);
    const attempts: Record<string, string>[] = [{}, { 'X-CSRF-Token': '' }, { 'X-CSRF-Token': other.body.csrfToken }];
    for (const headers of attempts) {
      const { status, body } = await change({ Origin: app.url, ...headers });
      expect(status).toBe(403);
      expect(body.detail).toMatch(/X-CSRF-Token/);
    }
  });

  it('does not begin with a sign-in that another site has sent', async () => {
    await app.anonymous.call('POST', '/auth/login', ADMIN, 403, { Origin: 'https://evil.example' });
    await app.anonymous.call('POST', '/auth/login', ADMIN, 403, { 'Sec-Fetch-Site': 'cross-site' });
  });

  it('learns its token again from GET /auth/me after a reload', async () => {
    const { body } = await app.anonymous.call('GET', '/auth/me', undefined, 200, { Cookie: cookie });
    expect(body.csrfToken).toBe(csrfToken);
  });
});

it('lets no page of another site read an answer', async () => {
  const { headers } = await app.anonymous.call('GET', '/auth/me', undefined, 200, { Cookie: cookie, Origin: 'https://evil.example' });
  expect(headers.get('access-control-allow-origin')).toBeNull();
  const preflight = await app.anonymous.call('OPTIONS', '/train-tasks', undefined, undefined, {
    Origin: 'https://evil.example',
    'Access-Control-Request-Method': 'POST',
  });
  expect(preflight.headers.get('access-control-allow-origin')).toBeNull();
});

describe('every answer', () => {
  it.each(['/auth/status', '/auth/me', '/nothing-here', '/train-tasks/not-a-uuid'])(
    'of %s carries the headers that keep a browser safe',
    async (path) => {
      const { headers } = await app.anonymous.call('GET', path);
      expect(headers.get('content-security-policy')).toMatch(/script-src 'self';/);
      expect(headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'/);
      expect(headers.get('content-security-policy')).not.toMatch(/script-src[^;]*unsafe/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('strict-transport-security')).toBeNull();
    },
  );

  it('tells a browser that came by TLS to stay with it', async () => {
    const { headers } = await app.anonymous.call('GET', '/auth/status', undefined, 200, { 'X-Forwarded-Proto': 'https' });
    expect(headers.get('strict-transport-security')).toMatch(/max-age=31536000/);
  });

  it('names the request in the header and in the problem alike', async () => {
    const { headers, body } = await app.anonymous.call('GET', '/auth/me');
    expect(body.requestId).toBe(headers.get('x-request-id'));
  });
});

describe('the Host header', () => {
  it.each(['evil.example', 'localhost.evil.example', 'ledger.example.org.evil.example', '127.0.0.1.evil.example', 'xteam.example.org'])(
    'is refused when it says %s',
    async (host) => {
      expect(await statusWithHost(host)).toBe(403);
    },
  );

  it.each([
    'localhost',
    'localhost:3000',
    '127.0.0.1:9',
    '[::1]:3000',
    'ledger.example.org',
    'LEDGER.example.org:443',
    'a.team.example.org',
  ])('is fine when it says %s', async (host) => {
    expect(await statusWithHost(host)).toBe(200);
  });

  it('counts as the proxy forwards it', async () => {
    expect((await app.anonymous.call('GET', '/auth/status', undefined, undefined, { 'X-Forwarded-Host': 'evil.example' })).status).toBe(
      403,
    );
  });
});

it('believes no forwarded address without a proxy that is trusted', async () => {
  const direct = await makeApp();
  await direct.anonymous.call('POST', '/auth/login', { username: 'x', password: 'y' }, 401, { 'X-Forwarded-For': '203.0.113.66' });
  const [{ address }] = await direct.database.query(`SELECT address FROM audit_log WHERE action = 'session.refused'`);
  expect(address).toMatch(/127\.0\.0\.1$/);
  await direct.close();
});

it('waits for no request for ever: a client that sends a byte now and then is given up', () => {
  const { requestTimeout, headersTimeout } = app.app.getHttpServer();
  expect(requestTimeout).toBeGreaterThan(0);
  expect(requestTimeout).toBeLessThanOrEqual(600_000);
  expect(headersTimeout).toBeGreaterThan(0);
  expect(headersTimeout).toBeLessThanOrEqual(60_000);
});

describe('a body', () => {
  it('that is no JSON is told so', async () => {
    const { status, body } = await app.anonymous.call('POST', '/auth/login', '{"username":', undefined, {
      'Content-Type': 'application/json',
    });
    expect([status, body.code]).toEqual([400, 'VALIDATION']);
  });

  it.each([
    '{"__proto__":{"role":"admin"},"username":"x","password":"y"}',
    '{"constructor":{"prototype":{"x":1}},"username":"x","password":"y"}',
  ])('with %s poisons nothing', async (text) => {
    expect((await app.anonymous.call('POST', '/auth/login', text, undefined, { 'Content-Type': 'application/json' })).status).toBe(400);
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('of 50 MB is refused', async () => {
    const { status, body } = await app.anonymous.call(
      'POST',
      '/auth/login',
      JSON.stringify({ username: 'x'.repeat(50_000_000), password: 'y' }),
      undefined,
      { 'Content-Type': 'application/json' },
    );
    expect([status, body.code]).toEqual([413, 'TOO_LARGE']);
  });

  it('with a field that does not exist is refused by name', async () => {
    const { body } = await app.anonymous.call('POST', '/auth/login', { ...ADMIN, role: 'admin' }, 400);
    expect(body.errors[0].path).toBe('role');
  });
});

describe('the files of the admin UI', () => {
  let withUi: TestApp;
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ledger-ui-'));
    mkdirSync(join(folder, 'ui/assets'), { recursive: true });
    writeFileSync(join(folder, 'secret.txt'), 'TOP SECRET');
    writeFileSync(join(folder, 'ui/index.html'), '<title>the page</title>');
    writeFileSync(join(folder, 'ui/assets/main.js'), 'run()');
    withUi = await makeApp({ LEDGER_UI_DIR: join(folder, 'ui') });
  });
  afterAll(() => withUi.close());

  it('are served with the same headers as everything else', async () => {
    for (const path of ['/', '/assets/main.js', '/tasks/17']) {
      const { status, headers } = await fetch(withUi.url + path);
      expect(status).toBe(200);
      expect(headers.get('content-security-policy')).toMatch(/script-src 'self';.*frame-ancestors 'none'/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '/..\\secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '//secret.txt',
    '/secret.txt%00.js',
    '/assets/%00',
    '/%c0%ae%c0%ae/secret.txt',
    '/....//secret.txt',
    '/file:///etc/passwd',
  ])('are all there is: %s leads nowhere else', async (path) => {
    const { status, text } = await raw(withUi.url, path);
    expect(status).toBeLessThan(500);
    expect(text).not.toMatch(/TOP SECRET|root:/);
  });
});

async function statusWithHost(host: string): Promise<number> {
  return (await raw(app.url, '/api/auth/status', { Host: host })).status;
}

/** Sends exactly this path and these headers; fetch would tidy up the path, and does not let a program choose the host. */
function raw(url: string, path: string, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    httpRequest({ hostname, port, path, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString() }));
    })
      .on('error', reject)
      .end();
  });
}

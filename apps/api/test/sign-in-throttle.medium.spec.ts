import { ADMIN, makeApp, type TestApp } from './support/app.js';

const WRONG = 'surely not the password';

let app: TestApp;
beforeAll(async () => {
  app = await makeApp({ LEDGER_TRUSTED_PROXIES: '1' });
});
beforeEach(() => app.database.query('TRUNCATE sign_in_failure'));
afterAll(() => app.close());

it('stops guessing at one account after ten attempts, and says how long to wait', async () => {
  for (let attempt = 0; attempt < 10; attempt += 1) expect((await signIn('ada', WRONG)).status).toBe(401);
  const { status, headers, body } = await signIn('ada', WRONG);
  expect(status).toBe(429);
  expect(body.code).toBe('RATE_LIMITED');
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(800);
  expect((await signIn('ada', ADMIN.password)).status).toBe(429);
});

it('does not lock the owner out who comes from another address', async () => {
  for (let attempt = 0; attempt < 12; attempt += 1) await signIn('ada', WRONG, '203.0.113.9');
  expect((await signIn('ada', ADMIN.password, '198.51.100.7')).status).toBe(200);
});

it('stops one address that tries many accounts, counting a whole IPv6 household as one', async () => {
  for (let attempt = 0; attempt < 60; attempt += 1) await signIn(`nobody${attempt}`, WRONG, `2001:db8:7:7::${attempt.toString(16)}`);
  expect((await signIn('somebody', WRONG, '2001:db8:7:7:ffff::1')).status).toBe(429);
  expect((await signIn('somebody', WRONG, '2001:db8:7:8::1')).status).toBe(401);
});

it('stops guessing at one account from very many addresses', async () => {
  for (let attempt = 0; attempt < 100; attempt += 1) await signIn('ada', WRONG, `203.0.113.${attempt}`);
  expect((await signIn('ada', WRONG, '198.51.100.1')).status).toBe(429);
}, 60_000);

it('cannot be used to lock somebody out of the place they are signed in from', async () => {
  expect((await signIn('ada', ADMIN.password, '198.51.100.20')).status).toBe(200);
  await app.database.query('TRUNCATE sign_in_failure');
  for (let attempt = 0; attempt < 105; attempt += 1) await signIn('ada', WRONG, `203.0.113.${attempt}`);
  expect((await signIn('ada', ADMIN.password, '198.51.100.21')).status).toBe(429);
  expect((await signIn('ada', ADMIN.password, '198.51.100.20')).status).toBe(200);
  for (let attempt = 0; attempt < 11; attempt += 1) await signIn('ada', WRONG, '198.51.100.20');
  expect((await signIn('ada', ADMIN.password, '198.51.100.20')).status).toBe(429);
}, 60_000);

it('counts parallel guesses as well as patient ones', async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, () => signIn('ada', WRONG)));
  expect(answers.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(10);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401, 429]));
});

it('starts anew after the right password, and after the window', async () => {
  for (let attempt = 0; attempt < 9; attempt += 1) await signIn('ada', WRONG);
  expect((await signIn('ada', ADMIN.password)).status).toBe(200);
  for (let attempt = 0; attempt < 11; attempt += 1) await signIn('ada', WRONG);
  expect((await signIn('ada', ADMIN.password)).status).toBe(429);
  await app.database.query(`UPDATE sign_in_failure SET window_ends = now() - interval '1 second'`);
  expect((await signIn('ada', ADMIN.password)).status).toBe(200);
});

it('says the same of a wrong password, an unknown name and a disabled account', async () => {
  const disabled = await app.admin.post('/users', { username: 'dora', password: 'a good long secret', role: 'member' }, 201);
  await app.admin.patch(`/users/${disabled.id}`, { disabled: true });
  const answers = [await signIn('ada', WRONG), await signIn('nobody', WRONG), await signIn('dora', 'a good long secret')];
  const sentences = answers.map(({ status, body }) => ({ status, detail: body.detail, code: body.code }));
  expect(sentences[1]).toEqual(sentences[0]);
  expect(sentences[2]).toEqual(sentences[0]);
});

it('takes as long for an unknown name as for a wrong password', async () => {
  const duration = async (username: string): Promise<number> => {
    const began = performance.now();
    await signIn(username, WRONG, `203.0.113.${Math.floor(Math.random() * 250)}`);
    return performance.now() - began;
  };
  // In turn, and the quickest of each: other work on the machine only ever makes a sign-in slower.
  let [known, unknown] = [Infinity, Infinity];
  for (let round = 0; round < 9; round += 1) {
    known = Math.min(known, await duration('ada'));
    unknown = Math.min(unknown, await duration(`nobody${Math.random()}`));
  }
  // Hashing takes tens of milliseconds: leaving it out for unknown names would be many times faster.
  expect(unknown / known).toBeGreaterThan(0.4);
  expect(unknown / known).toBeLessThan(2.5);
});

async function signIn(username: string, password: string, address = '192.0.2.1') {
  return app.anonymous.call('POST', '/auth/login', { username, password }, undefined, { 'X-Forwarded-For': address });
}

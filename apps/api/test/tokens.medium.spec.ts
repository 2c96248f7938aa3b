import { mintToken } from '../src/auth/secrets.js';
import { makeApp, type TestApp } from './support/app.js';
import { session, someTask, someUser, taskToken } from './support/callers.js';
import { points, submit, submitAndStart } from './support/tasks.js';

let app: TestApp;
beforeAll(async () => {
  app = await makeApp();
});
afterAll(() => app.close());

describe('an API token', () => {
  it('is shown once, recognised by its prefix afterwards, and gone when it is revoked', async () => {
    const owner = await app.member('tom');
    const { secret, ...created } = await owner.post('/auth/tokens', { name: 'notebook', scopes: ['read', 'submit'] }, 201);
    expect(secret).toMatch(/^llp_[0-9a-f]{72}$/);
    const { items } = await owner.get('/auth/tokens');
    expect(items).toEqual([created]);
    expect(secret.startsWith(items[0].prefix)).toBe(true);
    expect(JSON.stringify(items)).not.toContain(secret);
    const holder = app.anonymous.with(secret);
    expect((await holder.get('/auth/me')).user.username).toBe('tom');
    expect((await owner.get('/auth/tokens')).items[0].lastUsedAt).not.toBeNull();
    await owner.delete(`/auth/tokens/${created.id}`);
    await holder.get('/auth/me', 401);
    expect((await owner.get('/auth/tokens')).items).toEqual([]);
  });

  it('ends at its expiry', async () => {
    const owner = await app.member('tina');
    await owner.post('/auth/tokens', { name: 'late', scopes: ['read'], expiresAt: '2020-01-01T00:00:00.000Z' }, 400);
    const { secret, id } = await owner.post(
      '/auth/tokens',
      { name: 'soon', scopes: ['read'], expiresAt: new Date(Date.now() + 60_000).toISOString() },
      201,
    );
    await app.anonymous.with(secret).get('/auth/me');
    await app.database.query(`UPDATE api_token SET expires_at = now() WHERE id = $1`, [id]);
    await app.anonymous.with(secret).get('/auth/me', 401);
  });

  it('must name a scope that exists', async () => {
    for (const scopes of [[], ['everything'], 'read', null]) await app.admin.post('/auth/tokens', { name: 'x', scopes }, 400);
  });

  it('cannot be revoked by somebody else', async () => {
    const [owner, other] = [await app.member('tilda'), await app.member('theo')];
    const { id, secret } = await owner.post('/auth/tokens', { name: 'mine', scopes: ['read'] }, 201);
    await other.delete(`/auth/tokens/${id}`, 404);
    await app.admin.delete(`/auth/tokens/${id}`, 404);
    await app.anonymous.with(secret).get('/auth/me');
  });
});

it('keeps no secret: what is in the database opens nothing', async () => {
  const owner = await someUser(app);
  const signedIn = await session(app, owner);
  const task = await someTask(app, owner);
  const { secret } = await app.anonymous.with(signedIn.accessToken).post('/auth/tokens', { name: 'x', scopes: ['read'] }, 201);
  const secrets = [signedIn.secret, signedIn.accessToken, signedIn.csrfToken, secret, await taskToken(app, task)];
  const tables = ['session', 'api_token', 'task_token', 'app_user', 'setting', 'audit_log', 'sign_in_failure'];
  for (const table of tables) {
    const stored = JSON.stringify(await app.database.query(`SELECT to_jsonb(x)::text AS row FROM ${table} x`));
    for (const one of secrets) {
      expect(stored).not.toContain(one);
      expect(stored).not.toContain(Buffer.from(one).toString('hex'));
    }
  }
});

describe('a task token', () => {
  it('reports while its task lives, completes the record for ten minutes after the end, and is nothing afterwards', async () => {
    const { taskId, trainer } = await submitAndStart(app, app.admin);
    const path = `/train-tasks/${taskId}`;
    await trainer.post(`${path}/progress`, points(3));
    await trainer.post(`${path}/finish`, { output: 'out.safetensors' });
    await trainer.post(`${path}/log`, { offset: 0, text: 'last words\n' });
    await trainer.post(`${path}/finish`, { output: 'out.safetensors' });
    const late = await trainer.call('POST', `${path}/fail`, { error: 'changed my mind' });
    expect(late.status).toBe(409);
    expect(await app.admin.get(path)).toMatchObject({ status: 'SUCCESS' });
    await app.database.query(`UPDATE train_task SET end_time = now() - interval '11 minutes' WHERE task_id = $1`, [taskId]);
    for (const [report, body] of [
      ['log', { offset: 0, text: 'x' }],
      ['finish', {}],
      ['fail', { error: 'x' }],
      ['heartbeat', undefined],
    ] as const) {
      await trainer.post(`${path}/${report}`, body, 401);
    }
    // Whose token it is may be remembered for some seconds on this route; then the state of the task refuses the points.
    expect([401, 409]).toContain((await trainer.call('POST', `${path}/progress`, points(9))).status);
    expect((await app.admin.get(`${path}/metrics`)).series[0].total).toBe(3);
  });

  it('dies with a task that is thrown away', async () => {
    const { taskId, trainer } = await submit(app, app.admin);
    await app.admin.delete(`/train-tasks/${taskId}`);
    await trainer.post(`/train-tasks/${taskId}/start`, {}, 401);
  });

  it('is worth nothing when nobody has minted it', async () => {
    const { taskId } = await submit(app, app.admin);
    await app.anonymous.with(mintToken('llt_')).post(`/train-tasks/${taskId}/start`, {}, 401);
    await app.anonymous.with('llt_').post(`/train-tasks/${taskId}/start`, {}, 401);
  });
});

import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { session, someTask, someUser } from './support/callers.js';
import { aTask, submitAndStart } from './support/tasks.js';

interface Line {
  id: string;
  at: string;
  actor: string;
  via: string;
  action: string;
  subjectType: string;
  subjectId: string | null;
  subject: string | null;
  changes: Record<string, { from?: unknown; to?: unknown }> | null;
  address: string | null;
  requestId: string | null;
}

let app: TestApp;
beforeAll(async () => {
  app = await makeApp();
});
afterAll(() => app.close());

const lines = async (query: string): Promise<Line[]> => (await app.admin.get(`/audit-log?${query}`)).items;

describe('every change leaves a line', () => {
  it('about a task: who, what, which, from where, in which request, and what was before', async () => {
    const owner = await app.member('olga');
    const { taskId } = await owner.post('/train-tasks', aTask({ name: 'first try' }), 201);
    const { headers } = await owner.call('PATCH', `/train-tasks/${taskId}`, { name: 'second try', tags: ['style'] }, 200);
    await owner.post(`/train-tasks/${taskId}/cancel`);
    await owner.delete(`/train-tasks/${taskId}`);
    await owner.post(`/train-tasks/${taskId}/restore`);
    const found = await lines(`subject=${taskId}`);
    expect(found.map(({ action }) => action)).toEqual(['task.restored', 'task.trashed', 'task.cancelled', 'task.edited', 'task.created']);
    expect(found[3]).toMatchObject({
      actor: 'olga',
      via: 'access-token',
      subjectType: 'task',
      subjectId: taskId,
      requestId: headers.get('x-request-id'),
      changes: { name: { from: 'first try', to: 'second try' }, tags: { from: [], to: ['style'] } },
    });
    expect(found[3]?.address).toMatch(/127\.0\.0\.1$/);
    expect(found[2]?.changes).toEqual({ status: { from: 'PENDING', to: 'CANCELLED' } });
  });

  it('about a person, with the fields that changed and without any password', async () => {
    const { id } = await app.admin.post('/users', { username: 'pia', password: 'a very secret phrase', role: 'member' }, 201);
    await app.admin.patch(`/users/${id}`, { role: 'admin', displayName: 'Pia P.', password: 'another secret phrase' });
    await app.admin.delete(`/users/${id}`);
    await app.admin.post(`/users/${id}/restore`);
    const found = await lines(`subject=${id}`);
    expect(found.map(({ action }) => action)).toEqual(['user.restored', 'user.deleted', 'user.changed', 'user.created']);
    expect(found[2]?.changes).toMatchObject({ role: { from: 'member', to: 'admin' }, displayName: { from: null, to: 'Pia P.' } });
    expect(JSON.stringify(found)).not.toMatch(/secret phrase|argon2/);
  });

  it('about sessions, passwords and tokens', async () => {
    const member = await app.member('quentin');
    const { id, secret } = await member.post('/auth/tokens', { name: 'ci', scopes: ['read'] }, 201);
    await member.delete(`/auth/tokens/${id}`);
    await member.post('/auth/password', { currentPassword: 'quentin has a long password', newPassword: 'a different long secret' });
    await app.anonymous.post('/auth/login', { username: 'quentin', password: 'wrong' }, 401);
    const found = await lines('actor=quentin');
    expect(found.map(({ action }) => action)).toEqual([
      'session.started',
      'user.password-changed',
      'api-token.revoked',
      'api-token.created',
      'session.started',
    ]);
    expect((await lines('action=session.refused'))[0]).toMatchObject({ actor: 'anonymous', subject: 'quentin', via: 'none' });
    expect(JSON.stringify(found)).not.toContain(secret);
  });

  it('about what a trainer reports, as the trainer', async () => {
    const { taskId, trainer } = await submitAndStart(app, app.admin);
    await trainer.post(`/train-tasks/${taskId}/fail`, { error: 'CUDA out of memory' });
    const found = await lines(`subject=${taskId}`);
    expect(found.map(({ action, actor, via }) => [action, actor, via])).toEqual([
      ['task.failed', 'trainer', 'task-token'],
      ['task.started', 'trainer', 'task-token'],
      ['task.created', 'ada', 'access-token'],
    ]);
  });

  it('about a token that was made for a task', async () => {
    const { taskId } = await app.admin.post('/train-tasks', aTask(), 201);
    const { token } = await app.admin.post(`/train-tasks/${taskId}/token`, undefined, 201);
    const found = await lines(`subject=${taskId}`);
    expect(found.map(({ action }) => action)).toEqual(['task.token-created', 'task.created']);
    expect(JSON.stringify(found)).not.toContain(token);
  });

  it('and a change that was refused leaves none', async () => {
    const { taskId } = await app.admin.post('/train-tasks', aTask(), 201);
    await app.admin.post(`/train-tasks/${taskId}/retry`, undefined, 409);
    await app.admin.patch(`/train-tasks/${taskId}`, { loraRank: 8 }, 400);
    expect((await lines(`subject=${taskId}`)).map(({ action }) => action)).toEqual(['task.created']);
  });
});

describe("an admin who looks at somebody else's task", () => {
  it('leaves one line for one look, however often the page asks', async () => {
    const task = await someTask(app, await someUser(app));
    for (const part of ['', '/log', '/metrics', '/events', '']) await app.admin.get(`/train-tasks/${task.taskId}${part}`);
    expect((await lines(`subject=${task.taskId}`)).map(({ action, actor }) => [action, actor])).toEqual([['task.viewed', 'ada']]);
  });

  it('leaves a line for each task of a comparison, and for an export', async () => {
    const owner = await someUser(app);
    const tasks = [await someTask(app, owner), await someTask(app, owner)];
    await app.admin.get(`/train-tasks/compare?ids=${tasks[0]!.taskId}&ids=${tasks[1]!.taskId}`);
    for (const { taskId } of tasks) expect(await lines(`subject=${taskId}`)).toHaveLength(1);
    const before = (await lines('action=task.exported')).length;
    await app.admin.get('/train-tasks/export?format=json&status=FAILED');
    expect(await lines('action=task.exported')).toHaveLength(before + 1);
  });

  it('leaves none when the task is their own, and neither does its owner', async () => {
    const owner = await someUser(app);
    const task = await someTask(app, owner);
    await app.anonymous.with((await session(app, owner)).accessToken).get(`/train-tasks/${task.taskId}`);
    const { taskId } = await app.admin.post('/train-tasks', aTask(), 201);
    await app.admin.get(`/train-tasks/${taskId}`);
    expect(await lines(`subject=${task.taskId}`)).toEqual([]);
    expect(await lines(`subject=${taskId}&action=task.viewed`)).toEqual([]);
  });
});

it.each(["UPDATE audit_log SET actor = 'nobody'", 'DELETE FROM audit_log', 'TRUNCATE audit_log', 'DELETE FROM audit_log WHERE false'])(
  'refuses %s, even to the program itself',
  async (statement) => {
    await expect(app.database.query(statement)).rejects.toThrow(/append-only/);
  },
);

describe('reading the log', () => {
  const marker = 'user.imported';
  beforeAll(async () => {
    await app.database.query(
      `INSERT INTO audit_log (at, actor, via, action, subject_type, subject_id, subject, changes)
       SELECT timestamptz '2025-01-01' + n * interval '1 hour', '=cmd' || (n % 3), 'console', $1, 'user', n::text, 'line ' || n, '{"note": {"to": "a,\\"b\\""}}' FROM generate_series(1, 2345) n`,
      [marker],
    );
  });

  it('goes page by page, newest first, each line once', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: Line[]; nextCursor: string | null } = await app.admin.get(
        `/audit-log?action=${marker}&limit=100${cursor === null ? '' : `&cursor=${cursor}`}`,
      );
      seen.push(...page.items.map(({ subjectId }) => subjectId ?? ''));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(Array.from({ length: 2345 }, (_one, index) => String(2345 - index)));
    await app.admin.get('/audit-log?cursor=made-up', 400);
    await app.admin.get('/audit-log?limit=101', 400);
  });

  it('narrows by actor, action, subject and time, and by what all of them select', async () => {
    expect((await lines(`action=${marker}&actor=%3Dcmd1&limit=100`)).every(({ actor }) => actor === '=cmd1')).toBe(true);
    expect((await lines('action=user.&limit=100')).map(({ action }) => action)).toContain(marker);
    expect((await lines(`action=${marker}&subject=17`)).map(({ subject }) => subject)).toEqual(['line 17']);
    const day = await lines(`action=${marker}&from=2025-01-02T00:00:00Z&to=2025-01-03T00:00:00Z&limit=100`);
    expect(day).toHaveLength(24);
  });

  it('exports all the filter selects, with cells that no spreadsheet runs', async () => {
    const csv: string = await app.admin.get(`/audit-log/export?action=${marker}`);
    const rows = csv.trim().split('\r\n');
    expect(rows).toHaveLength(2346);
    expect(rows[0]).toBe('id,at,actor,actorId,via,action,subjectType,subjectId,subject,changes,address,requestId');
    expect(rows[1]).toContain(",'=cmd2,");
    const json = await app.admin.get<Line[]>(`/audit-log/export?action=${marker}&format=json`);
    expect(json).toHaveLength(2345);
    expect(json[0]).toMatchObject({ subjectId: '2345', changes: { note: { to: 'a,"b"' } } });
    expect(await app.admin.get('/audit-log/export?action=never.happened&format=json')).toEqual([]);
  });

  it('says who has exported it', async () => {
    await app.admin.get('/audit-log/export?actor=olga');
    expect((await lines('action=audit-log.exported'))[0]).toMatchObject({ actor: 'ada', changes: { filter: { to: { actor: 'olga' } } } });
  });
});

describe('a change and its line', () => {
  it('exist together or not at all', async () => {
    await app.database.query(
      `ALTER TABLE audit_log ADD CONSTRAINT no_room CHECK (action NOT IN ('task.edited', 'user.changed', 'task.cancelled')) NOT VALID`,
    );
    const { taskId } = await app.admin.post('/train-tasks', aTask({ name: 'before' }), 201);
    const user = await someUser(app);
    const attempts: ((api: Api) => Promise<{ status: number }>)[] = [
      (api) => api.call('PATCH', `/train-tasks/${taskId}`, { name: 'after' }),
      (api) => api.call('POST', `/train-tasks/${taskId}/cancel`),
      (api) => api.call('PATCH', `/users/${user.id}`, { role: 'admin' }),
    ];
    for (const attempt of attempts) expect((await attempt(app.admin)).status).toBe(500);
    await app.database.query('ALTER TABLE audit_log DROP CONSTRAINT no_room');
    expect(await app.admin.get(`/train-tasks/${taskId}`)).toMatchObject({ name: 'before', status: 'PENDING' });
    expect((await app.admin.get('/users')).items.find(({ id }: { id: string }) => id === user.id)).toMatchObject({ role: 'member' });
  });
});

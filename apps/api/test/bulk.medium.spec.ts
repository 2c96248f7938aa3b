import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { bulk, ENDED } from './support/bulk.js';
import { session, someTask, someUser, type SomeTask, type SomeUser } from './support/callers.js';
import { submit, submitAndStart } from './support/tasks.js';

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
afterAll(() => app.close());

/** One task in every state, and one of each that can lie in the trash there. */
async function oneOfEach(): Promise<Record<string, SomeTask>> {
  const states = {
    PENDING: {},
    RUNNING: { start_time: new Date() },
    SUCCESS: ENDED,
    FAILED: { ...ENDED, failure_reason: 'OOM' },
    CANCELLED: ENDED,
  };
  const made: Record<string, SomeTask> = {};
  for (const [status, columns] of Object.entries(states)) {
    made[status] = await someTask(app, owner, { ...columns, status, name: status });
    if (status !== 'RUNNING')
      made[`${status} in the trash`] = await someTask(app, owner, {
        ...columns,
        status,
        name: `${status} in the trash`,
        deleted_at: new Date(),
      });
  }
  return made;
}

async function events(taskId: string): Promise<{ type: string; from: string | null; to: string | null; actor: string }[]> {
  return (await api.get(`/train-tasks/${taskId}/events`)).items;
}

const ACTIONS = { delete: 'trashed', restore: 'restored', cancel: 'cancelled', tag: 'edited' } as const;
const ALLOWED: Record<string, string[]> = {
  delete: ['PENDING', 'SUCCESS', 'FAILED', 'CANCELLED'],
  restore: ['PENDING in the trash', 'SUCCESS in the trash', 'FAILED in the trash', 'CANCELLED in the trash'],
  cancel: ['PENDING', 'RUNNING'],
  retry: ['FAILED', 'CANCELLED'],
};

describe.each(['delete', 'restore', 'cancel', 'retry'])('bulk %s', (action) => {
  it('does it to those whose state allows it, names the others, and the preview has said how many', async () => {
    const tasks = await oneOfEach();
    const taskIds = Object.values(tasks).map(({ taskId }) => taskId);
    const preview = await api.post('/train-tasks/bulk/preview', { taskIds });
    const result = await bulk(api, action, { taskIds });
    const nameOf = Object.fromEntries(Object.entries(tasks).map(([name, { taskId }]) => [taskId, name]));
    const done = result.outcomes.filter(({ outcome }) => outcome === 'done').map(({ taskId }) => nameOf[taskId]!);
    expect(done.sort()).toEqual(ALLOWED[action]!.sort());
    expect(preview).toMatchObject({ total: taskIds.length, [action]: done.length, tag: taskIds.length });
    expect(result).toMatchObject({ done: done.length, skipped: taskIds.length - done.length, remaining: 0 });
    for (const { taskId, detail } of result.outcomes.filter(({ outcome }) => outcome === 'skipped')) {
      const name = nameOf[taskId]!;
      expect(detail).toContain(name.endsWith('trash') ? 'trash' : name);
    }
  });

  it('means by a filter what the list shows for it', async () => {
    const tasks = await oneOfEach();
    const filter = action === 'restore' ? { deleted: 'only' } : { status: ['PENDING', 'FAILED'] };
    const preview = await api.post('/train-tasks/bulk/preview', { filter });
    const { outcomes, done } = await bulk(api, action, { filter });
    const shown = action === 'restore' ? ALLOWED['restore']! : ['PENDING', 'FAILED'];
    expect(outcomes.map(({ taskId }) => taskId).sort()).toEqual(shown.map((name) => tasks[name]!.taskId).sort());
    expect(preview).toMatchObject({ total: shown.length, [action]: done });
  });
});

describe('every task of a bulk action', () => {
  it.each(Object.entries(ACTIONS))('gets its own line in its history and in the audit log: %s', async (action, type) => {
    const columns = { restore: { deleted_at: new Date() }, cancel: {}, delete: {}, tag: {} }[action as keyof typeof ACTIONS];
    const tasks = [await someTask(app, owner, columns), await someTask(app, owner, columns)];
    await bulk(api, action, { taskIds: tasks.map(({ taskId }) => taskId), ...(action === 'tag' ? { addTags: ['new'] } : {}) });
    for (const { taskId } of tasks) {
      expect((await events(taskId)).map((event) => [event.type, event.actor])).toEqual([[type, owner.username]]);
      expect((await app.admin.get(`/audit-log?subject=${taskId}`)).items.map((line: { action: string }) => line.action)).toEqual([
        `task.${type}`,
      ]);
    }
  });

  it('that is cancelled is settled like one that is cancelled alone', async () => {
    const [alone, together] = [await submitAndStart(app, api), await submitAndStart(app, api)];
    for (const { trainer, taskId } of [alone, together])
      await trainer.post(`/train-tasks/${taskId}/progress`, {
        points: [
          { key: 'loss', step: 1, value: 0.5 },
          { key: 'loss', step: 2, value: 0.75 },
        ],
      });
    await api.post(`/train-tasks/${alone.taskId}/cancel`);
    await bulk(api, 'cancel', { taskIds: [together.taskId] });
    const [first, second] = [await api.get(`/train-tasks/${alone.taskId}`), await api.get(`/train-tasks/${together.taskId}`)];
    expect(second).toMatchObject({ status: 'CANCELLED', finalLoss: 0.75, bestLoss: 0.5 });
    expect(Object.keys(second).filter((key) => (second[key] === null) !== (first[key] === null))).toEqual([]);
    expect((await events(together.taskId)).at(-1)).toMatchObject({ type: 'cancelled', from: 'RUNNING', to: 'CANCELLED' });
    expect((await together.trainer.post(`/train-tasks/${together.taskId}/heartbeat`)).cancelRequested).toBe(true);
  });

  it('is told to the open pages', async () => {
    const { taskId } = await submit(app, api);
    const stop = new AbortController();
    const response = await fetch(`${app.url}/api/stream`, { headers: { Authorization: `Bearer ${api.token}` }, signal: stop.signal });
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    await bulk(api, 'tag', { taskIds: [taskId], addTags: ['told'] });
    let text = '';
    while (!text.includes('"told"')) text += (await reader.read()).value ?? '';
    stop.abort();
    expect(text).toContain(taskId);
  });
});

describe('bulk labels', () => {
  it('are added and taken away, in order and once', async () => {
    const [first, second] = [await someTask(app, owner, { tags: ['a', 'b'] }), await someTask(app, owner, { tags: ['c'] })];
    await bulk(api, 'tag', { taskIds: [first.taskId, second.taskId], addTags: ['c', 'd', 'c'], removeTags: ['a'] });
    expect((await api.get(`/train-tasks/${first.taskId}`)).tags).toEqual(['b', 'c', 'd']);
    expect((await api.get(`/train-tasks/${second.taskId}`)).tags).toEqual(['c', 'd']);
  });

  it('that change nothing leave no trace', async () => {
    const task = await someTask(app, owner, { tags: ['a'] });
    expect(await bulk(api, 'tag', { taskIds: [task.taskId], addTags: ['a'], removeTags: ['z'] })).toMatchObject({ done: 1, skipped: 0 });
    expect(await events(task.taskId)).toEqual([]);
  });

  it('that would be too many are not added in part', async () => {
    const full = await someTask(app, owner, { tags: Array.from({ length: 50 }, (_one, index) => `t${index}`) });
    const { outcomes } = await bulk(api, 'tag', { taskIds: [full.taskId], addTags: ['one more'] });
    expect(outcomes).toMatchObject([{ outcome: 'skipped', detail: expect.stringContaining('50') }]);
    expect((await api.get(`/train-tasks/${full.taskId}`)).tags).not.toContain('one more');
  });

  it('must be given', async () => {
    await bulk(api, 'tag', { filter: {} }, 400);
  });
});

describe('bulk retry', () => {
  it('makes the next attempt of each family, once, however many of its attempts were selected', async () => {
    const failed = await submit(app, api);
    await api.post(`/train-tasks/${failed.taskId}/cancel`);
    const {
      outcomes: [first],
    } = await bulk(api, 'retry', { filter: {} });
    expect(await api.get(`/train-tasks/${first!.newTaskId}`)).toMatchObject({ attempt: 2, familyId: failed.taskId, status: 'PENDING' });
    await api.post(`/train-tasks/${first!.newTaskId}/cancel`);
    const preview = await api.post('/train-tasks/bulk/preview', { filter: { status: ['CANCELLED'] } });
    const { outcomes } = await bulk(api, 'retry', { filter: { status: ['CANCELLED'] } });
    expect(preview).toMatchObject({ total: 2, retry: 1 });
    expect(outcomes.find(({ taskId }) => taskId === failed.taskId)).toMatchObject({
      outcome: 'skipped',
      detail: expect.stringContaining('newer attempt'),
    });
    expect(outcomes.filter(({ outcome }) => outcome === 'done')).toMatchObject([{ taskId: first!.newTaskId }]);
  });
});

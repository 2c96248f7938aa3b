import { randomUUID } from 'node:crypto';
import { BULK_MAX } from '@lora-ledger/contracts';
import { IdSource } from '../src/database/id-source.js';
import { TaskMoves } from '../src/train-task/task-moves.js';
import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { session, share, someTask, someUser, type SomeTask, type SomeUser } from './support/callers.js';
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

type Outcome = { taskId: string; outcome: string; detail: string | null; newTaskId: string | null };
const ENDED = { end_time: new Date(), start_time: new Date() };

function bulk(
  action: string,
  selection: object,
  status = 200,
): Promise<{ done: number; skipped: number; remaining: number; nextCursor: string | null; outcomes: Outcome[] }> {
  return api.post('/train-tasks/bulk', { action, ...selection }, status);
}

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
    const result = await bulk(action, { taskIds });
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
    const { outcomes, done } = await bulk(action, { filter });
    const shown = action === 'restore' ? ALLOWED['restore']! : ['PENDING', 'FAILED'];
    expect(outcomes.map(({ taskId }) => taskId).sort()).toEqual(shown.map((name) => tasks[name]!.taskId).sort());
    expect(preview).toMatchObject({ total: shown.length, [action]: done });
  });
});

describe('every task of a bulk action', () => {
  it.each(Object.entries(ACTIONS))('gets its own line in its history and in the audit log: %s', async (action, type) => {
    const columns = { restore: { deleted_at: new Date() }, cancel: {}, delete: {}, tag: {} }[action as keyof typeof ACTIONS];
    const tasks = [await someTask(app, owner, columns), await someTask(app, owner, columns)];
    await bulk(action, { taskIds: tasks.map(({ taskId }) => taskId), ...(action === 'tag' ? { addTags: ['new'] } : {}) });
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
    await bulk('cancel', { taskIds: [together.taskId] });
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
    await bulk('tag', { taskIds: [taskId], addTags: ['told'] });
    let text = '';
    while (!text.includes('"told"')) text += (await reader.read()).value ?? '';
    stop.abort();
    expect(text).toContain(taskId);
  });
});

describe('bulk labels', () => {
  it('are added and taken away, in order and once', async () => {
    const [first, second] = [await someTask(app, owner, { tags: ['a', 'b'] }), await someTask(app, owner, { tags: ['c'] })];
    await bulk('tag', { taskIds: [first.taskId, second.taskId], addTags: ['c', 'd', 'c'], removeTags: ['a'] });
    expect((await api.get(`/train-tasks/${first.taskId}`)).tags).toEqual(['b', 'c', 'd']);
    expect((await api.get(`/train-tasks/${second.taskId}`)).tags).toEqual(['c', 'd']);
  });

  it('that change nothing leave no trace', async () => {
    const task = await someTask(app, owner, { tags: ['a'] });
    expect(await bulk('tag', { taskIds: [task.taskId], addTags: ['a'], removeTags: ['z'] })).toMatchObject({ done: 1, skipped: 0 });
    expect(await events(task.taskId)).toEqual([]);
  });

  it('that would be too many are not added in part', async () => {
    const full = await someTask(app, owner, { tags: Array.from({ length: 50 }, (_one, index) => `t${index}`) });
    const { outcomes } = await bulk('tag', { taskIds: [full.taskId], addTags: ['one more'] });
    expect(outcomes).toMatchObject([{ outcome: 'skipped', detail: expect.stringContaining('50') }]);
    expect((await api.get(`/train-tasks/${full.taskId}`)).tags).not.toContain('one more');
  });

  it('must be given', async () => {
    await bulk('tag', { filter: {} }, 400);
  });
});

describe('bulk retry', () => {
  it('makes the next attempt of each family, once, however many of its attempts were selected', async () => {
    const failed = await submit(app, api);
    await api.post(`/train-tasks/${failed.taskId}/cancel`);
    const {
      outcomes: [first],
    } = await bulk('retry', { filter: {} });
    expect(await api.get(`/train-tasks/${first!.newTaskId}`)).toMatchObject({ attempt: 2, familyId: failed.taskId, status: 'PENDING' });
    await api.post(`/train-tasks/${first!.newTaskId}/cancel`);
    const preview = await api.post('/train-tasks/bulk/preview', { filter: { status: ['CANCELLED'] } });
    const { outcomes } = await bulk('retry', { filter: { status: ['CANCELLED'] } });
    expect(preview).toMatchObject({ total: 2, retry: 1 });
    expect(outcomes.find(({ taskId }) => taskId === failed.taskId)).toMatchObject({
      outcome: 'skipped',
      detail: expect.stringContaining('newer attempt'),
    });
    expect(outcomes.filter(({ outcome }) => outcome === 'done')).toMatchObject([{ taskId: first!.newTaskId }]);
  });
});

describe('a selection', () => {
  it('never reaches what the caller may not change, and does not tell that it exists', async () => {
    const stranger = await someUser(app);
    const [foreign, readable] = [await someTask(app, stranger), await someTask(app, stranger)];
    await share(app, readable, stranger, owner);
    const mine = await someTask(app, owner);
    const taskIds = [foreign.taskId, readable.taskId, mine.taskId, randomUUID()];
    expect(await api.post('/train-tasks/bulk/preview', { taskIds })).toMatchObject({ total: 1 });
    const { outcomes, skipped } = await bulk('delete', { taskIds });
    expect([outcomes.map(({ taskId }) => taskId), skipped]).toEqual([[mine.taskId], 0]);
    expect(await bulk('delete', { filter: { scope: 'all' } })).toMatchObject({ done: 0, outcomes: [] });
    expect(await app.admin.post('/train-tasks/bulk', { action: 'cancel', taskIds })).toMatchObject({ done: 2, skipped: 1 });
  });

  it.each<[string, object]>([
    ['neither ids nor a filter', {}],
    ['both', { taskIds: [], filter: {} }],
    ['ids that are none', { taskIds: ['1'] }],
    ['more ids than one request takes', { taskIds: Array.from({ length: BULK_MAX + 1 }, () => randomUUID()) }],
    ['a filter that does not exist', { filter: { colour: 'red' } }],
  ])('of %s is refused', async (_what, selection) => {
    await bulk('delete', selection, 400);
    await api.post('/train-tasks/bulk/preview', selection, 400);
  });

  it('whose task moves on in between leaves that one alone, and says so', async () => {
    const [slow, other] = [await submit(app, api), await submit(app, api)];
    const moves = app.app.get(TaskMoves);
    const original = moves.tryAll.bind(moves);
    const meanwhile = jest.spyOn(moves, 'tryAll').mockImplementationOnce(async (...parameters) => {
      await slow.trainer.post(`/train-tasks/${slow.taskId}/start`, {});
      await slow.trainer.post(`/train-tasks/${slow.taskId}/finish`, { output: 'x' });
      return original(...parameters);
    });
    const { outcomes } = await bulk('cancel', { taskIds: [slow.taskId, other.taskId] });
    meanwhile.mockRestore();
    expect(outcomes.find(({ taskId }) => taskId === slow.taskId)).toMatchObject({
      outcome: 'skipped',
      detail: expect.stringContaining('SUCCESS'),
    });
    expect(outcomes.find(({ taskId }) => taskId === other.taskId)).toMatchObject({ outcome: 'done' });
    expect((await api.get(`/train-tasks/${slow.taskId}`)).status).toBe('SUCCESS');
  });
});

describe('an action in steps', () => {
  /** Sends it until nothing is left. */
  async function inSteps(
    action: string,
    selection: object,
    limit: number,
    between: () => Promise<unknown> = () => Promise.resolve(),
  ): Promise<{ done: string[]; remaining: number[] }> {
    const [done, remaining]: [string[], number[]] = [[], []];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const step = await bulk(action, { ...selection, limit, ...(cursor === undefined ? {} : { cursor }) });
      done.push(...step.outcomes.filter(({ outcome }) => outcome === 'done').map(({ taskId }) => taskId));
      remaining.push(step.remaining);
      cursor = step.nextCursor;
      await between();
    }
    return { done, remaining };
  }
  const some = (columns: object, count = 5): Promise<SomeTask[]> =>
    Promise.all(Array.from({ length: count }, () => someTask(app, owner, columns as Parameters<typeof someTask>[2])));

  it.each([
    ['delete', {}],
    ['restore', { deleted: 'only' }],
    ['cancel', {}],
    ['retry', {}],
    ['tag', {}],
  ])('comes to an end and has done each task once: %s', async (action, filter) => {
    const tasks = await some(
      { delete: ENDED, restore: { deleted_at: new Date() }, cancel: {}, tag: {}, retry: { ...ENDED, status: 'CANCELLED' } }[action] ?? {},
    );
    const { done, remaining } = await inSteps(action, { filter, ...(action === 'tag' ? { addTags: ['x'] } : {}) }, 2);
    expect([...done].sort()).toEqual(tasks.map(({ taskId }) => taskId).sort());
    expect(remaining).toEqual([3, 1, 0]);
  });

  it('leaves alone what came after it began, and what others have done meanwhile', async () => {
    const tasks = await some({});
    const later: string[] = [];
    const { done } = await inSteps('cancel', { filter: {} }, 2, async () => {
      if (later.length > 0) return;
      later.push((await submit(app, api)).taskId);
      await api.post(`/train-tasks/${tasks.map(({ taskId }) => taskId).find((taskId) => taskId === newest(tasks))}/cancel`);
    });
    expect([...done].sort()).toEqual(
      tasks
        .map(({ taskId }) => taskId)
        .filter((taskId) => taskId !== newest(tasks))
        .sort(),
    );
    expect((await api.get(`/train-tasks/${later[0]}`)).status).toBe('PENDING');
  });

  it('passes what it could not do, and does not come back to it', async () => {
    const full = await some({ tags: Array.from({ length: 50 }, (_one, index) => `t${index}`) }, 3);
    const free = await some({}, 2);
    const { done } = await inSteps('tag', { filter: {}, addTags: ['one more'] }, 2);
    expect([...done].sort()).toEqual(free.map(({ taskId }) => taskId).sort());
    expect((await api.get(`/train-tasks/${full[0]!.taskId}`)).tags).toHaveLength(50);
  });

  it('goes no further than its first request by a forged cursor', async () => {
    const stranger = await someUser(app);
    const foreign = await someTask(app, stranger);
    const cursor = Buffer.from(JSON.stringify(['0', String(2n ** 63n - 1n), 5])).toString('base64url');
    expect(await bulk('cancel', { filter: { scope: 'all' }, cursor })).toMatchObject({ done: 0, nextCursor: null });
    expect((await app.admin.get(`/train-tasks/${foreign.taskId}`)).status).toBe('PENDING');
    for (const nonsense of ['x', Buffer.from('["a","b",1]').toString('base64url'), Buffer.from('{}').toString('base64url')])
      await bulk('cancel', { filter: {}, cursor: nonsense }, 400);
  });
});

/** The id of the one that was made last. */
function newest(tasks: SomeTask[]): string {
  return tasks.reduce((last, task) => (BigInt(task.id) > BigInt(last.id) ? task : last)).taskId;
}

describe('thousands of tasks', () => {
  const MANY = BULK_MAX + 500;

  beforeEach(async () => {
    const ids = Array.from({ length: MANY }, () => app.app.get(IdSource).next());
    await app.database.query(
      `INSERT INTO train_task (id, task_id, family_id, create_user, name, trainer, model_name, lora_rank, lora_alpha, learning_rate, batch_size, epochs, train_data_dir, fingerprint)
       SELECT id, u, u, $2, 'bulk', 'demo', 'sd15', 16, 16, 1e-4, 4, 10, './d', repeat('0', 64) FROM (SELECT id, gen_random_uuid() AS u FROM unnest($1::bigint[]) AS id) x`,
      [ids, owner.id],
    );
  });

  it('are done in one request up to a limit, and what it does not take is told and done by the next', async () => {
    const selections: [string, object][] = [
      ['tag', { filter: { q: 'bulk' }, addTags: ['all'] }],
      ['cancel', { filter: { q: 'bulk' } }],
    ];
    for (const [action, selection] of selections) {
      const first = await bulk(action, selection);
      expect(first).toMatchObject({ done: BULK_MAX, skipped: 0, remaining: MANY - BULK_MAX });
      const second = await bulk(action, selection);
      expect(second.remaining).toBe(0);
      const [{ n }] = await app.database.query(
        `SELECT count(*)::int AS n FROM task_event e JOIN train_task t ON t.id = e.train_task_id WHERE t.create_user = $1 AND e.type = $2`,
        [owner.id, action === 'tag' ? 'edited' : 'cancelled'],
      );
      expect(n).toBe(MANY);
    }
  }, 120_000);
});

import { randomUUID } from 'node:crypto';
import { BULK_MAX } from '@lora-ledger/contracts';
import { IdSource } from '../src/database/id-source.js';
import { TaskMoves } from '../src/train-task/task-moves.js';
import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { bulk, ENDED } from './support/bulk.js';
import { session, share, someTask, someUser, type SomeTask, type SomeUser } from './support/callers.js';
import { submit } from './support/tasks.js';

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

describe('a selection', () => {
  it('never reaches what the caller may not change, and does not tell that it exists', async () => {
    const stranger = await someUser(app);
    const [foreign, readable] = [await someTask(app, stranger), await someTask(app, stranger)];
    await share(app, readable, stranger, owner);
    const mine = await someTask(app, owner);
    const taskIds = [foreign.taskId, readable.taskId, mine.taskId, randomUUID()];
    expect(await api.post('/train-tasks/bulk/preview', { taskIds })).toMatchObject({ total: 1 });
    const { outcomes, skipped } = await bulk(api, 'delete', { taskIds });
    expect([outcomes.map(({ taskId }) => taskId), skipped]).toEqual([[mine.taskId], 0]);
    expect(await bulk(api, 'delete', { filter: { scope: 'all' } })).toMatchObject({ done: 0, outcomes: [] });
    expect(await app.admin.post('/train-tasks/bulk', { action: 'cancel', taskIds })).toMatchObject({ done: 2, skipped: 1 });
  });

  it.each<[string, object]>([
    ['neither ids nor a filter', {}],
    ['both', { taskIds: [], filter: {} }],
    ['ids that are none', { taskIds: ['1'] }],
    ['more ids than one request takes', { taskIds: Array.from({ length: BULK_MAX + 1 }, () => randomUUID()) }],
    ['a filter that does not exist', { filter: { colour: 'red' } }],
  ])('of %s is refused', async (_what, selection) => {
    await bulk(api, 'delete', selection, 400);
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
    const { outcomes } = await bulk(api, 'cancel', { taskIds: [slow.taskId, other.taskId] });
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
  /** Sends it until nothing is left, from the cursor of the selection if it has one. */
  async function inSteps(
    action: string,
    selection: object,
    limit: number,
    between: () => Promise<unknown> = () => Promise.resolve(),
  ): Promise<{ done: string[]; remaining: number[] }> {
    const [done, remaining]: [string[], number[]] = [[], []];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const step = await bulk(api, action, { ...selection, limit, ...(cursor === undefined ? {} : { cursor }) });
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
    expect(await bulk(api, 'cancel', { filter: { scope: 'all' }, cursor })).toMatchObject({ done: 0, nextCursor: null });
    expect((await app.admin.get(`/train-tasks/${foreign.taskId}`)).status).toBe('PENDING');
    for (const nonsense of ['x', Buffer.from('["a","b",1]').toString('base64url'), Buffer.from('{}').toString('base64url')])
      await bulk(api, 'cancel', { filter: {}, cursor: nonsense }, 400);
  });

  it.each(['ids', 'a filter'])(
    "by %s never touches another member's tasks, not even with a cursor from an admin's answer",
    async (kind) => {
      const [stranger, name] = [await someUser(app), `reach-${randomUUID()}`];
      const before = [await someTask(app, stranger, { name }), await someTask(app, stranger, { name })];
      const mine = (await some({ name }, 3)).map(({ taskId }) => taskId);
      const after = await someTask(app, stranger, { name });
      const theirs = [...before, after];
      const selection =
        kind === 'ids' ? { taskIds: [...theirs.map(({ taskId }) => taskId), ...mine] } : { filter: { scope: 'all', q: name } };
      const tagsOf = async (taskId: string): Promise<string[]> => (await app.admin.get(`/train-tasks/${taskId}`)).tags;

      expect((await inSteps('tag', { ...selection, addTags: ['own'] }, 1)).done).toEqual(mine);
      const { outcomes, nextCursor } = await bulk(app.admin, 'tag', { ...selection, addTags: ['reached'], limit: 1 });
      expect([outcomes.map(({ taskId }) => taskId), nextCursor]).toEqual([[before[0]!.taskId], expect.any(String)]);
      expect((await inSteps('tag', { ...selection, addTags: ['reached'], cursor: nextCursor }, 1)).done).toEqual(mine);
      expect(await Promise.all(theirs.map(({ taskId }) => tagsOf(taskId)))).toEqual([['reached'], [], []]);
      expect(await Promise.all(mine.map(tagsOf))).toEqual(mine.map(() => ['own', 'reached']));
    },
  );
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
      const first = await bulk(api, action, selection);
      expect(first).toMatchObject({ done: BULK_MAX, skipped: 0, remaining: MANY - BULK_MAX });
      const second = await bulk(api, action, selection);
      expect(second.remaining).toBe(0);
      const [{ n }] = await app.database.query(
        `SELECT count(*)::int AS n FROM task_event e JOIN train_task t ON t.id = e.train_task_id WHERE t.create_user = $1 AND e.type = $2`,
        [owner.id, action === 'tag' ? 'edited' : 'cancelled'],
      );
      expect(n).toBe(MANY);
    }
  }, 120_000);
});

import type { FamilyTree } from '@lora-ledger/contracts';
import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { share } from './support/callers.js';
import { aTask, submitAndStart } from './support/tasks.js';

let app: TestApp;
let anna: Api;
let bela: Api;
beforeAll(async () => {
  app = await makeApp();
  [anna, bela] = [await app.member('anna'), await app.member('bela')];
});
afterAll(() => app.close());

const family = (api: Api, taskId: string, status = 200): Promise<FamilyTree> => api.get(`/train-tasks/${taskId}/family`, status);
const make = (overrides: Record<string, unknown> = {}): Promise<{ taskId: string; id: string }> =>
  anna.post('/train-tasks', aTask(overrides), 201);
const clone = (taskId: string, overrides: Record<string, unknown>, note?: string, by = anna): Promise<{ taskId: string; id: string }> =>
  by.post(`/train-tasks/${taskId}/clone`, { overrides, note }, 201);
const outline = ({ items }: FamilyTree) =>
  items.map(({ name, edge, parent }) => [name, edge, items.find(({ taskId }) => taskId === parent)?.name ?? null]);

describe('the family of a task', () => {
  it('is the line it came by, its siblings and what came of it, parents first', async () => {
    const root = await make({ name: 'root' });
    const old = await clone(root.taskId, { name: 'aunt' });
    const parent = await clone(root.taskId, { name: 'parent' });
    const me = await clone(parent.taskId, { name: 'me' });
    const sibling = await clone(parent.taskId, { name: 'sibling' });
    await clone(me.taskId, { name: 'child' });
    await clone(sibling.taskId, { name: 'niece' });
    expect(outline(await family(anna, me.taskId))).toEqual([
      ['root', null, null],
      ['parent', 'clone', 'root'],
      ['me', 'clone', 'parent'],
      ['sibling', 'clone', 'parent'],
      ['child', 'clone', 'me'],
      ['niece', 'clone', 'sibling'],
    ]);
    expect(outline(await family(anna, old.taskId)).map(([name]) => name)).toEqual([
      'root',
      'aunt',
      'parent',
      'me',
      'sibling',
      'child',
      'niece',
    ]);
  });

  it('tells of each clone what it changed and why', async () => {
    const root = await make({ extraParams: { optimizer: 'adamw', keep: 1, long: 'x'.repeat(400) } });
    const { taskId } = await clone(
      root.taskId,
      { loraRank: 32, extraParams: { optimizer: 'lion', dropout: 0.1, long: 'y'.repeat(400) } },
      'twice the rank',
    );
    const { items } = await family(anna, taskId);
    expect(items[1]).toMatchObject({ edge: 'clone', note: 'twice the rank', createUser: 'anna', changeCount: 4 });
    expect(items[1]!.changes.slice(0, 2)).toEqual([
      { path: 'loraRank', from: 16, to: 32 },
      { path: 'extraParams.dropout', from: null, to: 0.1 },
    ]);
    expect(JSON.stringify(items[1]!.changes.find(({ path }) => path === 'extraParams.long')).length).toBeLessThan(700);
    expect(items[0]).toMatchObject({ parent: null, edge: null, changes: [], changeCount: 0, hasHiddenOrigin: false });
  });

  it('has retries one behind the other, also those of a clone', async () => {
    const { taskId, trainer } = await submitAndStart(app, anna, { name: 'tried' });
    await trainer.post(`/train-tasks/${taskId}/fail`, { error: 'no' });
    const second = await anna.post(`/train-tasks/${taskId}/retry`, undefined, 201);
    const copy = await clone(second.taskId, { name: 'copy' });
    const { items } = await family(anna, copy.taskId);
    expect(items.map(({ name, attempt, edge, changeCount }) => [name, attempt, edge, changeCount])).toEqual([
      ['tried', 1, null, 0],
      ['tried', 2, 'retry', 0],
      ['copy', 1, 'clone', 0],
    ]);
  });

  it('mentions nobody whom the caller may not see, and says that an origin is hidden', async () => {
    const hidden = await make({ name: 'hidden origin' });
    const shared = await clone(hidden.taskId, { name: 'shared' });
    const secret = await clone(shared.taskId, { name: 'secret child' });
    const me = { id: (await anna.get('/auth/me')).user.id as string, username: 'anna' };
    await share(app, shared, me, 'everyone');
    const belas = await clone(shared.taskId, { name: 'belas' }, undefined, bela);
    const seen = await family(bela, belas.taskId);
    expect(outline(seen)).toEqual([
      ['shared', null, null],
      ['belas', 'clone', 'shared'],
    ]);
    expect(seen.items[0]!.hasHiddenOrigin).toBe(true);
    expect(JSON.stringify(seen)).not.toMatch(new RegExp(`hidden origin|secret|${hidden.taskId}|${secret.taskId}`));
    await family(bela, hidden.taskId, 404);
  });

  it('leaves out what lies in the trash, but shows a trashed task itself', async () => {
    const root = await make({ name: 'kept' });
    const gone = await clone(root.taskId, { name: 'gone' });
    await anna.delete(`/train-tasks/${gone.taskId}`, 204);
    expect(outline(await family(anna, root.taskId)).map(([name]) => name)).toEqual(['kept']);
    expect(outline(await family(anna, gone.taskId))).toEqual([
      ['kept', null, null],
      ['gone', 'clone', 'kept'],
    ]);
  });

  it('answers the nearest sixty of a large one and says so', async () => {
    const root = await make();
    const clones = await Promise.all(Array.from({ length: 70 }, () => clone(root.taskId, {})));
    const { items, isCut } = await family(anna, clones[0]!.taskId);
    expect([items.length, isCut]).toEqual([60, true]);
    expect(items.map(({ taskId }) => taskId)).toEqual(expect.arrayContaining([root.taskId, clones[0]!.taskId]));
  });
});

import { makeApp, type TestApp } from './support/app.js';
import { insertPast, pastTask, times } from './support/past-tasks.js';
import type { Api } from './support/api.js';

const QUESTIONS = [
  'overview',
  'overview?createdFrom=2026-01-01T00:00:00Z',
  'success-rate?by=loraRank',
  'success-rate?by=user,modelName',
  'success-rate?by=extra.secretive',
  'convergence',
  'durations',
  'durations?by=host',
  'failures',
  'cost',
  'cost?by=model',
  'cost?by=week',
  'budgets',
  'importance',
  'importance?objective=success',
  'recommendations',
  'recommendations?modelName=theirs',
  'success-rate?by=loraRank&user=carl',
  'overview?q=theirs',
  'overview?host=secret-host',
  'success-rate?by=gpu&gpu=secret-gpu',
  'success-rate?by=learningRate,extra.secretive',
  'convergence?by=host&target=1',
  'recommendations?objective=success',
  'recommendations?modelName=mine&objective=time',
];

let app: TestApp;
let bob: Api;
let carl: Api;
beforeAll(async () => {
  app = await makeApp();
  [bob, carl] = [await app.member('bob'), await app.member('carl')];
  await insertPast(
    app.database,
    times(50, (index) =>
      pastTask({
        owner: 'bob',
        modelName: 'mine',
        loraRank: [8, 16][index % 2]!,
        status: index % 5 ? 'SUCCESS' : 'FAILED',
        curve: [1, 0.5, 0.1],
        finalLoss: index % 5 ? 0.1 + index / 1000 : null,
      }),
    ),
  );
});
afterAll(() => app.close());

/** Answers without the time they were made at. */
async function answers(api: Api, more = ''): Promise<unknown[]> {
  return Promise.all(
    QUESTIONS.map(async (question) => {
      const path = `/analytics/${question}${more === '' ? '' : `${question.includes('?') ? '&' : '?'}${more}`}`;
      return [
        question,
        JSON.parse(JSON.stringify(await api.get(path), (key, value) => (key === 'asOf' || key === 'previous' ? undefined : value))),
      ];
    }),
  );
}

const theirs = times(60, (index) =>
  pastTask({
    owner: 'carl',
    modelName: 'theirs',
    loraRank: [32, 64][index % 2]!,
    host: 'secret-host',
    gpu: 'secret-gpu',
    extra: { secretive: 'secret-value' },
    status: index % 3 ? 'SUCCESS' : 'FAILED',
    error: index % 3 ? null : 'SecretError: nobody may read this',
    finalLoss: index % 3 ? 0.05 : null,
    cost: 9,
    curve: [2, 1],
    createdAt: '2026-05-01T00:00:00Z',
  }),
);

describe("a member's analytics", () => {
  it('do not change by a hair when others train, fail and spend', async () => {
    const before = await answers(bob);
    await insertPast(app.database, theirs);
    await app.admin.call('PUT', '/analytics/budgets', { of: 'user', name: 'carl', monthly: 10 }, 200);
    await app.admin.call('PUT', '/analytics/budgets', { of: 'model', name: 'theirs', monthly: 10 }, 200);
    const after = await answers(bob);
    expect(after).toEqual(before);
    expect(JSON.stringify(after).replace(/user=carl|host=secret-host|gpu=secret-gpu/g, '')).not.toMatch(/secret-|SecretError|carl/);
  });

  it('are not what was remembered for somebody else', async () => {
    const [own, all] = [await carl.get('/analytics/overview'), await app.admin.get('/analytics/overview')];
    expect(own.totals.all).toBe(60);
    expect(all.totals.all).toBe(110);
    expect((await bob.get('/analytics/overview')).totals.all).toBe(50);
    expect((await bob.get('/analytics/overview?scope=all')).totals.all).toBe(50);
    expect((await app.admin.get('/analytics/overview?scope=mine')).totals.all).toBe(0);
  });

  it('include what is shared with them only when they ask for it, and only as long as it is', async () => {
    const shared = theirs[1]!.taskId;
    await app.admin.call('PUT', `/train-tasks/${shared}/shares`, { everyone: false, usernames: ['bob'] }, 200);
    expect((await bob.get('/analytics/overview?scope=all')).totals.all).toBe(51);
    expect((await bob.get('/analytics/overview?scope=shared')).totals.all).toBe(1);
    expect((await bob.get('/analytics/overview')).totals.all).toBe(50);
    await app.admin.delete(`/train-tasks/${shared}/shares`);
    expect((await bob.get('/analytics/overview?scope=all')).totals.all).toBe(50);
  });

  it('leave out what lies in the trash', async () => {
    await carl.delete(`/train-tasks/${theirs[2]!.taskId}`);
    expect((await carl.get('/analytics/overview')).totals.all).toBe(59);
    expect((await carl.get('/analytics/overview?deleted=only')).totals.all).toBe(1);
  });
});

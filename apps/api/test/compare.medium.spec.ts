import { randomUUID } from 'node:crypto';
import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { share } from './support/callers.js';
import { aTask, points, submit, submitAndStart } from './support/tasks.js';

let app: TestApp;
let anna: Api;
let bela: Api;
beforeAll(async () => {
  app = await makeApp();
  [anna, bela] = [await app.member('anna'), await app.member('bela')];
});
afterAll(() => app.close());

const make = (overrides: Record<string, unknown> = {}): Promise<{ taskId: string; id: string; fingerprint: string }> =>
  anna.post('/train-tasks', aTask(overrides), 201);
const compare = (api: Api, ids: string[], query = '', status = 200) => api.get(`/train-tasks/compare?ids=${ids.join(',')}${query}`, status);

type Parameter = { path: string; equal: boolean; values: unknown[] };

describe('compared tasks', () => {
  it('stand in the order they were asked for, once each', async () => {
    const [first, second, third] = [
      await make({ name: 'first' }),
      await make({ name: 'second' }),
      await make({ name: 'third', note: 'why not' }),
    ];
    const { tasks } = await compare(anna, [third.taskId, first.taskId.toUpperCase(), second.taskId, first.taskId]);
    expect(tasks.map(({ name }: { name: string }) => name)).toEqual(['third', 'first', 'second']);
    expect(tasks[0].note).toBe('why not');
  });

  it('show what differs first, what usually decides on top, then what is equal', async () => {
    const [one, two] = [
      await make({ extraParams: { optimizer: 'adamw', dropout: 0.1 } }),
      await make({
        learningRate: 2e-4,
        loraRank: 32,
        loraAlpha: 16,
        description: 'other',
        extraParams: { optimizer: 'lion', dropout: 0.1 },
      }),
    ];
    const { parameters, tasks }: { parameters: Parameter[]; tasks: { fingerprint: string }[] } = await compare(anna, [
      one.taskId,
      two.taskId,
    ]);
    expect(parameters.filter(({ equal }) => !equal).map(({ path }) => path)).toEqual(['loraRank', 'learningRate', 'extraParams.optimizer']);
    expect(parameters.slice(0, 3)).toEqual([
      { path: 'loraRank', equal: false, values: [16, 32] },
      { path: 'learningRate', equal: false, values: [1e-4, 2e-4] },
      { path: 'extraParams.optimizer', equal: false, values: ['adamw', 'lion'] },
    ]);
    expect(parameters.slice(3, 6).map(({ path }) => path)).toEqual(['loraAlpha', 'batchSize', 'epochs']);
    expect(parameters).toContainEqual({ path: 'extraParams.dropout', equal: true, values: [0.1, 0.1] });
    expect(tasks[0]!.fingerprint).not.toBe(tasks[1]!.fingerprint);
  });

  it('differ where only one of them has a parameter, whatever the order of the keys inside', async () => {
    const [one, two] = [
      await make({ extraParams: { net: { a: 1, b: 2 }, seed_noise: true } }),
      await make({ extraParams: { net: { b: 2, a: 1 } } }),
    ];
    const { parameters }: { parameters: Parameter[] } = await compare(anna, [one.taskId, two.taskId]);
    expect(parameters.filter(({ equal }) => !equal)).toEqual([{ path: 'extraParams.seed_noise', equal: false, values: [true, null] }]);
    expect(parameters.find(({ path }) => path === 'extraParams.net')?.equal).toBe(true);
  });

  it('do not show how their files happened to spell things', async () => {
    const spelled = (
      await anna.post(
        '/train-tasks/parse',
        'base_model: a/b\ntrain_data_dir: ./d\nlora_rank: "8"\nlora_alpha: 8\nbatch_size: 1\nepochs: 1\nlearning_rate: "1e-4"\n',
        200,
        { 'Content-Type': 'application/yaml' },
      )
    ).draft;
    expect(Object.keys(spelled.extraParams)).toContainEqual(expect.stringMatching(/^\$/));
    const [one, two] = [await make(spelled), await make()];
    const { parameters }: { parameters: Parameter[] } = await compare(anna, [one.taskId, two.taskId]);
    expect(parameters.filter(({ path }) => path.includes('$'))).toEqual([]);
    expect((await anna.get('/train-tasks/facets')).extraKeys.filter((key: string) => key.startsWith('$'))).toEqual([]);
  });

  it('bring their curves by step, each with its own steps, and NaN as such', async () => {
    const [long, broken, silent] = [await submitAndStart(app, anna), await submitAndStart(app, anna), await submit(app, anna)];
    await long.trainer.post(`/train-tasks/${long.taskId}/progress`, points(1000));
    await broken.trainer.post(
      `/train-tasks/${broken.taskId}/progress`,
      points(20, 'loss', (step) => (step < 15 ? 0.5 : 'NaN')),
    );
    await broken.trainer.post(
      `/train-tasks/${broken.taskId}/progress`,
      points(3, 'lr', () => 1e-4),
    );
    const { curves, metrics } = await compare(anna, [long.taskId, broken.taskId, silent.taskId], '&maxPoints=50');
    expect(curves.map(({ taskId }: { taskId: string }) => taskId)).toEqual([long.taskId, broken.taskId, silent.taskId]);
    const [first] = curves[0].series;
    expect([first.key, first.total, first.steps[0], first.steps.at(-1)]).toEqual(['loss', 1000, 1, 1000]);
    expect(first.steps.length).toBeLessThanOrEqual(60);
    for (const [index, step] of first.steps.entries()) expect(first.values[index]).toBeCloseTo(1 / step, 10);
    expect(curves[1].series[0].values.slice(13)).toContain('NaN');
    expect(curves[1].series.map(({ key }: { key: string }) => key)).toEqual(['loss']);
    expect(curves[2].series).toEqual([]);
    const loss = metrics.find(({ key }: { key: string }) => key === 'loss').summaries;
    expect(loss).toMatchObject([{ last: 0.001, count: 1000 }, { last: 'NaN', min: 0.5, max: 0.5 }, null]);
    const chosen = await compare(anna, [long.taskId, broken.taskId], '&keys=lr&from=2&to=3');
    expect(chosen.curves[1].series).toMatchObject([{ key: 'lr', steps: [2, 3] }]);
  });
});

describe('a comparison', () => {
  it('comes without curves when they are not wanted', async () => {
    const [one, two] = [await submitAndStart(app, anna), await submitAndStart(app, anna)];
    await one.trainer.post(`/train-tasks/${one.taskId}/progress`, points(10));
    const { curves, metrics } = await compare(anna, [one.taskId, two.taskId], '&curves=false');
    expect(curves).toEqual([]);
    expect(metrics).toHaveLength(1);
  });
});

describe('what may be compared', () => {
  it('are 2 to 20 tasks', async () => {
    const { taskId } = await make();
    const many = Array.from({ length: 21 }, () => randomUUID());
    for (const ids of [[taskId], [taskId, taskId], many, ['x', taskId]])
      expect((await compare(anna, ids, '', 400)).code).toBe('VALIDATION');
    await anna.get('/train-tasks/compare', 400);
    const twenty = await Promise.all(Array.from({ length: 20 }, () => make()));
    expect(
      (
        await compare(
          anna,
          twenty.map((task) => task.taskId),
        )
      ).tasks,
    ).toHaveLength(20);
  });

  it('are own tasks and shared ones; any other is not there, by its id only', async () => {
    const [annas, second] = [await make({ name: 'hidden name' }), await make()];
    const belas = await bela.post('/train-tasks', aTask(), 201);
    const refused = await compare(bela, [belas.taskId, annas.taskId], '', 404);
    expect(refused.detail).toContain(annas.taskId);
    expect(refused.errors).toEqual([{ path: 'ids.1', message: annas.taskId, rule: 'notFound' }]);
    expect(JSON.stringify(refused)).not.toContain('hidden');
    expect((await compare(bela, [belas.taskId, randomUUID()], '', 404)).code).toBe('NOT_FOUND');
    const me = { id: (await anna.get('/auth/me')).user.id, username: 'anna' };
    await share(app, annas, me, 'everyone');
    expect(
      (await compare(bela, [belas.taskId, annas.taskId])).tasks.map(({ actions }: { actions: string[] }) => actions.length > 1),
    ).toEqual([true, false]);
    expect((await compare(app.admin, [belas.taskId, second.taskId])).tasks).toHaveLength(2);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Recommendations } from '@lora-ledger/contracts';
import type { Params } from '@lora-ledger/training';
import { makeApp, type TestApp } from './support/app.js';
import { insertPast, pastTask, times, type PastTask } from './support/past-tasks.js';
import type { Api } from './support/api.js';

let app: TestApp;
let bob: Api;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-profiles-'));
  const trainers = ['demo', 'kohya-sd'].map((name) => ({ name, argv: ['{python}', 'train.py'] }));
  writeFileSync(join(folder, 'trainers.yaml'), JSON.stringify({ trainers }));
  app = await makeApp({ LEDGER_TRAINERS_FILE: join(folder, 'trainers.yaml') });
  bob = await app.member('bob');
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const ask = (path: string, api: Api = app.admin): Promise<any> => api.get(`/analytics/${path}`);

/** Rank 32 and a learning rate near 1e-4 are best; above 3e-4 everything fails. */
function tried(overrides: Partial<PastTask>, count = 96): PastTask[] {
  return times(count, (index) => {
    const [loraRank, learningRate, optimizer] = [
      [8, 16, 32, 64][index % 4]!,
      [2e-5, 5e-5, 2e-4, 5e-4][Math.floor(index / 4) % 4]!,
      ['AdamW', 'Lion'][Math.floor(index / 16) % 2]!,
    ];
    const fails = learningRate > 3e-4;
    const finalLoss = 0.08 + 0.02 * Math.abs(Math.log2(loraRank / 32)) + 0.15 * Math.log10(learningRate / 1e-4) ** 2 + 0.001 * (index % 5);
    return pastTask({
      loraRank,
      learningRate,
      extra: { optimizer, output_name: `run-${index}` },
      finalLoss: fails ? null : finalLoss,
      ...(fails ? { status: 'FAILED', reason: 'NAN_LOSS' } : {}),
      ...overrides,
    });
  });
}

describe('recommendations', () => {
  beforeAll(() =>
    insertPast(app.database, [...tried({ modelName: 'style' }), ...tried({ modelName: 'elsewhere', loraRank: 4, finalLoss: 0.001 }, 8)]),
  );

  it('name the proven best combination, with its evidence', async () => {
    const { proven, groupedBy, modelNames, basedOn } = await ask('recommendations?modelName=style');
    expect(modelNames).toEqual(['style']);
    expect(basedOn.tasks).toBe(96);
    const [best] = proven;
    expect([...groupedBy].sort()).toEqual(['learningRate', 'loraRank']);
    expect(best.group.loraRank.min).toBeLessThanOrEqual(32);
    expect(best.group.loraRank.max).toBeGreaterThanOrEqual(32);
    expect([5e-5, 2e-4]).toContain(best.params.learningRate);
    for (const { n, successRate } of proven) expect([n >= 10, successRate.tooFew]).toEqual([true, false]);
    expect(best).toMatchObject({ successRate: { failures: 0 }, cloneOf: best.taskIds[0], overrides: {}, changes: [] });
    expect(best.medianLow).toBeLessThanOrEqual(best.medianFinalLoss);
    expect(best.medianHigh).toBeGreaterThanOrEqual(best.medianFinalLoss);
    expect(proven.map(({ medianHigh }: any) => medianHigh)).toEqual(
      proven.map(({ medianHigh }: any) => medianHigh).sort((a: number, b: number) => a - b),
    );
    expect(best.reason).toMatchObject({ code: 'BETTER_LOSS', text: expect.stringContaining('Half of those end at') });
    const task = await app.admin.get(`/train-tasks/${best.taskIds[0]}`);
    expect(task).toMatchObject({ loraRank: best.params.loraRank, learningRate: best.params.learningRate, status: 'SUCCESS' });
    expect(best.params).not.toHaveProperty('extra.output_name');
  });

  it('lead to just the tasks they rest on', async () => {
    for (const { filter, n } of (await ask('recommendations?modelName=style')).proven) {
      const { total } = await app.admin.get(
        `/train-tasks?${new URLSearchParams({ ...filter, withTotal: 'true' }).toString()}&status=SUCCESS&status=FAILED`,
      );
      expect(total).toBe(n);
    }
  });

  it('prove nothing by fewer than ten runs, and still say what to try next', async () => {
    await insertPast(
      app.database,
      times(8, (index) => pastTask({ modelName: 'young', loraRank: [4, 8, 16, 32][index % 4]!, finalLoss: 0.1 + index / 100 })),
    );
    const { proven, unproven, refused, next } = await ask('recommendations?modelName=young');
    expect(proven).toEqual([]);
    expect(refused).toBeNull();
    expect(unproven).toMatchObject({ code: 'TOO_FEW_TASKS', params: { have: 8, needed: 10 } });
    expect(next.length).toBeGreaterThan(0);
  });

  it('are all runs together where nothing makes a difference', async () => {
    await insertPast(
      app.database,
      times(20, (index) => pastTask({ modelName: 'alike', finalLoss: 0.1 + index / 1000 })),
    );
    const { proven, groupedBy } = await ask('recommendations?modelName=alike');
    expect(groupedBy).toEqual([]);
    expect(proven).toMatchObject([{ group: {}, n: 20, reason: { code: 'ALIKE_LOSS' }, filter: { modelName: 'alike' } }]);
  });

  it('name what to try next: not tried, within bounds, and a clone takes the overrides', async () => {
    const { next } = await ask('recommendations?modelName=style&count=4');
    expect(next).toHaveLength(4);
    const before = new Set(
      tried({}).map(({ loraRank, learningRate, extra }) =>
        JSON.stringify([loraRank, learningRate, (extra as { optimizer: string }).optimizer]),
      ),
    );
    for (const { params, expected, reason, cloneOf, overrides } of next) {
      expect(
        before.has(JSON.stringify([params.loraRank, params.learningRate, params['extra.optimizer']])) &&
          params.loraAlpha === 16 &&
          params.batchSize === 4 &&
          params.epochs === 10,
      ).toBe(false);
      expect(params.learningRate).toBeLessThan(5e-4);
      expect(expected.low).toBeLessThanOrEqual(expected.high);
      expect(['EXPECTED_BETTER', 'LITTLE_KNOWN']).toContain(reason.code);
      const { extraParams, ...rest } = await app.admin.post(`/train-tasks/${cloneOf}/clone`, { overrides }, 201);
      for (const [name, value] of Object.entries(params))
        expect(name.startsWith('extra.') ? extraParams[name.slice(6)] : rest[name]).toEqual(value);
    }
  });

  it('learn which trainer comes to less, and suggest it', async () => {
    await insertPast(
      app.database,
      tried({ modelName: 'two trainers' }, 48).map((task, index) => {
        const trainer = ['demo', 'kohya-sd'][Math.floor(index / 2) % 2]!;
        return { ...task, trainer, finalLoss: task.finalLoss === null ? null : task.finalLoss + (trainer === 'demo' ? 0.2 : 0) };
      }),
    );
    const { next }: Recommendations = await ask('recommendations?modelName=two trainers&count=3');
    expect(next.map(({ params }) => params['trainer'])).toEqual(['kohya-sd', 'kohya-sd', 'kohya-sd']);
  });

  it('name no trainer that nobody can submit to any more, however good it was, and learn from its runs all the same', async () => {
    await insertPast(
      app.database,
      tried({ modelName: 'former trainer' }).map((task, index) => {
        const trainer = ['gone', 'demo', 'kohya-sd'][Math.floor(index / 2) % 3]!;
        const more = { gone: 0, demo: 0.3, 'kohya-sd': 0.1 }[trainer]!;
        return { ...task, trainer, finalLoss: task.finalLoss === null ? null : task.finalLoss + more };
      }),
    );
    const { next, basedOn }: Recommendations = await ask('recommendations?modelName=former trainer&count=10');
    expect(basedOn.tasks).toBe(96);
    expect(next).toHaveLength(10);
    for (const { params } of next) expect(params['trainer']).toBe('kohya-sd');
    expect(next[0]!.against).toContainEqual({ parameter: 'trainer', from: 'gone', to: 'kohya-sd' });
    for (const { cloneOf, overrides } of next) await app.admin.post(`/train-tasks/${cloneOf}/clone`, { overrides }, 201);
  });

  it('clone what proved good from a run of a trainer that is still there, and name none where there is no such run', async () => {
    const runs = (modelName: string, trainers: readonly string[]): PastTask[] =>
      times(40, (index) => pastTask({ modelName, trainer: trainers[index % trainers.length]!, finalLoss: 0.1 + index / 1000 }));
    await insertPast(app.database, [...runs('partly former', ['gone', 'demo']), ...runs('wholly former', ['gone', 'long gone'])]);
    const [partly] = (await ask('recommendations?modelName=partly former')).proven;
    expect(partly).toMatchObject({ group: {}, n: 40, params: { trainer: 'demo' } });
    expect(await app.admin.get(`/train-tasks/${partly.cloneOf}`)).toMatchObject({ trainer: 'demo', finalLoss: 0.101 });
    const { proven, next }: Recommendations = await ask('recommendations?modelName=wholly former');
    expect(proven).toMatchObject([{ group: {}, n: 40 }]);
    for (const { params } of [...proven, ...next]) expect(params).not.toHaveProperty('trainer');
  });

  it('leave out groups of trainers that are no longer there, and say so where nothing else proved good', async () => {
    const runs = (modelName: string, trainers: readonly string[]): PastTask[] =>
      times(80, (index) => {
        const trainer = trainers[index % trainers.length]!;
        return pastTask({ modelName, trainer, finalLoss: { gone: 0.1, demo: 0.3 }[trainer] ?? 0.5 + index / 1000 });
      });
    await insertPast(app.database, [
      ...runs('other trainers', ['gone', 'long gone']),
      ...runs('changed trainers', ['gone', 'demo', 'long gone', 'long gone']),
    ]);
    const { proven, unproven, groupedBy } = await ask('recommendations?modelName=changed trainers');
    expect([groupedBy, unproven]).toEqual([['trainer'], null]);
    expect(proven).toMatchObject([{ group: { trainer: 'demo' } }]);
    expect(await ask('recommendations?modelName=other trainers')).toMatchObject({
      proven: [],
      unproven: { code: 'TRAINERS_GONE', params: { trainers: 'gone' } },
    });
  });

  it('say how far they are from a present task, which a member must be allowed to see', async () => {
    const {
      proven: [{ taskIds }],
    } = await ask('recommendations?modelName=style');
    const present = (await app.admin.get('/train-tasks?modelName=style&loraRankMax=8&limit=1&status=SUCCESS')).items[0].taskId;
    const { proven } = await ask(`recommendations?present=${present}`);
    expect(proven[0].cloneOf).toBe(present);
    const { group, params, changes, overrides } = proven[0];
    expect(group.loraRank.min).toBeGreaterThan(8);
    expect(changes).toContainEqual({ parameter: 'loraRank', from: 8, to: params.loraRank });
    expect(overrides).toMatchObject({ loraRank: params.loraRank });
    const inside = await ask(`recommendations?present=${proven[0].taskIds[1]}`);
    expect(inside.proven[0]).toMatchObject({ changes: [], overrides: {} });
    await bob.get(`/analytics/recommendations?present=${taskIds[0]}`, 404);
  });

  it('are for runs of their model: a present task of another is neither compared with nor cloned', async () => {
    const [{ taskId: present }] = (await app.admin.get('/train-tasks?modelName=elsewhere&limit=1')).items;
    const { proven, next, comparedWith } = await ask(`recommendations?modelName=style&present=${present}`);
    expect(comparedWith).toBeNull();
    for (const { cloneOf, changes } of [...proven, ...next]) {
      expect((await app.admin.get(`/train-tasks/${cloneOf}`)).modelName).toBe('style');
      expect(changes).toEqual([]);
    }
    expect(await ask(`recommendations?modelName=elsewhere&modelName=style&present=${present}`)).toMatchObject({ comparedWith: present });
  });

  const recommended = (path: string, api?: Api): Promise<Recommendations> => ask(`recommendations?${path}`, api);
  const asTask = ({ 'extra.optimizer': optimizer, ...params }: Params, task: Partial<PastTask>): PastTask =>
    pastTask({ ...(params as Partial<PastTask>), extra: { optimizer }, finalLoss: null, ...task });
  const paramsOf = ({ next }: Recommendations): unknown[] => next.map(({ params }) => params);

  it('do not suggest again what waits or runs, and say of cancelled ones only that there is no result', async () => {
    const modelName = 'busy';
    await insertPast(app.database, tried({ modelName }));
    const [waits, runs, cancelled] = (await recommended('modelName=busy&count=3')).next.map(({ params }) => params);
    await insertPast(app.database, [
      asTask(waits!, { modelName, status: 'PENDING' }),
      asTask(runs!, { modelName, status: 'RUNNING' }),
      asTask(cancelled!, { modelName, status: 'CANCELLED' }),
    ]);
    const answer = await recommended('modelName=busy&count=10');
    expect(paramsOf(answer)).not.toContainEqual(waits);
    expect(paramsOf(answer)).not.toContainEqual(runs);
    expect(paramsOf(answer)).toContainEqual(cancelled);
    expect(answer.basedOn.tasks).toBe(96);
    for (const { reason } of answer.next) expect(reason.text).not.toMatch(/tried|nobody/i);
  });

  it('do not tell by what they leave out what somebody else has under way', async () => {
    const modelName = 'quiet';
    await insertPast(app.database, tried({ modelName, owner: 'bob' }));
    const before = await recommended('modelName=quiet', bob);
    const [best] = before.next.map(({ params }) => params);
    await insertPast(app.database, [asTask(best!, { modelName, status: 'RUNNING', owner: 'ada' })]);
    expect(paramsOf(await recommended('modelName=quiet', bob))).toEqual(paramsOf(before));
    expect(paramsOf(await recommended('modelName=quiet'))).not.toContainEqual(best);
    await insertPast(app.database, [asTask(best!, { modelName, status: 'RUNNING', owner: 'bob' })]);
    expect(paramsOf(await recommended('modelName=quiet', bob))).not.toContainEqual(best);
  });

  it('are refused with a reason where nothing is known or nothing ever succeeded', async () => {
    expect((await ask('recommendations?modelName=never-heard-of')).refused).toMatchObject({
      code: 'TOO_FEW_TASKS',
      text: expect.stringContaining('too few'),
    });
    await insertPast(
      app.database,
      times(9, () => pastTask({ modelName: 'cursed', status: 'FAILED', reason: 'OOM' })),
    );
    expect(await ask('recommendations?modelName=cursed')).toMatchObject({ refused: { code: 'NO_SUCCESS' }, proven: [], next: [] });
  });

  it.each(['success', 'time'])('serve the objective %s too', async (objective) => {
    const { proven, next } = await ask(`recommendations?modelName=style&objective=${objective}`);
    expect(proven[0].successRate.failures).toBe(0);
    expect(next.length).toBeGreaterThan(0);
    for (const { expected } of next) expect(expected.low).toBeGreaterThanOrEqual(0);
  });

  it('say of success neither that it is certain where most combinations never failed, nor that runs end well where half of them fail', async () => {
    const runs = (modelName: string, fails: (loraRank: number, index: number) => boolean): PastTask[] =>
      times(60, (index) => {
        const loraRank = [8, 16, 32, 64, 128][index % 5]!;
        return pastTask({ modelName, loraRank, ...(fails(loraRank, index) ? { status: 'FAILED', reason: 'OOM', finalLoss: null } : {}) });
      });
    await insertPast(app.database, [
      ...runs('shaky', (_rank, index) => index % 2 === 0),
      ...runs('cliff', (loraRank, index) => loraRank > 32 && index % 4 > 0),
    ]);
    for (const { expected } of (await ask('recommendations?modelName=cliff&objective=success')).next)
      expect(expected.high - expected.low).toBeGreaterThan(0.01);
    const { next } = await ask('recommendations?modelName=shaky&objective=success');
    expect(next.length).toBeGreaterThan(0);
    for (const { expected } of next) expect([expected.successProbability > 0.3, expected.successProbability < 0.7]).toEqual([true, true]);
  });
});

describe('importance', () => {
  it('finds rank and learning rate, and not what does nothing', async () => {
    const { parameters, refused, explained } = await ask('importance?modelName=style');
    expect(refused).toBeNull();
    expect(explained).toBeGreaterThan(0.3);
    expect(
      parameters
        .filter(({ notable }: any) => notable)
        .map(({ parameter }: any) => parameter)
        .sort(),
    ).toEqual(['learningRate', 'loraRank']);
    expect((await ask('importance?modelName=style&objective=success')).parameters[0].parameter).toBe('learningRate');
  });

  it('says nothing about too few tasks, or tasks that are all the same', async () => {
    await insertPast(
      app.database,
      times(50, (index) => pastTask({ modelName: 'same', finalLoss: 0.1 + index / 1000 })),
    );
    expect(await ask('importance?modelName=same')).toMatchObject({ refused: { code: 'NOTHING_VARIES' }, parameters: [], explained: null });
    expect(await ask('importance?modelName=same&objective=success')).toMatchObject({ refused: { code: 'NOTHING_VARIES' } });
    expect(await ask('importance?modelName=cursed')).toMatchObject({ refused: { code: 'TOO_FEW_TASKS', params: { needed: 40 } } });
  });
});

import { measureCoverage } from './coverage.js';
import { race, suggestedBy } from './race.js';
import { measureFalseFindings } from './false-findings.js';
import { SURFACES, train } from './surfaces.js';
import { replayed } from './tables.js';
import { median, randomPoint, seededRandom } from '@lora-ledger/training';

describe('the race between the recommender and random search', () => {
  it('is won where optimizers want different rates, with a few seeds already', () => {
    const races = [0, 1, 2].map((seed) => race(SURFACES[3]!, seed, [12]));
    expect(median(races.map(({ recommended }) => recommended[0]!))).toBeLessThan(median(races.map(({ random }) => random[0]!))!);
  });

  it('never reads a loss that got worse, and is the same when run again', () => {
    const one = race(SURFACES[1]!, 3, [2, 4, 6]);
    for (const progress of [one.random, one.recommended]) expect([...progress].sort((a, b) => b - a)).toEqual(progress);
    expect(race(SURFACES[1]!, 3, [2, 4, 6])).toEqual(one);
  });
});

describe('what is suggested in the race', () => {
  const [bowl] = SURFACES;
  const runs = [2, 4, 6, 8, 10, 15].map((epochs, index) => {
    const params = { loraRank: 2 ** (2 + (index % 3)), learningRate: 1e-5 * (index + 1), batchSize: 4, epochs };
    return { params, succeeded: true, value: bowl!.loss(params) };
  });

  it('is what people get: around what was tried, where the true best is not known', () => {
    for (const { params } of suggestedBy(bowl!, runs, 20, 1)) {
      expect(params['batchSize']).toBe(4);
      expect(Number(params['learningRate'])).toBeLessThanOrEqual(3 * 6e-5);
    }
  });

  it('keeps what is not searched as it was in the best run', () => {
    const tagged = runs.map((run) => ({ ...run, params: { ...run.params, 'extra.optimizer': 'Lion' } }));
    for (const { params } of suggestedBy(bowl!, tagged, 3, 1)) expect(params['extra.optimizer']).toBe('Lion');
  });

  it('comes to what is told of it: intervals of 95 % hold at least 90 % of the runs, over 40 races', () => {
    const all = SURFACES.map((surface) => measureCoverage(surface, 5));
    const [runs, within] = [all.reduce((sum, one) => sum + one.runs, 0), all.reduce((sum, one) => sum + one.within, 0)];
    expect(runs).toBeGreaterThan(500);
    expect(within / runs).toBeGreaterThanOrEqual(0.9);
  });
});

describe('surfaces', () => {
  it('have a loss or a failure at every point', () => {
    for (const surface of SURFACES) {
      const random = seededRandom(1);
      const losses = Array.from({ length: 500 }, () => train(surface, randomPoint(surface.space, random), random));
      expect(losses.every((loss) => loss === null || (loss > 0 && Number.isFinite(loss)))).toBe(true);
      expect(losses.filter((loss) => loss !== null).length).toBeGreaterThan(100);
    }
  });

  it('can be replayed from a table, failures included', () => {
    const table = replayed('recorded', 'loraRank,learningRate,optimizer,loss\n8,1e-3,sgd,2.5\n8,1e-2,sgd,\n');
    expect(table.space.map(({ name }) => name)).toEqual(['loraRank', 'learningRate', 'extra.optimizer']);
    expect(table.loss({ loraRank: 8, learningRate: 0.001, 'extra.optimizer': 'sgd' })).toBe(2.5);
    expect(table.loss({ loraRank: 8, learningRate: 0.01, 'extra.optimizer': 'sgd' })).toBeNull();
    const named = replayed('by name', 'learningRate,scheduler,loss\n1e-3,constant,2.5\n1e-3,cosine,2.25\n');
    expect(['constant', 'cosine'].map((scheduler) => named.loss({ learningRate: 0.001, 'extra.scheduler': scheduler }))).toEqual([
      2.5, 2.25,
    ]);
  });
});

describe('analytics of data without any effect', () => {
  it('find something in at most every tenth of 20 sets', () => {
    const { suspects, importance } = measureFalseFindings(20, 100);
    expect(suspects).toBeLessThanOrEqual(0.1);
    expect(importance).toBeLessThanOrEqual(0.1);
  });
});

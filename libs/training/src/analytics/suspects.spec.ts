import { seededRandom } from './random.js';
import { findSuspects, type ValueOutcome } from './suspects.js';

const PARAMETERS = {
  loraRank: ['8', '16', '32', '64'],
  learningRate: ['5e-5', '1e-4', '3e-4', '1e-3'],
  host: ['gpu-1', 'gpu-2', 'gpu-3', 'gpu-4'],
  batchSize: ['1', '2', '4'],
  optimizer: ['AdamW', 'Lion', 'Prodigy'],
};
type Task = Record<keyof typeof PARAMETERS, string>;

/** `count` tasks with parameters drawn at random that fail with the probability `fails` says. */
function outcomes(seed: number, count: number, fails: (task: Task) => number): ValueOutcome[] {
  const random = seededRandom(seed);
  const found = new Map<string, ValueOutcome>();
  for (let index = 0; index < count; index += 1) {
    const task = Object.fromEntries(
      Object.entries(PARAMETERS).map(([name, values]) => [name, values[Math.floor(random() * values.length)]!]),
    ) as Task;
    const failed = random() < fails(task);
    for (const [parameter, value] of Object.entries(task)) {
      const one = found.get(`${parameter}=${value}`) ?? { parameter, value, failures: 0, successes: 0 };
      found.set(`${parameter}=${value}`, {
        ...one,
        failures: one.failures + (failed ? 1 : 0),
        successes: one.successes + (failed ? 0 : 1),
      });
    }
  }
  return [...found.values()];
}

describe('parameters over-represented among failures', () => {
  it('name the one bad node, and nothing else', () => {
    const { suspects } = findSuspects(outcomes(7, 600, ({ host }) => (host === 'gpu-3' ? 0.5 : 0.1)));
    expect(suspects.map(({ parameter, value }) => `${parameter}=${value}`)).toEqual(['host=gpu-3']);
    expect(suspects[0]!.failureRate).toBeGreaterThan(0.4);
    expect(suspects[0]!.elsewhere).toBeLessThan(0.2);
    expect(suspects[0]!.oddsRatio).toBeGreaterThan(3);
  });

  it('name the learning rate above which training diverges', () => {
    const { suspects } = findSuspects(outcomes(8, 400, ({ learningRate }) => (learningRate === '1e-3' ? 0.7 : 0.1)));
    expect(suspects[0]).toMatchObject({ parameter: 'learningRate', value: '1e-3' });
  });

  it('are none in 200 random data sets without an effect, but for the share that is allowed to be chance', () => {
    const withFinding = Array.from(
      { length: 200 },
      (_one, seed) => findSuspects(outcomes(1000 + seed, 400, () => 0.2)).suspects.length,
    ).filter((found) => found > 0);
    // Without any effect every finding is false, so the false discovery rate is the share of data sets with one: at most 5 %, give or take.
    expect(withFinding.length / 200).toBeLessThanOrEqual(0.08);
  });

  it('ask nothing of a parameter with one value, nor of a value seen hardly ever', () => {
    const { tested } = findSuspects([
      { parameter: 'gpu', value: 'A100', failures: 50, successes: 50 },
      { parameter: 'host', value: 'a', failures: 2, successes: 1 },
      { parameter: 'host', value: 'b', failures: 50, successes: 50 },
    ]);
    expect(tested).toBe(0);
  });
});

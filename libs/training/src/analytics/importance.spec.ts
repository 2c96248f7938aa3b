import { student95, studentTail } from './distributions.js';
import { choiceFeature, orderedFeature, type Feature } from './forest.js';
import { importanceSteps, scaledRanks, type ImportanceResult } from './importance.js';
import { randomNormal, seededRandom, type RandomSource } from './random.js';
import { runToEnd } from './run-to-end.js';

interface Row {
  rank: number;
  rate: number;
  batch: number;
  optimizer: string;
  dropout: number;
}

function rows(count: number, random: RandomSource): Row[] {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  return Array.from({ length: count }, () => ({
    rank: pick([4, 8, 16, 32, 64]),
    rate: 10 ** (-5 + 2 * random()),
    batch: pick([1, 2, 4]),
    optimizer: pick(['AdamW', 'Lion', 'Prodigy']),
    dropout: random(),
  }));
}

function features(data: readonly Row[]): Feature[] {
  return [
    orderedFeature(
      'rank',
      data.map(({ rank }) => rank),
    ),
    orderedFeature(
      'rate',
      data.map(({ rate }) => rate),
    ),
    orderedFeature(
      'batch',
      data.map(({ batch }) => batch),
    ),
    choiceFeature(
      'optimizer',
      data.map(({ optimizer }) => optimizer),
    ),
    orderedFeature(
      'dropout',
      data.map(({ dropout }) => dropout),
    ),
  ];
}

function importanceOf(seed: number, count: number, loss: (row: Row, noise: number) => number): ImportanceResult {
  const random = seededRandom(seed);
  const data = rows(count, random);
  return runToEnd(importanceSteps(features(data), scaledRanks(data.map((row) => loss(row, randomNormal(random)))), seed));
}

describe('importance of parameters', () => {
  it('finds the learning rate and the optimizer that decide the loss, and nothing else', () => {
    const { parameters, explained } = importanceOf(
      3,
      300,
      ({ rate, optimizer }, noise) => (Math.log10(rate) + 4) ** 2 + (optimizer === 'Lion' ? 0.4 : 0) + 0.1 * noise,
    );
    expect(parameters.filter(({ notable }) => notable).map(({ parameter }) => parameter)).toEqual(['rate', 'optimizer']);
    expect(explained).toBeGreaterThan(0.5);
    for (const { importance, low, high } of parameters) expect(low <= importance && importance <= high).toBe(true);
  });

  it('finds what two parameters do only together', () => {
    const { parameters } = importanceOf(4, 600, ({ rank, dropout }, noise) => (rank > 16 === dropout > 0.5 ? 0 : 1) + 0.2 * noise);
    expect(
      parameters
        .filter(({ notable }) => notable)
        .map(({ parameter }) => parameter)
        .sort(),
    ).toEqual(['dropout', 'rank']);
  });

  it('finds nothing where there is nothing: in at most 3 of 30 random data sets', () => {
    const wrong = Array.from({ length: 30 }, (_one, seed) => importanceOf(500 + seed, 120, (_row, noise) => noise)).filter(
      ({ parameters }) => parameters.some(({ notable }) => notable),
    );
    expect(wrong.length).toBeLessThanOrEqual(3);
  });

  it('says how sure it is by Student, as its error is an estimate from twelve repeats', () => {
    const random = seededRandom(11);
    const data = rows(60, random);
    const rates = data.map(({ rate }) => rate);
    const target = scaledRanks(rates.map((rate) => Math.log10(rate) + 0.9 * randomNormal(random)));
    const [rate] = runToEnd(importanceSteps([orderedFeature('rate', rates)], target, 1)).parameters;
    const error = (rate!.high - rate!.importance) / student95(11);
    expect(rate!.q).toBeGreaterThan(1e-6);
    expect(rate!.q).toBeCloseTo(studentTail(rate!.importance / error, 11), 8);
    expect(rate!.q).toBeLessThan(0.5);
  });

  it('answers the same when asked again', () => {
    const ask = () => importanceOf(9, 100, ({ rate }, noise) => rate + 1e-4 * noise);
    expect(ask()).toEqual(ask());
  });
});

describe('ranks', () => {
  it('run from 0 to 1 with ties in the middle', () => {
    expect([...scaledRanks([3, 1, 1, 1e9])]).toEqual([2 / 3, 1 / 6, 1 / 6, 1]);
  });
});

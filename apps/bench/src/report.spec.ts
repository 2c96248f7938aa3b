import { passes, type Figure } from './figure.js';
import { compare, number } from './report.js';

const figure = (overrides: Partial<Figure>): Figure => ({ row: 'P1', name: 'submit', value: 1, unit: '', better: 'higher', ...overrides });

describe('comparing a run with the baseline', () => {
  it('calls a lower rate worse and a lower latency better', () => {
    const before = [figure({ ratio: 1 }), figure({ name: 'p95', better: 'lower', ratio: 1 })];
    const now = [figure({ ratio: 0.5 }), figure({ name: 'p95', better: 'lower', ratio: 0.5 })];
    expect(compare(now, before).map(({ figure: { name }, worseBy }) => [name, worseBy])).toEqual([
      ['submit', 2],
      ['p95', 0.5],
    ]);
  });

  it('says nothing of what moved less than the noise, or was not there before', () => {
    expect(compare([figure({ ratio: 1.1 }), figure({ name: 'new', ratio: 9 })], [figure({ ratio: 1 })])).toEqual([]);
  });
});

describe('a figure', () => {
  it.each([
    ['higher', 5, 5, true],
    ['higher', 4.9, 5, false],
    ['lower', 5, 5, true],
    ['lower', 5.1, 5, false],
  ] as const)('that must be %s keeps its bound: %d against %d → %s', (better, value, must, kept) => {
    expect(passes(figure({ better, value, must }))).toBe(kept);
  });

  it('without a bound neither passes nor fails', () => {
    expect(passes(figure({}))).toBeNull();
  });

  it.each([
    [123456.7, '123457'],
    [12.345, '12.3'],
    [0.012345, '0.0123'],
    [0, '0'],
  ])('reads %d as %s', (value, text) => {
    expect(number(value)).toBe(text);
  });
});

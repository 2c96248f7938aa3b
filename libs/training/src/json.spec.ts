import { isJsonObject, sameJson } from './json.js';

describe('sameJson', () => {
  it.each([
    [1, 1],
    ['a', 'a'],
    [null, null],
    [
      [1, { a: 2 }],
      [1, { a: 2 }],
    ],
    [
      { a: 1, b: [2] },
      { b: [2], a: 1 },
    ],
    [undefined, undefined],
  ])('%j is the same as %j', (a, b) => {
    expect(sameJson(a, b)).toBe(true);
  });

  it.each([
    [1, '1'],
    [null, undefined],
    [
      [1, 2],
      [2, 1],
    ],
    [[1], [1, 2]],
    [{ a: 1 }, { a: 1, b: 1 }],
    [{ a: 1, b: 1 }, { a: 1 }],
    [{}, []],
    [{ toString: 1 }, { a: 1 }],
    [{ a: undefined as never }, { b: 1 }],
  ])('%j is not the same as %j', (a, b) => {
    expect(sameJson(a, b)).toBe(false);
  });
});

it('tells objects from lists and null', () => {
  expect([{}, [], null, 'x'].map(isJsonObject)).toEqual([true, false, false, false]);
});

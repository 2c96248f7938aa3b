import fc from 'fast-check';
import { boolean, fractionOf, number, percentOf, size, text } from './values.js';

it.each([
  [1, 1],
  ['1', 1],
  [' 1e-4 ', 0.0001],
  ['.5', 0.5],
  ['5.', 5],
  ['1_000', 1000],
  ['-3', -3],
  ['', undefined],
  ['1e999', undefined],
  ['9007199254740993', undefined],
  ['0x10', undefined],
  ['1,5', undefined],
  [true, undefined],
  [null, undefined],
  [[1], undefined],
])('number(%j) is %j', (value, expected) => {
  expect(number(value)).toBe(expected);
});

it.each([
  [true, true],
  ['True', true],
  ['yes', true],
  [1, true],
  ['off', false],
  ['0', false],
  [2, undefined],
  ['maybe', undefined],
  [null, undefined],
])('boolean(%j) is %j', (value, expected) => {
  expect(boolean(value)).toBe(expected);
});

it.each([
  ['a', 'a'],
  [12, '12'],
  [' ', undefined],
  [null, undefined],
  [true, undefined],
])('text(%j) is %j', (value, expected) => {
  expect(text(value)).toBe(expected);
});

it.each([
  [512, 512],
  ['512', 512],
  ['512x768', '512x768'],
  ['512×768', '512x768'],
  [0, undefined],
  [1.5, undefined],
  ['512,', undefined],
  ['1,2,3', undefined],
])('size(%j) is %j', (value, expected) => {
  expect(size(value)).toBe(expected);
});

it("percent and fraction are each other's reverse for up to ten digits", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (billionths) => {
      const fraction = billionths / 1e9;
      expect(fractionOf(percentOf(fraction))).toBe(fraction);
    }),
  );
});

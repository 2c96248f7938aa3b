import fc from 'fast-check';
import { alongAxis, extentOf, indexAt, stepsBetween, tickText } from './curve-axis.js';
import type { Format } from './use-format.js';

const START = Date.UTC(2025, 0, 1);
const curve = {
  steps: [1, 2, 3, 4],
  values: [4, 'NaN', 2, 1],
  epochs: [null, 0.5, 1, 1.5],
  times: [START + 1000, START + 2000, START + 9000, START + 3000],
};

describe('a curve along an axis', () => {
  it('of steps stays as it came', () => {
    expect(alongAxis(curve, 'step', START)).toMatchObject({ x: [1, 2, 3, 4], values: curve.values });
  });
  it('of epochs leaves out points without one', () => {
    expect(alongAxis(curve, 'epoch', START)).toMatchObject({ x: [0.5, 1, 1.5], steps: [2, 3, 4], values: ['NaN', 2, 1] });
  });
  it('of time stands in the order of the clock', () => {
    expect(alongAxis(curve, 'relative', START)).toMatchObject({ x: [1, 2, 3, 9], steps: [1, 2, 4, 3] });
    expect(alongAxis(curve, 'time', START).x[0]).toBe(START / 1000 + 1);
  });
});

describe('the steps of a part of an axis', () => {
  it('reach to the points next to it', () => {
    expect(stepsBetween(alongAxis(curve, 'relative', START), 1.5, 2.5)).toEqual({ from: 1, to: 4 });
    expect(stepsBetween(alongAxis(curve, 'epoch', START), 0.9, 1.1)).toEqual({ from: 2, to: 4 });
    expect(stepsBetween({ ...curve, x: [], steps: [] }, 0, 1)).toBeNull();
  });
  it('hold every point that is seen', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(1000), { minLength: 1 }), fc.nat(1000), fc.nat(1000), (places, a, b) => {
        const x = places.toSorted((one, other) => one - other);
        const [from, to] = a <= b ? [a, b] : [b, a];
        const steps = x.map((_place, index) => index + 1);
        const range = stepsBetween({ x, steps, values: [], epochs: [], times: [] }, from, to)!;
        x.forEach((place, index) => {
          if (place >= from && place <= to) expect(steps[index]! >= range.from && steps[index]! <= range.to).toBe(true);
        });
      }),
    );
  });
});

it('an extent covers all curves, or what belongs to some steps of them', () => {
  const along = alongAxis(curve, 'relative', START);
  expect(extentOf([along], null)).toEqual({ from: 1, to: 9 });
  expect(extentOf([along], { from: 2, to: 4 })).toEqual({ from: 2, to: 9 });
  expect(extentOf([], null)).toBeNull();
});

it('the point at a place is the last one at or before it', () => {
  expect([0, 1, 5, 9, 99].map((place) => indexAt([1, 5, 9], place))).toEqual([-1, 0, 1, 2, 2]);
});

it('marks of the clock say as much as their distance needs', () => {
  const noon = new Date(2025, 0, 2, 12, 30, 5).getTime() / 1000;
  const text = (distance: number) => tickText('time', noon, distance, {} as Format, 'en');
  expect([text(10), text(600), text(86_400)]).toEqual(['12:30:05', '12:30', 'Jan 2']);
});

import fc from 'fast-check';
import { moved, pinched, stepsAround, wholeAxis, within, zoomed } from './curve-zoom.js';

const whole = { from: 0, to: 1000 };

describe('a part of an axis', () => {
  it('stays within the whole and keeps its length', () => {
    expect(within({ from: -50, to: 50 }, whole)).toEqual({ from: 0, to: 100 });
    expect(within({ from: 950, to: 1050 }, whole)).toEqual({ from: 900, to: 1000 });
    expect(within({ from: -50, to: 1050 }, whole)).toEqual(whole);
    expect(within({ from: -50, to: 1050 }, null)).toEqual({ from: -50, to: 1050 });
  });
  it('is seen closer around a place, which stays where it is', () => {
    expect(zoomed(whole, 250, 0.5, whole)).toEqual({ from: 125, to: 625 });
    expect(zoomed(whole, 1000, 0.5, whole)).toEqual({ from: 500, to: 1000 });
    expect(zoomed({ from: 500, to: 1000 }, 1000, 2, whole)).toEqual(whole);
  });
  it('is never so short that nothing is in it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 1, max: 200 }), (at, times) => {
        let part = whole;
        for (let time = 0; time < times; time += 1) part = zoomed(part, at, 0.5, whole);
        expect(part.to).toBeGreaterThan(part.from);
        expect(part.from).toBeGreaterThanOrEqual(0);
        expect(part.to).toBeLessThanOrEqual(1000);
      }),
    );
  });
  it('moves to the side as far as the axis goes', () => {
    expect(moved({ from: 100, to: 300 }, 0.5, whole)).toEqual({ from: 200, to: 400 });
    expect(moved({ from: 100, to: 300 }, -2, whole)).toEqual({ from: 0, to: 200 });
  });
});

describe('two fingers', () => {
  const held = { from: 400, to: 600 };
  it('that do not move change nothing', () => {
    expect(pinched(held, { from: 0.4, to: 0.6 }, whole)).toEqual(whole);
  });
  it('that part show what was between them', () => {
    expect(pinched(held, { from: 0, to: 1 }, whole)).toEqual(held);
  });
  it('that go to the side together take the axis with them', () => {
    const { from, to } = pinched({ from: 400, to: 500 }, { from: 0.25, to: 0.75 }, whole);
    expect([from, to]).toEqual([350, 550]);
  });
  it('that meet or cross show a part all the same', () => {
    expect(pinched({ from: 400, to: 410 }, { from: 0.5, to: 0.5 }, null)).toEqual({ from: 305, to: 505 });
  });
});

describe('a curve of which a part is loaded', () => {
  const points = { x: [10, 20], steps: [100, 200], values: [1, 1], epochs: [null, null], times: [0, 0] };
  it('goes on beyond it at the same pace', () => {
    expect(stepsAround(points, 5, 25)).toEqual({ from: 50, to: 250 });
    expect(stepsAround(points, 0, 40)).toEqual({ from: 0, to: 400 });
    expect(stepsAround(points, 12, 18)).toEqual({ from: 100, to: 200 });
    expect(wholeAxis(points, 300)).toEqual({ from: 0, to: 30 });
  });
  it('says nothing about the rest when it has no points, or a single one', () => {
    expect(stepsAround({ ...points, x: [], steps: [] }, 0, 1)).toBeNull();
    expect(stepsAround({ ...points, x: [10], steps: [100] }, 0, 40)).toEqual({ from: 100, to: 100 });
    expect(wholeAxis({ ...points, x: [10], steps: [100] }, 300)).toBeNull();
  });
});

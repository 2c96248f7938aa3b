import fc from 'fast-check';
import { binOf, fineEdges, linearBins, logBins, nextUp } from './log-bins.js';

describe('logarithmic bins', () => {
  it('have edges as people write them, and give each usual learning rate a bin of its own', () => {
    const bins = logBins(5e-5, 5e-4);
    expect(bins).toEqual([
      { from: 3e-5, to: 5e-5 },
      { from: 5e-5, to: 7e-5 },
      { from: 7e-5, to: 1e-4 },
      { from: 1e-4, to: 1.5e-4 },
      { from: 1.5e-4, to: 2e-4 },
      { from: 2e-4, to: 3e-4 },
      { from: 3e-4, to: 5e-4 },
    ]);
    expect(binOf(bins, 3e-4)).toEqual({ from: 2e-4, to: 3e-4 });
    expect(binOf(bins, 3.0001e-4)).toEqual({ from: 3e-4, to: 5e-4 });
  });

  it('grow coarser with the range instead of more than 24', () => {
    expect(logBins(1e-6, 1).length).toBeLessThanOrEqual(24);
    expect(logBins(1e-9, 1e9).every(({ from, to }) => Math.abs(to / from - 10) < 1e-9)).toBe(true);
  });

  it('cover every value between the ends once, in order, without a gap', () => {
    const size = fc.double({ min: -12, max: 4, noNaN: true }).map((power) => 10 ** power);
    fc.assert(
      fc.property(size, size, size, (a, b, c) => {
        const [min, value, max] = [a, b, c].sort((x, y) => x - y) as [number, number, number];
        const bins = logBins(min, max);
        expect(bins.filter(({ from, to }) => value > from && value <= to)).toHaveLength(1);
        bins.slice(1).forEach(({ from }, index) => expect(from).toBe(bins[index]?.to));
      }),
    );
  });

  it('are unions of the finest ones, so that counts by the finest can be added up', () => {
    const edges = new Set(fineEdges(-13, 6));
    for (const max of [1e-4, 1e-2, 1, 1e3])
      for (const { from, to } of logBins(1e-6, max)) expect(edges.has(from) && edges.has(to)).toBe(true);
  });
});

describe('linear bins', () => {
  it('have edges as people write them, nothing among them', () => {
    expect(linearBins(0, 0.3).slice(0, 3)).toEqual([
      { from: -0.02, to: 0 },
      { from: 0, to: 0.02 },
      { from: 0.02, to: 0.04 },
    ]);
    expect(linearBins(-40, 60).map(({ to }) => to)).toContain(0);
  });

  it('cover every value between the ends once, in order, without a gap, in at most 24', () => {
    // Numbers of 1e-307 and less have too few digits left for steps between them to have edges as people write them.
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((one) => (Math.abs(one) < 1e-290 ? 0 : one));
    fc.assert(
      fc.property(value, value, value, (a, b, c) => {
        const [min, middle, max] = [a, b, c].sort((x, y) => x - y) as [number, number, number];
        fc.pre(max - min > 1e-9 * Math.max(Math.abs(min), Math.abs(max)));
        const bins = linearBins(min, max);
        expect(bins.length).toBeLessThanOrEqual(24);
        expect(bins.filter(({ from, to }) => middle > from && middle <= to)).toHaveLength(1);
        bins.slice(1).forEach(({ from }, index) => expect(from).toBe(bins[index]?.to));
      }),
    );
  });
});

describe('the next number up', () => {
  it('has none between, so that who counts edges at or below a value counts those below it', () => {
    for (const edge of fineEdges(-13, 4)) {
      expect(nextUp(edge)).toBeGreaterThan(edge);
      expect([edge, nextUp(edge)]).toContain((edge + nextUp(edge)) / 2);
    }
    expect(nextUp(1)).toBe(1 + Number.EPSILON);
  });
});

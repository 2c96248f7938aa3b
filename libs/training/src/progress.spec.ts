import fc from 'fast-check';
import { progressOf, remainingSeconds } from './progress.js';

describe('the part of a run that is done', () => {
  it.each([
    ['nothing known', {}, null],
    ['steps', { currentStep: 25, totalSteps: 100 }, 0.25],
    ['steps before epochs', { currentStep: 25, totalSteps: 100, currentEpoch: 1, epochs: 2 }, 0.25],
    ['epochs where the total of steps is unknown', { currentStep: 25, totalSteps: null, currentEpoch: 1.5, epochs: 2 }, 0.75],
    ['no length', { currentStep: 5, totalSteps: 0, currentEpoch: 1, epochs: 0 }, null],
    ['more steps than were announced', { currentStep: 101, totalSteps: 100 }, 1],
  ])('follows from %s', (_what, position, part) => {
    expect(progressOf(position)).toBe(part);
  });

  it('is always within 0 and 1, or unknown', () => {
    const number = fc.option(fc.double());
    fc.assert(
      fc.property(fc.record({ currentStep: number, totalSteps: number, currentEpoch: number, epochs: number }), (position) => {
        const part = progressOf(position);
        expect(part === null || (part >= 0 && part <= 1)).toBe(true);
      }),
    );
  });
});

describe('the time that is left', () => {
  it('follows from the mean speed so far', () => {
    expect(remainingSeconds(0.25, 60)).toBe(180);
    expect(remainingSeconds(1, 60)).toBe(0);
  });

  it.each([
    [null, 60],
    [0, 60],
    [0.5, 0],
    [Number.NaN, 60],
  ])('is unknown at %p after %p seconds', (part, elapsed) => {
    expect(remainingSeconds(part, elapsed)).toBeNull();
  });
});

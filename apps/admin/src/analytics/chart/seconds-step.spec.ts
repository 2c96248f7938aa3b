import { secondsStep } from './seconds-step.js';

describe('an axis of time', () => {
  it('is divided as people divide time', () => {
    expect([7, 50, 400, 3200, 40_000, 400_000, 40_000_000].map(secondsStep)).toEqual([1, 10, 60, 600, 7200, 86_400, 5_443_200]);
  });
});

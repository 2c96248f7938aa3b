import type { TFunction } from 'i18next';
import { middleHalf } from './middle-half.js';

const t = ((key: string, facts?: object) => `${key}${facts === undefined ? '' : JSON.stringify(facts)}`) as unknown as TFunction;
const said = (q1: number | null, q3: number | null) => middleHalf({ q1, q3 }, t, String);

describe('the middle half of the runs', () => {
  it('lies between two numbers of steps', () => {
    expect(said(9.4, 20)).toBe('9 – 20');
  });
  it('never has a side that is missing: where a quarter never came down, it says so', () => {
    expect(said(9, null)).toBe('analytics.convergence.fromStep{"from":"9"}');
    expect(said(null, null)).toBe('analytics.never');
  });
});

import type { TFunction } from 'i18next';
import type { Format } from '../ui/use-format.js';
import { sayReason } from './sentence.js';

const format = {
  percent: (rate: number) => `${Math.round(100 * rate)}%`,
  loss: (value: number) => `loss ${value}`,
  duration: (value: number) => `${value} s`,
  count: String,
  value: String,
} as unknown as Format;
const said = (code: string, params: Record<string, string | number>) => {
  const text = sayReason(
    { code, params, text: 'as the server says it' },
    ((key: string, facts: object) => JSON.stringify({ key, ...facts })) as unknown as TFunction,
    format,
  );
  return text.startsWith('{') ? (JSON.parse(text) as object) : text;
};

describe('a sentence of the server', () => {
  it('is said with its facts as people read them', () => {
    expect(said('BETTER_LOSS', { n: 12, successes: 11, low: 0.65, median: 0.08, high: 0.09, others: 0.1 })).toEqual({
      key: 'analytics.sentence.BETTER_LOSS',
      n: '12',
      successes: '11',
      low: '65%',
      median: 'loss 0.08',
      high: 'loss 0.09',
      others: 'loss 0.1',
      count: 12,
    });
    expect(said('PROVEN_TIME', { n: 13, successes: 13, low: 0.4, median: 90, high: 95 })).toMatchObject({ high: '95 s', low: '40%' });
  });
  it('speaks of losses, times or rates as the objective does', () => {
    const expected = (objective: string) =>
      said('EXPECTED_BETTER', { objective, changes: '', value: 0.5, low: 0.25, high: 0.75, success: 0.9 });
    expect(expected('finalLoss')).toMatchObject({ value: 'loss 0.5', low: 'loss 0.25', success: '90%' });
    expect(expected('time')).toMatchObject({ high: '0.75 s', success: '90%' });
    expect(expected('success')).toMatchObject({ value: '50%', low: '25%' });
  });
  it('is shown as it came when it is not known here', () => {
    expect(said('NEW_WISDOM', {})).toBe('as the server says it');
  });
});

import type { Dimension } from './dimensions.js';
import { both, groupsOf, selectionOf, type RawGroup } from './groups.js';

const NUMBER: Dimension = { name: 'epochs', kind: 'number', key: '', value: '' };
const TEXT: Dimension = { name: 'modelName', kind: 'text', key: '', value: '' };
const raw = (key: RawGroup['key'], n = 1, min: number | null = null, max = min): RawGroup => ({ key, n, min, max });

describe('groups of values', () => {
  it('are the numbers themselves, by size, while there are few; without a value comes last', () => {
    const grouping = groupsOf(NUMBER, [raw(20), raw(3), raw(null), raw(100)], new Map());
    expect([3, 20, 100, null].map((key) => grouping.of({ key })?.order)).toEqual([0, 1, 2, 3]);
    expect(grouping.of({ key: 20 })).toMatchObject({ value: 20, filter: { epochsMin: '20', epochsMax: '20' } });
    expect(grouping.of({ key: null })).toMatchObject({ value: null, filter: { unset: 'epochs' } });
  });

  it('are bins when there are many numbers, with the ends of what lies in each', () => {
    const numbers = Array.from({ length: 100 }, (_one, index) => index + 1);
    const grouping = groupsOf(
      NUMBER,
      numbers.map((key) => raw(key)),
      new Map(),
    );
    expect(grouping.of({ key: 45 })).toBe(grouping.of({ key: 31 }));
    expect(grouping.of({ key: 45 })).toMatchObject({
      value: { from: 30, to: 50, min: 31, max: 50 },
      filter: { epochsMin: '31', epochsMax: '50' },
    });
  });

  it('are bins also when some of many numbers are nothing or less, and what is null is not set', () => {
    const extra: Dimension = { name: 'extra.offset', kind: 'json', key: '', value: '' };
    const keys = Array.from({ length: 41 }, (_one, index) => String((index - 20) / 20));
    for (const absent of ['null', null]) {
      const grouping = groupsOf(extra, [raw(absent, 7), ...keys.map((key) => raw(key))], new Map());
      expect(grouping.of({ key: '0' })).toMatchObject({
        value: { from: -0.1, to: 0, min: -0.05, max: 0 },
        filter: { 'extraMin.offset': '-0.05', 'extraMax.offset': '0' },
      });
      expect(new Set(keys.map((key) => grouping.of({ key })?.id)).size).toBe(21);
      expect(grouping.of({ key: absent })).toMatchObject({ value: null, order: 21, filter: { unset: 'extra.offset' } });
    }
  });

  it('put fine bins together from what they hold', () => {
    const grouping = groupsOf(
      { name: 'learningRate', kind: 'fine', key: '', value: '' },
      [raw(7, 3, 1e-4), raw(7, 1, 9e-5), raw(9, 2, 3e-4)],
      new Map(),
    );
    expect(grouping.of({ key: 7 })).toMatchObject({
      value: { from: 7e-5, to: 1e-4, min: 9e-5, max: 1e-4 },
      filter: { learningRateMin: '0.00009', learningRateMax: '0.0001' },
    });
  });

  it('are the fifty most frequent names; the others are counted as left out', () => {
    const grouping = groupsOf(
      TEXT,
      Array.from({ length: 60 }, (_one, index) => raw(`model-${index}`, index)),
      new Map(),
    );
    expect(grouping.omitted).toBe(10);
    expect(grouping.of({ key: 'model-59' })?.order).toBe(0);
    expect(grouping.of({ key: 'model-5' })).toBeUndefined();
  });

  it('name people, and keep the type of an extra parameter', () => {
    const users = groupsOf(
      { name: 'user', kind: 'text', key: '', value: '' },
      [raw('9007199254740993')],
      new Map([['9007199254740993', 'ada']]),
    );
    expect(users.of({ key: '9007199254740993' })).toMatchObject({ value: 'ada', filter: { user: 'ada' } });
    const extra = groupsOf({ name: 'extra.flag', kind: 'json', key: '', value: '' }, [raw('true'), raw('"true"'), raw(null)], new Map());
    expect([extra.of({ key: 'true' })?.value, extra.of({ key: '"true"' })?.value, extra.of({ key: null })?.value]).toEqual([
      true,
      'true',
      null,
    ]);
  });

  it('lead to their tasks, also to those where it is not set', () => {
    expect(selectionOf('host', 'gpu-1')).toEqual({ host: 'gpu-1' });
    expect(selectionOf('host', null)).toEqual({ unset: 'host' });
    expect(selectionOf('user', null)).toBeNull();
    expect(selectionOf('extra.optimizer', 'Lion')).toEqual({ 'extra.optimizer': 'Lion' });
    expect(selectionOf('extra.warmup', { from: 10, to: 20, min: 12, max: 20 })).toEqual({
      'extraMin.warmup': '12',
      'extraMax.warmup': '20',
    });
  });

  it('of two parameters lead to what lies in both', () => {
    expect(both({ unset: 'host' }, { unset: 'extra.snr' })).toEqual({ unset: 'host,extra.snr' });
    expect(both({ host: 'a' }, { epochsMin: '1' })).toEqual({ host: 'a', epochsMin: '1' });
    expect(both({ host: 'a' }, null)).toBeNull();
  });
});

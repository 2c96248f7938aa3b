import fc from 'fast-check';
import { isFiltered, parseListSearch, toApiQuery, toFilter, withEntry, type ListSearch } from './list-search.js';
import { parseSearch, stringifySearch } from '../shell/search-params.js';

const FULL: ListSearch = {
  q: 'style',
  status: ['FAILED', 'CANCELLED'],
  user: ['lin'],
  modelName: ['flux', 'sdxl'],
  failureReason: ['OOM'],
  loraRankMin: 8,
  learningRateMax: 0.0001,
  createdFrom: '2025-01-01T00:00:00.000Z',
  extra: { optimizer: 'adamw', 'network.module': 'lycoris' },
  extraMin: { warmup: 0.5 },
  extraMax: { 'a.b': 1e-4 },
  durationMin: 60,
  started: '30d',
  unset: ['gpu', 'extra.snr'],
  ids: ['7d444840-9dc0-11d1-b245-5ffdce74fad2', '8d444840-9dc0-11d1-b245-5ffdce74fad2'],
  sort: '-finalLoss,metric.train/loss.avg.min,-extra.学习率',
  column: ['metric.train/loss.avg.min', 'extra.optimizer'],
  layout: 'status:p,name:p240,extra.a%2Cb:h',
};

describe('the state of a list in its address', () => {
  it('comes back whole', () => {
    expect(parseListSearch(parseSearch(stringifySearch(FULL)))).toEqual(FULL);
  });
  it('drops what makes no sense and keeps the rest', () => {
    expect(
      parseListSearch({
        status: ['DONE', 'FAILED'],
        loraRankMin: 'many',
        createdFrom: 'yesterday',
        sort: 'a;b',
        column: ['loss', 'metric.loss.mean'],
        fingerprint: 'x',
        layout: 'name:q,,',
        ids: ['7d444840', '7d444840-9dc0-11d1-b245'],
        created: '5y',
        q: ' ',
        tag: 'art',
      }),
    ).toEqual({ status: ['FAILED'], tag: ['art'] });
  });
  it('reads any address without throwing, and its own reading again the same', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.array(fc.string()))), (raw) => {
        const once = parseListSearch(raw);
        expect(parseListSearch(parseSearch(stringifySearch(once)))).toEqual(once);
      }),
    );
  });
  it('knows a filter from an order', () => {
    expect(isFiltered({ sort: 'loraRank', scope: 'shared', column: ['extra.optimizer'], layout: 'name:p' })).toBe(false);
    expect(isFiltered({ sort: 'loraRank', q: 'a' })).toBe(true);
  });
});

describe('the question to the API', () => {
  it('gives a moving range its edge', () => {
    const now = Date.parse('2025-03-08T12:00:00.000Z');
    expect(toApiQuery({ created: '7d', status: ['FAILED'] }, now)).toEqual({ status: ['FAILED'], createdFrom: '2025-03-01T12:00:00.000Z' });
    expect(toApiQuery({ started: '24h' }, now)).toEqual({ startedFrom: '2025-03-07T12:00:00.000Z' });
    expect(toFilter({ started: '24h' }, false, now)).toEqual({ startedFrom: '2025-03-07T12:00:00.000Z' });
  });
  it('writes extra parameters with their dot', () => {
    expect(toApiQuery({ extra: { optimizer: 'adamw' }, extraMin: { warmup: 5 } }, 0)).toEqual({
      'extra.optimizer': 'adamw',
      'extraMin.warmup': 5,
    });
  });
  it('is the same for a bulk action, without the order', () => {
    const now = Date.parse('2025-03-08T12:00:00.000Z');
    expect(toFilter({ created: '7d', sort: '-finalLoss', column: ['extra.optimizer'], extra: { optimizer: 'adamw' } }, true, now)).toEqual({
      createdFrom: '2025-03-01T12:00:00.000Z',
      extra: { optimizer: 'adamw' },
      deleted: 'only',
    });
  });
});

describe('a map of filters', () => {
  it('gets, changes and loses one entry, and is gone with its last', () => {
    expect(withEntry(undefined, 'a', 1)).toEqual({ a: 1 });
    expect(withEntry({ a: 1, b: 2 }, 'a', 3)).toEqual({ a: 3, b: 2 });
    expect(withEntry({ a: 1 }, 'a', undefined)).toBeUndefined();
  });
});

import fc from 'fast-check';
import { parseSearch, stringifySearch } from './search-params.js';

describe('the query string', () => {
  it('reads like the one of the API', () => {
    expect(
      stringifySearch({
        q: 'art style',
        status: ['FAILED', 'CANCELLED'],
        loraRankMin: 8,
        extra: { optimizer: 'adamw' },
        sort: undefined,
        tag: [],
      }),
    ).toBe('?q=art+style&status=FAILED&status=CANCELLED&loraRankMin=8&extra.optimizer=adamw');
  });
  it('can be read by people where it holds a list or a time', () => {
    expect(stringifySearch({ sort: '-loraRank,name', layout: 'name:p240', createdFrom: '2026-03-01T08:00' })).toBe(
      '?sort=-loraRank,name&layout=name:p240&createdFrom=2026-03-01T08:00',
    );
  });
  it('keeps one value as text and several as a list', () => {
    expect(parseSearch('?status=FAILED')).toEqual({ status: 'FAILED' });
    expect(parseSearch('?status=FAILED&status=RUNNING&q=a')).toEqual({ status: ['FAILED', 'RUNNING'], q: 'a' });
  });
  it('brings back whatever was written, in any characters', () => {
    const values = fc.oneof(fc.string({ minLength: 1 }), fc.array(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 4 }));
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ minLength: 1 }).filter((key) => key !== '__proto__'),
          values,
        ),
        (search) => {
          expect({ ...parseSearch(stringifySearch(search)) }).toEqual({ ...search });
        },
      ),
    );
  });
});

it('gathers extra parameters as the page itself would write them, so that none stands twice in the address', () => {
  expect(parseSearch('?extra.optimizer=lion&extra.net.dim=8&q=a')).toEqual({ q: 'a', extra: { optimizer: 'lion', 'net.dim': '8' } });
  expect(stringifySearch(parseSearch('?extra.optimizer=lion&extra.net.dim=8'))).toBe('?extra.optimizer=lion&extra.net.dim=8');
});

import * as fc from 'fast-check';
import { parseQuery } from './app.setup.js';

describe('parseQuery', () => {
  it('gives repeated keys as lists', () => {
    expect(parseQuery('status=FAILED&status=SUCCESS&limit=5')).toEqual({ status: ['FAILED', 'SUCCESS'], limit: '5' });
  });

  it('gathers extra parameters under one name', () => {
    expect(parseQuery('extra.optimizer=adam&extra.net.dropout=0.1&q=x')).toEqual({
      q: 'x',
      extra: { optimizer: 'adam', 'net.dropout': '0.1' },
    });
  });

  it('says nothing of extra parameters where there are none', () => {
    expect(parseQuery('')).toEqual({});
  });

  it('does not stumble over half an escape', () => {
    expect(parseQuery('q=%zz%')).toEqual({ q: '%zz%' });
  });

  it('takes the names of every object for names like any other', () => {
    const parsed = parseQuery('__proto__=1&extra.__proto__=2&constructor=3');
    expect(Object.keys(parsed)).toEqual(['__proto__', 'constructor', 'extra']);
    expect(Object.keys(parsed['extra'] as object)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>)['1']).toBeUndefined();
  });

  it('answers an object for any text at all', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expect(typeof parseQuery(text)).toBe('object')));
  });
});

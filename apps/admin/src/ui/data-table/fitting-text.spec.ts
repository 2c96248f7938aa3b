import { createElement } from 'react';
import { fits } from './fitting-text.js';

describe('text that fits', () => {
  it('is short enough for its column, by itself or in one element', () => {
    expect(fits('0.0001', 58, 14)).toBe(true);
    expect(fits(createElement('time', null, 'Nov 28, 23:59'), 120, 14)).toBe(true);
  });

  it('is not what might be cut off, in the widest letters or in a larger font', () => {
    expect(fits('1.234e-5', 58, 14)).toBe(false);
    expect(fits('WWWWWW', 80, 14)).toBe(false);
    expect(fits('模型模型模型', 80, 14)).toBe(false);
    expect(fits('0.0001', 58, 20)).toBe(false);
  });

  it('is nothing whose width is not known', () => {
    expect(fits(createElement('span', null, createElement('b')), 500, 14)).toBe(false);
  });
});

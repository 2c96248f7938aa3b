import { append, EMPTY_LOG, endOf, prepend, startOf, textOf } from './log-buffer.js';

const piece = (offset: number, text: string, size = 100) => ({ offset, text, nextOffset: offset + text.length, size });

describe('the part of a log that is held', () => {
  it('grows at its end and at its start', () => {
    const buffer = prepend(append(append(EMPTY_LOG, piece(50, 'abc'), 1000), piece(53, 'def'), 1000), piece(45, 'vwxyz'));
    expect([startOf(buffer), endOf(buffer), textOf(buffer)]).toEqual([45, 56, 'vwxyzabcdef']);
  });
  it('takes no piece twice and none that leaves a hole', () => {
    const buffer = append(EMPTY_LOG, piece(0, 'abc'), 1000);
    expect(append(buffer, piece(0, 'abc'), 1000)).toBe(buffer);
    expect(append(buffer, piece(9, 'x'), 1000)).toBe(buffer);
    expect(prepend(append(EMPTY_LOG, piece(50, 'a'), 1000), piece(10, 'b')).pieces).toHaveLength(1);
  });
  it('lets the oldest go when it becomes too much', () => {
    const buffer = append(append(append(EMPTY_LOG, piece(0, 'aaaa'), 8), piece(4, 'bbbb'), 8), piece(8, 'cccc'), 8);
    expect(textOf(buffer)).toBe('bbbbcccc');
    expect(startOf(buffer)).toBe(4);
  });
  it('keeps a last piece that is too much by itself', () => {
    expect(textOf(append(EMPTY_LOG, piece(0, 'aaaaaaaa'), 4))).toBe('aaaaaaaa');
  });
  it('learns the size also when nothing came', () => {
    expect(append(EMPTY_LOG, piece(0, '', 7), 10).size).toBe(7);
  });
});

import { lastLines } from './last-lines.js';

describe('the last lines of an output', () => {
  it('show progress bars in their last state and no escape codes', () => {
    expect(lastLines('a\n\r 1%\r 2%\r\nb\r\n\x1b[31mred\x1b[0m\n\n  indented\n')).toBe('a\n 2%\nb\nred\n  indented');
  });

  it('are at most fifty', () => {
    const lines = Array.from({ length: 80 }, (_, index) => `line ${index}`);
    expect(lastLines(lines.join('\n')).split('\n')).toEqual(lines.slice(30));
  });

  it('have at most 16 000 characters, the last ones', () => {
    const text = lastLines(`${'x'.repeat(20_000)}end`);
    expect(text).toHaveLength(16_000);
    expect(text).toMatch(/xend$/);
  });

  it('of nothing are nothing', () => {
    expect(lastLines('')).toBe('');
  });
});

import { ConfigFormatError } from '../config-format-error.js';
import { MAX_TEXT_LENGTH } from './limits.js';
import { checkText, guessSyntaxes } from './text.js';

describe('guessSyntaxes', () => {
  it.each([
    ['{"a": 1}', 'json'],
    ['// note\n{"a": 1}', 'json'],
    ['a: 1\nb: 2', 'yaml'],
    ['---\na: 1', 'yaml'],
    ['# x = 1\na: 1', 'yaml'],
    ['a = 1\nb = "x: y"', 'toml'],
    ['[section]\na = 1', 'toml'],
    ['[[datasets]]\nresolution = 512', 'toml'],
    ['prompt: "a = b"\nb: 1', 'yaml'],
    ['list:\n  - a: 1', 'yaml'],
  ])('takes %j for %s', (text, syntax) => {
    expect(guessSyntaxes(text)[0]).toBe(syntax);
  });
});

describe('checkText', () => {
  it.each([
    ['x'.repeat(MAX_TEXT_LENGTH + 1), 'TOO_LARGE'],
    ['a: 1\0', 'INVALID'],
    ['', 'INVALID'],
    [' \n\t', 'INVALID'],
  ])('refuses what is no text file of a sensible size', (text, code) => {
    expect(() => checkText(text)).toThrow(expect.objectContaining({ code }) as ConfigFormatError);
  });

  it('takes a byte order mark off', () => {
    expect(checkText('\uFEFFa: 1')).toBe('a: 1');
  });
});

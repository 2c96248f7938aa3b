import { ConfigFormatError } from '../config-format-error.js';
import { parseJson, writeJson } from './json.js';

function refusal(text: string): ConfigFormatError {
  try {
    parseJson(text);
  } catch (error) {
    if (error instanceof ConfigFormatError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('parseJson', () => {
  it('reads objects, lists and all scalars with their type', () => {
    expect(parseJson('{"a": 1, "b": [true, null, "x"], "c": {"d": -1.5e-3}}').root).toEqual({
      a: 1,
      b: [true, null, 'x'],
      c: { d: -0.0015 },
    });
  });

  it('allows comments and trailing commas, which people leave in files they edit by hand', () => {
    expect(parseJson('// mine\n{\n  "a": 1, /* one */\n  "b": [1,],\n}').root).toEqual({ a: 1, b: [1] });
  });

  it.each([
    ['{"a": 1, "a": 2}', 'given twice', 1, 10],
    ['{\n "a": }', 'not valid JSON', 2, 7],
    ['{"a": 1', 'not valid JSON', 1, 8],
    ['[1]', 'one JSON object', 1, 1],
    ['{"a": {"__proto__": {}}}', 'not allowed', 1, 8],
    ['{"constructor": {"prototype": {}}}', 'not allowed', 1, 2],
    ['{"a": 1} x', 'not valid JSON', 1, 10],
    ['{"a": ["\\u0000"]}', 'NUL', 1, 8],
    ['{"a": {"\\ud800": 1}}', 'half a character', 1, 8],
  ])('refuses %s', (text, message, line, column) => {
    expect(refusal(text)).toMatchObject({ code: 'INVALID', message: expect.stringContaining(message), line, column });
  });

  it('keeps a number that JavaScript would change as text, and says so', () => {
    const { root, notes } = parseJson('{"seed": 9007199254740993, "big": 1e999, "lr": 1e-5}');
    expect(root).toEqual({ seed: '9007199254740993', big: '1e999', lr: 0.00001 });
    expect(notes.map(({ code, path }) => [code, path])).toEqual([
      ['NUMBER_AS_TEXT', 'seed'],
      ['NUMBER_AS_TEXT', 'big'],
    ]);
  });

  it('refuses nesting beyond the limit before it costs anything', () => {
    expect(refusal('['.repeat(500_000))).toMatchObject({ code: 'TOO_LARGE' });
    expect(refusal('{"a":'.repeat(200_000))).toMatchObject({ code: 'TOO_LARGE' });
  });

  it('refuses more values than any configuration has', () => {
    expect(refusal(`{"a": [${'0,'.repeat(250_000)}0]}`)).toMatchObject({ code: 'TOO_LARGE' });
  });

  it('reads what it writes', () => {
    const root = { a: [1, 'ä"\\\n'], b: { c: null } };
    expect(parseJson(writeJson(root)).root).toEqual(root);
  });
});

import { ConfigFormatError } from '../config-format-error.js';
import { parseToml, writeToml } from './toml.js';

function refusal(text: string): ConfigFormatError {
  try {
    parseToml(text);
  } catch (error) {
    if (error instanceof ConfigFormatError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

const nothingOmitted = (path: string): void => {
  throw new Error(`${path} was left out`);
};

describe('parseToml', () => {
  it('reads tables, lists and all scalars with their type', () => {
    const text = 'a = 1\nb = 2e-4\nc = "x"\nd = true\n[t]\ne = [1, "y"]\n[[u]]\nf = 1_000\n[[u]]\nf = \'C:\\x\'';
    expect(parseToml(text).root).toEqual({ a: 1, b: 0.0002, c: 'x', d: true, t: { e: [1, 'y'] }, u: [{ f: 1000 }, { f: 'C:\\x' }] });
  });

  it('keeps dates and numbers that JSON cannot carry as text, and says so', () => {
    const { root, notes } = parseToml('day = 2026-11-23\nbig = 9223372036854775807\nworst = nan');
    expect(root).toEqual({ day: '2026-11-23', big: '9223372036854775807', worst: 'NaN' });
    expect(notes.map(({ code }) => code)).toEqual(['DATE_AS_TEXT', 'NUMBER_AS_TEXT', 'NUMBER_AS_TEXT']);
  });

  it.each([
    ['a = 1\na = 2', 2],
    ['a = ', 1],
    ['x = 1\n[t\n', 2],
    ['just words', 1],
  ])('refuses %j and tells the line', (text, line) => {
    expect(refusal(text)).toMatchObject({ code: 'INVALID', line });
  });

  it.each(['__proto__ = 1', '[a.__proto__]\nb = 1', 'constructor.prototype.x = 1'])('refuses %j', (text) => {
    expect(refusal(text).code).toBe('INVALID');
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });

  it('refuses deep nesting quickly', () => {
    expect(refusal(`a = ${'['.repeat(200_000)}`).code).toMatch(/INVALID|TOO_LARGE/);
    expect(refusal(`${Array.from({ length: 60 }, (_, i) => `k${i}`).join('.')} = 1`).code).toBe('TOO_LARGE');
  });

  it('quotes nothing of the file in its complaint, which may hold a secret', () => {
    expect(refusal('hf_token = "hunter2hunter2').message).not.toContain('hunter2');
  });
});

describe('writeToml', () => {
  it('writes what it reads', () => {
    const root = { a: 1, lr: 0.00001, tiny: 1e-7, s: 'x "y" \\ \n é', list: [1, 'a', [true]], t: { 'odd key.': 1 } };
    expect(parseToml(writeToml(root, nothingOmitted)).root).toEqual(root);
  });

  it('leaves out null, which TOML has no word for, and tells where a list lost one', () => {
    const omitted: string[] = [];
    const text = writeToml({ a: null, b: { c: null, d: 1 }, e: [1, null, 2] }, (path) => omitted.push(path));
    expect(parseToml(text).root).toEqual({ b: { d: 1 }, e: [1, 2] });
    expect(omitted).toEqual(['e[1]']);
  });
});

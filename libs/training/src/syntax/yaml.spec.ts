import fc from 'fast-check';
import { ConfigFormatError } from '../config-format-error.js';
import { parsePlainYaml } from './yaml-plain.js';
import { parseAnyYaml, parseYaml, writeYaml } from './yaml.js';

function refusal(text: string): ConfigFormatError {
  try {
    parseYaml(text);
  } catch (error) {
    if (error instanceof ConfigFormatError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

const isPlain = (text: string): boolean => parsePlainYaml(text, () => undefined) !== undefined;

describe('parseYaml', () => {
  it('reads 2e-4 without a dot as the number it is meant to be', () => {
    expect(parseYaml('lr: 2e-4\nquoted: "2e-4"').root).toEqual({ lr: 0.0002, quoted: '2e-4' });
  });

  it('reads yes and no as booleans only for trainers that do', () => {
    const text = 'a: yes\nb: No\nc: "no"\nd: on\ne: true';
    expect(parseYaml(text).root).toEqual({ a: 'yes', b: 'No', c: 'no', d: 'on', e: true });
    expect(parseYaml(text, { yaml11: true }).root).toEqual({ a: true, b: false, c: 'no', d: true, e: true });
    expect(parseAnyYaml(text, { yaml11: true }).root).toEqual({ a: true, b: false, c: 'no', d: true, e: true });
  });

  it('follows aliases and merge keys; what a mapping says itself wins', () => {
    const text = 'base: &b {lr: 1, rank: 2}\nrun:\n  <<: *b\n  rank: 4\ncopy: *b\n';
    expect(parseYaml(text).root).toEqual({ base: { lr: 1, rank: 2 }, run: { lr: 1, rank: 4 }, copy: { lr: 1, rank: 2 } });
  });

  it('takes the latest anchor of a name, also after an alias to something older', () => {
    const text = 'x: &x {inner: &y 1}\ny: &y 2\ncopy: *x\nlast: *y\nkey: &k word\nmap: {*k : 1}';
    expect(parseYaml(text).root).toEqual({ x: { inner: 1 }, y: 2, copy: { inner: 1 }, last: 2, key: 'word', map: { word: 1 } });
  });

  it.each([
    ['a: 1\nb: 2\na: 3', 'given twice', 3],
    ['a: 1\nb: {c: 1, c: 2}', 'given twice', 2],
    ['a: [1', 'not valid YAML', 1],
    ['a: *missing', 'not valid YAML', 1],
    ['- 1\n- 2', 'one YAML mapping', 1],
    ['? [a, b]\n: 1', 'a key must be plain text', 1],
    ['a: 1\n__proto__: {x: 1}', 'not allowed', 2],
    ['a: {constructor: 1}', 'not allowed', 1],
    ['a: 1\n  b: 2', 'not valid YAML', 1],
    ['a: 1\n"b\\0": 2', 'NUL', 2],
  ])('refuses %j', (text, message, line) => {
    expect(refusal(text)).toMatchObject({ code: 'INVALID', message: expect.stringContaining(message), line });
  });

  it('refuses more than one document', () => {
    expect(refusal('a: 1\n---\nb: 2').code).toBe('INVALID');
  });

  it('ignores tags that would make objects elsewhere', () => {
    expect(parseYaml('a: !!python/object/apply:os.system ["true"]').root).toEqual({ a: ['true'] });
  });

  it('quotes nothing of the file in its complaint', () => {
    expect(refusal('hf_token: "hunter2hunter2\n- {').message).not.toContain('hunter2');
  });

  const laughs = `a: &a [${'x,'.repeat(9)}x]\n${'bcdefghij'
    .split('')
    .map((name, index) => `${name}: &${name} [${`*${'abcdefghi'[index]},`.repeat(9)}*${'abcdefghi'[index]}]`)
    .join('\n')}`;
  it.each([
    ['an alias bomb', laughs],
    ['an alias of itself', 'a: &a [*a]'],
    ['a merge of itself', 'a: &a\n  <<: *a'],
    ['nested lists', `a: ${'['.repeat(500_000)}`],
    ['nested mappings', `a: ${'{a: '.repeat(200_000)}`],
    ['nested compact lists', `a:\n${'- '.repeat(300_000)}x`],
    ['deep indentation', Array.from({ length: 1000 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
    ['explicit keys', `${'? '.repeat(200_000)}a`],
    ['too many values', `a: [${'1,'.repeat(500_000)}1]`],
    ['a wall of quotes', '"'.repeat(400_000)],
    ['many aliases', `a: &a 1\nb: [${'*a,'.repeat(60_000)}*a]`],
  ])('refuses %s quickly', (_name, text) => {
    const start = performance.now();
    expect(refusal(text).code).toMatch(/^(INVALID|TOO_LARGE)$/);
    expect(performance.now() - start).toBeLessThan(3000);
  });

  it.each([
    ['keys', Array.from({ length: 50_001 }, (_, index) => `k${index}: 1`).join('\n')],
    ['items', `a:\n${'- 1\n'.repeat(50_000)}`],
    ['items in one line each', `a:\n${'- [1, 2]\n'.repeat(20_000)}`],
  ])('refuses more than 50 000 %s, however plain', (_kind, text) => {
    expect(isPlain(text.slice(0, 1000).replace(/\n[^\n]*$/, ''))).toBe(true);
    expect(refusal(text).code).toBe('TOO_LARGE');
  });

  it('needs no quadratic time to see that 50 000 keys differ', () => {
    const keys = Array.from({ length: 50_000 }, (_, index) => `"k${index}": 1`);
    const start = performance.now();
    expect(Object.keys(parseAnyYaml(keys.join('\n')).root)).toHaveLength(50_000);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('the reader for plain files', () => {
  it.each([
    'a: 1',
    '---\na: 1\n',
    '# c\na: 1 # d\nb: "x # y" # z\nc: \'it\'',
    'a:\n  b:\n    - 1\n    - x: 1\n      y: 2\n    - z\n  c: [1, two, 3.5]\n',
    'a:\nb:\n- 1\n- 2\n',
    'a: {}\nb: []\nc: ~\nd:\n',
    'path: C:\\data\\x\nurl: http://host/x\nneg: -1\n',
    'a: 1\r\nb: 2\r\n',
    'q: a#b\nr: +5\ns: .5\nt: 5.\n',
    '- not: a mapping',
    'a: b c d',
    'list:\n  -   spaced: 1\n      other: 2\n',
  ])('agrees with the library on %j', (text) => {
    const plain = parsePlainYaml(text, (word) => (/^(true|false)$/i.test(word) ? word.toLowerCase() === 'true' : undefined));
    if (text.startsWith('- ')) expect(plain).toBeUndefined();
    else expect(plain?.root).toEqual(parseAnyYaml(text).root);
  });

  it('agrees with the library on a list of thousands in one line', () => {
    const text = `a: 1\nb: [${Array.from({ length: 5000 }, (_, index) => (index % 2 === 0 ? index : `word ${index}`)).join(', ')}] # all\n`;
    expect(isPlain(text)).toBe(true);
    expect(parseYaml(text)).toEqual(parseAnyYaml(text));
  });

  it.each([
    'a: |\n  text',
    'a: >-\n  text',
    'a: &x 1',
    'a: *x',
    'a: !t 1',
    'a: "x\\n"',
    "a: 'it''s'",
    'a: one\n  two',
    'a: {b: 1}',
    'a: [[1]]',
    '? a\n: 1',
    '"a": 1',
    'a\t: 1',
    'a: .inf',
    'a: 0x10',
    'a: - 1',
    'a:\n  - - 1',
    'a: 1\n...\n',
    '%YAML 1.2\n---\na: 1',
    'a: b: c',
  ])('leaves %j to the library', (text) => {
    expect(isPlain(text)).toBe(false);
  });

  it('never says anything else than the library, whatever the lines', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      'key',
      ':',
      ': ',
      '- ',
      '\n',
      '\n  ',
      '\n    ',
      ' ',
      '#',
      ' # c',
      '"',
      "'",
      '1',
      '-1',
      '1e-4',
      'true',
      'no',
      'null',
      '~',
      '[',
      ']',
      ', ',
      '{}',
      '[]',
      '.',
      '-',
      '...',
      '---',
      '|',
      '>',
      '&x',
      '*x',
      '!',
      '%',
      '@',
      '\\',
      '\r\n',
      'x y',
      '0',
      '0o7',
      '+',
    );
    const text = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (sample) => {
        const plain = attempt(
          () =>
            parsePlainYaml(sample, (word) =>
              /^(?:true|false|True|False|TRUE|FALSE)$/.test(word) ? word.toLowerCase() === 'true' : undefined,
            )?.root,
        );
        if (plain !== undefined) expect(plain).toEqual(attempt(() => parseAnyYaml(sample).root));
      }),
      { numRuns: 5000 },
    );
  });
});

/** A refusal counts as an answer: both readers must give the same. */
function attempt(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigFormatError) return error.code;
    throw error;
  }
}

describe('writeYaml', () => {
  it('writes words and numbers so that YAML 1.1 readers see the same', () => {
    const text = writeYaml({ mixed_precision: 'no', on: 'yes', time: '12:30', lr: 1e-7, big: 1.5e21, version: '1.0', name: '~' });
    expect(text).toContain('mixed_precision: "no"');
    expect(text).toContain('"on": "yes"');
    expect(text).toContain('lr: 1.0e-7');
    expect(text).toContain('big: 1.5e+21');
  });

  it('writes what it reads, whatever the values', () => {
    const value = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.string({ unit: 'grapheme' }),
        fc.integer(),
        fc
          .double({ noNaN: true, noDefaultInfinity: true })
          .filter((x) => !Number.isInteger(x) || Number.isSafeInteger(x))
          .map((x) => x + 0),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(
          fc.string({ unit: 'grapheme', minLength: 1 }).filter((key) => !/^(__proto__|constructor|prototype|<<)$/.test(key)),
          tie('value'),
          { maxKeys: 4 },
        ),
      ),
    })).value;
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ minLength: 1 }).filter((key) => !/^(__proto__|constructor|prototype|<<)$/.test(key)),
          value,
          { minKeys: 1, maxKeys: 5 },
        ),
        (root) => {
          const plain = JSON.parse(JSON.stringify(root)) as Record<string, never>;
          expect(parseYaml(writeYaml(plain)).root).toEqual(plain);
        },
      ),
      { numRuns: 500 },
    );
  });
});

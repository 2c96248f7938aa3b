import { CloneTrainTask, CreateTrainTask, TrainTaskQuery } from '@lora-ledger/contracts';
import * as fc from 'fast-check';
import { Problem } from './problem.js';
import { requireObject, validateAs } from './validation.js';

const REQUEST = { modelName: 'sd15', loraRank: 16, learningRate: 1e-4, batchSize: 4, epochs: 10, trainDataDir: './data/art' };
const problemOf = (work: () => unknown): Problem => {
  try {
    work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};
const paths = (type: new () => object, value: unknown): string[] =>
  problemOf(() => validateAs(type, value)).more.errors?.map(({ path }) => path) ?? [];
const nested = (levels: number): object => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`) as object;

it('makes an instance of the class from what is right', () => {
  expect(validateAs(CreateTrainTask, REQUEST)).toEqual(Object.assign(new CreateTrainTask(), REQUEST));
});

it('names every field that is wrong, unknown ones too', () => {
  expect(paths(CreateTrainTask, { ...REQUEST, loraRank: 0, batchSize: '4', rank: 8 }).sort()).toEqual(['batchSize', 'loraRank', 'rank']);
});

it('uses the same names of rules as the domain', () => {
  const { more } = problemOf(() =>
    validateAs(CreateTrainTask, { ...REQUEST, loraRank: 0, learningRate: 0, name: '', batchSize: 1.5, extra: 1, trainDataDir: 'a\u0001' }),
  );
  expect(Object.fromEntries(more.errors!.map(({ path, rule }) => [path, rule]))).toEqual({
    loraRank: 'min',
    learningRate: 'minExclusive',
    name: 'required',
    batchSize: 'integer',
    extra: 'unknown',
    trainDataDir: 'controlCharacters',
  });
});

it('tells the bound that was passed over, for a sentence in any language', () => {
  const { more } = problemOf(() => validateAs(CreateTrainTask, { ...REQUEST, loraRank: 0, name: 'x'.repeat(1000) }));
  expect(more.errors).toEqual([
    { path: 'name', message: expect.any(String), rule: 'tooLong', limit: expect.any(Number) },
    { path: 'loraRank', message: expect.any(String), rule: 'min', limit: 1 },
  ]);
});

it.each([
  ['a list', []],
  ['null', null],
  ['a number', 7],
  ['true', true],
])('wants an object, not %s', (_what, value) => {
  expect(problemOf(() => requireObject(value)).code).toBe('VALIDATION');
});

it.each([
  ['text', 'a: 1'],
  ['bytes', Buffer.from('a')],
])('calls a body of %s a wrong content type', (_what, value) => {
  expect(problemOf(() => requireObject(value)).code).toBe('UNSUPPORTED_FORMAT');
});

it('takes 64 levels and refuses a hundred thousand without falling over', () => {
  expect(() => requireObject(nested(64))).not.toThrow();
  expect(problemOf(() => requireObject(nested(65))).detail).toContain('64');
  expect(problemOf(() => requireObject({ a: JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) })).code).toBe('VALIDATION');
});

it.each([
  ['a NUL', 'a\0b'],
  ['half a character', '\ud83d'],
  ['a number too large for any number', JSON.parse('1e999')],
])('refuses %s inside free JSON', (_what, value) => {
  expect(paths(CreateTrainTask, { ...REQUEST, extraParams: { deep: [{ down: value }] } })).toEqual(['extraParams']);
  expect(paths(CloneTrainTask, { overrides: { loraRank: value } })).toEqual(['overrides']);
});

it.each([
  '2026-02-30',
  '2026-13-01',
  '0000-01-01',
  '99999-01-01',
  '2026-01-01T25:00:00Z',
  '2026-01-01T00:00:00+23:00',
  '2026-W05',
  '2026',
  'now',
  '2026-01-01 00:00',
  '',
  '2026-01-01T23:59:60Z',
])('refuses "%s" as a time', (createdFrom) => {
  expect(paths(TrainTaskQuery, { createdFrom })).toEqual(['createdFrom']);
});

it.each(['2026-01-31', '0001-01-01', '9999-12-31T23:59:59.999Z', '2024-02-29T12:00', '2026-01-01T12:00:00.123456+05:30'])(
  'takes "%s" for a time',
  (createdFrom) => {
    expect(validateAs(TrainTaskQuery, { createdFrom })).toMatchObject({ createdFrom });
  },
);

it('refuses or accepts anything at all, and does not fail otherwise', () => {
  const key = fc.oneof(fc.constantFrom(...Object.keys(REQUEST), 'extraParams', 'tags', 'name', '__proto__', 'constructor'), fc.string());
  fc.assert(
    fc.property(fc.dictionary(key, fc.anything()), (value) => {
      try {
        expect(validateAs(CreateTrainTask, value)).toBeInstanceOf(CreateTrainTask);
      } catch (error) {
        expect(error).toBeInstanceOf(Problem);
      }
    }),
    { numRuns: 500 },
  );
});

import { CURSOR_MAX, SORT_FIELDS } from '@lora-ledger/contracts';
import * as fc from 'fast-check';
import { Where } from '../database/where.js';
import { Problem } from '../problem.js';
import { Sorting } from './sorting.js';

const ID_MAX = 2n ** 63n - 1n;
const orders = [
  ...SORT_FIELDS.flatMap((field) => [field, `-${field}`]),
  'loraRank,-finalLoss',
  '-finalLoss,startTime,name',
  'status,-createdAt',
  'extra.optimizer',
  '-metric.loss.min,extra.a "b" \\ c',
];
const id = fc.bigInt({ min: 0n, max: ID_MAX }).map(String);
const forge = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const refused = (sort: string, cursor: string): boolean => {
  try {
    Sorting.by(sort).decode(cursor);
    return false;
  } catch (error) {
    return error instanceof Problem && error.code === 'VALIDATION' && error.more.errors?.[0]?.path === 'cursor';
  }
};

/** A value of each kind as PostgreSQL writes it. */
const VALUES: Record<string, fc.Arbitrary<string>> = {
  createdAt: id,
  startTime: fc
    .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    .map((date) => `${date.toISOString().slice(0, 23).replace('T', ' ')}+00`),
  name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
  loraRank: fc.integer({ min: 1, max: 4096 }).map(String),
  finalLoss: fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
};

it.each(Object.keys(VALUES))('gives back the place it was made from, sorted by %s', (field) => {
  fc.assert(
    fc.property(VALUES[field]!, id, fc.boolean(), (value, rowId, descending) => {
      const sorting = Sorting.by(descending ? `-${field}` : field);
      expect(sorting.decode(sorting.encode({ values: [value], id: rowId }))).toEqual({ values: [value], id: rowId });
    }),
  );
});

it('gives back a place among rows without a value, for columns that may have none', () => {
  expect(Sorting.by('-finalLoss').decode(Sorting.by('-finalLoss').encode({ values: [null], id: '7' }))).toEqual({
    values: [null],
    id: '7',
  });
  expect(refused('name', Sorting.by('name').encode({ values: [null], id: '7' }))).toBe(true);
});

it('makes cursors that the list accepts, for the longest model name too', () => {
  expect(Sorting.by('-modelName').encode({ values: ['模'.repeat(300)], id: String(ID_MAX) }).length).toBeLessThan(4000);
  expect(Sorting.by('-modelName').encode({ values: ['"'.repeat(300)], id: String(ID_MAX) }).length).toBeLessThan(4000);
});

it('makes cursors that the list accepts of an order by parameters with the longest names and texts', () => {
  const text = JSON.stringify('\u0001'.repeat(100));
  const sort = ['学', '习', '率'].map((letter) => `-extra.${letter.repeat(200)}`).join(',');
  expect(Sorting.by(sort).encode({ values: [text, text, text], id: String(ID_MAX) }).length).toBeLessThan(CURSOR_MAX);
});

it.each(['low', '{"a":1}', '[1]', 'null', '"\\u0000"', '"\\ud800"', '1e400', '1e5', ''])(
  'refuses %s as the value of a parameter in a cursor',
  (value) => {
    expect(refused('extra.a', forge(['extra.a', value, '1']))).toBe(true);
  },
);

it.each(['12', '-0.00001', '"adamw"', 'true', `1${'0'.repeat(308)}`])('takes %s as the value of a parameter from a cursor', (value) => {
  expect(Sorting.by('extra.a').decode(forge(['extra.a', value, '1']))).toEqual({ values: [value], id: '1' });
});

it('writes a parameter with quotes in its name as nothing but a name', () => {
  expect(Sorting.by("extra.it's").orderBy(true)).toContain("t.extra_params -> 'it''s' WHEN");
  expect(Sorting.by("metric.it's.min").joins).toContain("order_1.key = 'it''s'");
});

it.each([
  ['nothing', ''],
  ['words', 'next-page'],
  ['a number', forge(7)],
  ['null', forge(null)],
  ['an object', forge({ id: '1' })],
  ['an empty list', forge([])],
  ['a list that is too short', forge(['-finalLoss', '1'])],
  ['a list that is too long', forge(['-finalLoss', '1', '1', '1'])],
  ['an id that is a number', forge(['-finalLoss', '1', 1])],
  ['an id with SQL in it', forge(['-finalLoss', '1', '1; DROP TABLE train_task'])],
  ['an id beyond 64 bits', forge(['-finalLoss', '1', '9999999999999999999'])],
  ['a negative id', forge(['-finalLoss', '1', '-1'])],
  ['a value that is no number', forge(['-finalLoss', 'low', '1'])],
  ['a value with SQL in it', forge(['-finalLoss', '1) OR (TRUE', '1'])],
  ['a value that is an object', forge(['-finalLoss', {}, '1'])],
  ['the cursor of another order', Sorting.by('finalLoss').encode({ values: ['1'], id: '1' })],
  ['the cursor of another column', Sorting.by('-name').encode({ values: ['1'], id: '1' })],
])('refuses a cursor that is %s', (_what, cursor) => {
  expect(refused('-finalLoss', cursor)).toBe(true);
});

it.each([
  'yesterday',
  '2026-02-30 00:00:00+00',
  '2026-01-01 25:00:00+00',
  '2026-01-01',
  '2026-01-01 00:00:00+23',
  '12026-01-01 00:00:00+00',
  'infinity',
])('refuses the time %s in a cursor', (value) => {
  expect(refused('startTime', forge(['startTime', value, '1']))).toBe(true);
});

it.each(['1.5', '99999999999', 'NaN', ''])('refuses the rank "%s" in a cursor', (value) => {
  expect(refused('loraRank', forge(['loraRank', value, '1']))).toBe(true);
});

it('never does anything but refuse or decode, whatever the cursor', () => {
  const cursor = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json().map((json) => Buffer.from(json).toString('base64url')),
    fc.tuple(fc.constantFrom(...orders), fc.anything(), fc.anything()).map(forge),
  );
  fc.assert(
    fc.property(fc.constantFrom(...orders), cursor, (sort, text) => {
      if (refused(sort, text)) return;
      const { values, id: rowId } = Sorting.by(sort).decode(text);
      expect(BigInt(rowId)).toBeLessThanOrEqual(ID_MAX);
      expect(values.every((value) => value === null || typeof value === 'string')).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

it('binds what a cursor says and writes none of it into the statement', () => {
  fc.assert(
    fc.property(fc.constantFrom(...orders), fc.string(), id, (sort, value, rowId) => {
      const [where, other] = [new Where(), new Where()];
      Sorting.by(sort).after(where, { values: [value, value, value], id: rowId });
      Sorting.by(sort).after(other, { values: ['x', 'x', 'x'], id: '0' });
      expect(where.sql).toBe(other.sql);
    }),
  );
});

it.each([
  'loss',
  'name; DROP TABLE train_task',
  '--name',
  '',
  'constructor',
  'name,',
  'name,loss',
  'name,-name',
  'extra.a,-extra.a',
  'extra.',
  'metric.loss',
  'metric.loss.mean',
  'name,status,loraRank,epochs',
])('refuses to sort by "%s"', (sort) => {
  expect(() => Sorting.by(sort)).toThrow(Problem);
});

it('breaks ties by id in the direction of the order', () => {
  expect(Sorting.by('-loraRank').orderBy(true)).toBe('ORDER BY t.lora_rank DESC, t.id DESC');
  expect(Sorting.by('loraRank').orderBy(true)).toBe('ORDER BY t.lora_rank ASC, t.id ASC');
  expect(Sorting.by(undefined).orderBy(true)).toBe('ORDER BY t.id DESC');
  expect(Sorting.by(undefined, true).orderBy(true)).toBe('ORDER BY t.deleted_at DESC, t.id DESC');
});

it('sorts by several fields in turn, each in its own direction, those without a value last', () => {
  expect(Sorting.by('-loraRank,finalLoss').orderBy(true)).toBe('ORDER BY t.lora_rank DESC, t.final_loss ASC NULLS LAST, t.id ASC');
  expect(Sorting.by('-finalLoss,loraRank').orderBy(false)).toBe('ORDER BY t.lora_rank ASC, t.id ASC');
  expect(Sorting.by('status,-createdAt,name').orderBy(true)).toBe('ORDER BY t.status ASC, t.id DESC');
});

it('gives back a place in an order of several fields', () => {
  const sorting = Sorting.by('-finalLoss,startTime');
  expect(sorting.decode(sorting.encode({ values: ['0.5', null], id: '7' }))).toEqual({ values: ['0.5', null], id: '7' });
  expect(refused('-finalLoss,startTime', forge(['-finalLoss,startTime', '0.5', '7']))).toBe(true);
});

import { FAILURE_REASONS, TASK_STATUSES } from '@lora-ledger/training';
import type { TrainTaskFilter } from '@lora-ledger/contracts';
import * as fc from 'fast-check';
import { Where } from '../database/where.js';
import { applyFilter } from './list-filter.js';

const text = fc.string({ unit: 'grapheme', minLength: 1 });
const time = fc.date({ noInvalidDate: true, min: new Date('2000-01-01'), max: new Date('2100-01-01') }).map((date) => date.toISOString());
const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const filter = fc.record(
  {
    q: text,
    user: fc.array(text),
    status: fc.array(fc.constantFrom(...TASK_STATUSES)),
    createdFrom: time,
    createdTo: time,
    startedFrom: time,
    startedTo: time,
    modelName: fc.array(text),
    trainer: fc.array(text),
    tag: fc.array(text),
    failureReason: fc.array(fc.constantFrom(...FAILURE_REASONS)),
    host: fc.array(text),
    gpu: fc.array(text),
    loraRankMin: number,
    loraRankMax: number,
    learningRateMin: number,
    learningRateMax: number,
    finalLossMax: number,
    fingerprint: text,
    family: fc.uuid(),
    deleted: fc.constant('only' as const),
    extra: fc.dictionary(text, text),
    extraMin: fc.dictionary(text, number),
    extraMax: fc.dictionary(text, number),
    durationMin: number,
    durationMax: number,
    unset: fc.array(
      fc.oneof(
        fc.constantFrom('epochs', 'gpu', 'host'),
        text.map((key) => `extra.${key}`),
      ),
    ),
  },
  { requiredKeys: [] },
);

const statementFor = (one: TrainTaskFilter): Where => {
  const where = new Where();
  applyFilter(where, one);
  return where;
};

it('writes nothing a caller says into the statement, only placeholders', () => {
  fc.assert(
    fc.property(filter, (one) => {
      const { sql, parameters } = statementFor(one);
      // What stands in quotes is the program's own: the joints of the searched text, and a type.
      expect(
        sql.replaceAll(`' '`, '').replaceAll(`''`, '').replaceAll(`'number'`, '').replaceAll(' -> ', ' ').replaceAll(' - ', ' '),
      ).toMatch(/^WHERE [\w\s().,|@><=$:[\]]*$/);
      expect([...new Set([...sql.matchAll(/\$(\d+)/g)].map(([, index]) => Number(index)))].sort((a, b) => a - b)).toEqual(
        parameters.map((_one, index) => index + 1),
      );
    }),
    { numRuns: 500 },
  );
});

it('writes the same statement for the same kind of question, whatever the words', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\S+$/), (word) => {
      expect(statementFor({ q: word, modelName: [word], extra: { [word]: 'x' } }).sql).toBe(
        statementFor({ q: 'a', modelName: ['b'], extra: { c: 'x' } }).sql,
      );
    }),
  );
});

it('leaves the trash out unless it is asked for', () => {
  expect(statementFor({}).sql).toBe('WHERE (t.deleted_at IS NULL)');
  expect(statementFor({ deleted: 'only' }).sql).toBe('WHERE (t.deleted_at IS NOT NULL)');
});

it('takes wild cards of SQL for the characters they are', () => {
  expect(statementFor({ q: '100%_\\' }).parameters).toEqual(['%100\\%\\_\\\\%']);
});

it('looks for every word of a question, ten at most', () => {
  expect(statementFor({ q: ' ink  style ' }).parameters).toEqual(['%ink%', '%style%']);
  expect(statementFor({ q: 'a '.repeat(50) }).parameters).toHaveLength(10);
});

it('takes the text of an extra parameter also for the number or the word it may mean', () => {
  const held = (value: string): unknown[] =>
    statementFor({ extra: { a: value } }).parameters.map((json) => (JSON.parse(String(json)) as { a: unknown }).a);
  expect([held('8'), held('true'), held('null'), held('1e-4'), held('adam'), held(' '), held('1e999')]).toEqual([
    ['8', 8],
    ['true', true],
    ['null', null],
    ['1e-4', 1e-4],
    ['adam'],
    [' '],
    ['1e999'],
  ]);
});

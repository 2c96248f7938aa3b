import { BadRequestException, NotFoundException, ServiceUnavailableException } from '@nestjs/common';
import { PROBLEMS } from '@lora-ledger/contracts';
import { QueryFailedError } from 'typeorm';
import { Problem } from './problem.js';
import { asProblem, sendProblem } from './problem.filter.js';

const SQL = 'SELECT secret FROM app_user';
const refusedBy = (code: string): QueryFailedError =>
  new QueryFailedError(SQL, ['parameter'], Object.assign(new Error('invalid input syntax for /srv/data'), { code }));

it.each([
  ['a NUL', '22021', 'VALIDATION'],
  ['half a character', '22P05', 'VALIDATION'],
  ['no uuid', '22P02', 'VALIDATION'],
  ['a number that is too large', '22003', 'VALIDATION'],
  ['a time that is none', '22007', 'VALIDATION'],
  ['a time out of range', '22008', 'VALIDATION'],
  ['a name that is taken', '23505', 'STATE_CONFLICT'],
  ['a deadlock', '40P01', 'UNAVAILABLE'],
  ['a question that takes too long', '57014', 'UNAVAILABLE'],
  ['a server that is shut down', '57P01', 'UNAVAILABLE'],
  ['too many connections', '53300', 'UNAVAILABLE'],
  ['a fault in the statement', '42601', 'INTERNAL'],
])('answers %s of the database (%s) with %s, and without SQL', (_what, sqlState, code) => {
  const problem = asProblem(refusedBy(sqlState));
  expect(problem.code).toBe(code);
  expect(problem.detail).not.toMatch(/SELECT|parameter|srv/);
});

it.each([
  ['a refused connection', Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' })],
  ['a connection that ends in the middle', new Error('Connection terminated unexpectedly')],
  ['no free connection in time', new Error('timeout exceeded when trying to connect')],
  ['a statement cut off by a crash', new QueryFailedError(SQL, [], new Error('Connection terminated unexpectedly'))],
])('calls the database away on %s, worth a retry', (_what, error) => {
  expect(asProblem(error)).toMatchObject({ code: 'UNAVAILABLE', more: { retryAfterSeconds: 1 } });
});

it.each([
  ['a programming error', new TypeError('cannot read /srv/ledger/x of undefined')],
  ['something thrown that is no error', 'text'],
  ['nothing at all', undefined],
])('tells nothing about %s', (_what, thrown) => {
  const problem = asProblem(thrown);
  expect(problem.code).toBe('INTERNAL');
  expect(problem.detail).not.toMatch(/srv|undefined|text/);
});

it.each([
  [new NotFoundException(), 'NOT_FOUND'],
  [new BadRequestException('no JSON'), 'VALIDATION'],
  [new ServiceUnavailableException(), 'UNAVAILABLE'],
  [Object.assign(new Error('too large'), { statusCode: 413 }), 'TOO_LARGE'],
  [Object.assign(new Error('unsupported'), { statusCode: 415 }), 'UNSUPPORTED_FORMAT'],
  [Object.assign(new Error('odd'), { statusCode: 418 }), 'VALIDATION'],
  [new Problem('FORBIDDEN', 'No.'), 'FORBIDDEN'],
])('brings %s into the closed list', (thrown, code) => {
  expect(asProblem(thrown).code).toBe(code);
});

it('writes a problem document with every member', () => {
  const sent: Record<string, unknown> = {};
  const reply = {
    sent: false,
    raw: { headersSent: false },
    header: (name: string, value: string) => {
      sent[name] = value;
      return reply;
    },
    status: (status: number) => {
      sent['status'] = status;
      return reply;
    },
    type: (type: string) => {
      sent['type'] = type;
      return reply;
    },
    send: (body: string) => {
      sent['body'] = JSON.parse(body);
      return reply;
    },
  };
  sendProblem(
    reply as never,
    'request-1',
    new Problem('RATE_LIMITED', 'Wait.', {
      retryAfterSeconds: 1.2,
      errors: [{ path: 'a', message: 'b', rule: 'type' }],
      members: { size: 3 },
    }),
  );
  expect(sent).toEqual({
    'Retry-After': '2',
    status: 429,
    type: 'application/problem+json',
    body: {
      type: 'about:blank',
      title: PROBLEMS.RATE_LIMITED.title,
      status: 429,
      detail: 'Wait.',
      code: 'RATE_LIMITED',
      errors: [{ path: 'a', message: 'b', rule: 'type' }],
      size: 3,
      requestId: 'request-1',
    },
  });
});

it('names at most a hundred mistakes, but counts all', () => {
  const problem = Problem.invalid(
    Array.from({ length: 5000 }, (_one, index) => ({ path: `f${index}`, message: `f${index} is wrong`, rule: 'type' as const })),
  );
  expect(problem.more.errors).toHaveLength(100);
  expect(problem.detail).toBe('f0 is wrong (and 4999 more).');
});

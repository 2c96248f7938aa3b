import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { PROBLEM_CODES, PROBLEMS, type ProblemCode } from '@lora-ledger/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { maxHeaderSize, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { QueryFailedError } from 'typeorm';
import { Problem, wrongContentType } from './problem.js';

/**
 * Bytes of a body that is too large, but is still read and thrown away. Most clients look for an answer only when they have sent all;
 * a connection that is closed before would look to them like a broken server.
 */
const READ_TO_THE_END = 256 * 1024 * 1024;

/** Every error leaves as an RFC 9457 problem: a code of the closed list, never SQL, a stack or a path of the host. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const problem = asProblem(thrown);
    const request = http.getRequest<FastifyRequest>();
    if (problem.status >= 500)
      this.logger.error(
        { err: thrown, requestId: request.id, method: request.method, url: request.url.split('?', 1)[0] },
        'request failed',
      );
    const reply = http.getResponse<FastifyReply>();
    if (problem.code === 'TOO_LARGE' && Number(request.headers['content-length']) <= READ_TO_THE_END) void reply.removeHeader('connection');
    sendProblem(reply, request.id, problem);
  }
}

/** Also used where Fastify answers before Nest is reached. */
export function sendProblem(reply: FastifyReply, requestId: string, problem: Problem): void {
  if (reply.sent || reply.raw.headersSent) return;
  if (problem.more.retryAfterSeconds !== undefined) void reply.header('Retry-After', String(Math.ceil(problem.more.retryAfterSeconds)));
  void reply.status(problem.status).type(PROBLEM_TYPE).send(documentOf(problem, requestId));
}

/**
 * Answers what never became a request, because its head was too large, was no HTTP or did not arrive: Node has only the connection then,
 * and closes it afterwards.
 */
export function answerUnreadable({ code }: { code?: string }, socket: Socket): void {
  if (code === 'ECONNRESET' || socket.destroyed) return;
  const problem =
    code === 'HPE_HEADER_OVERFLOW'
      ? new Problem(
          'TOO_LARGE',
          `Address and headers of a request have at most ${maxHeaderSize / 1024} KiB together. Send fewer or shorter values.`,
          { reason: 'bodyTooLarge' },
        )
      : new Problem(
          'VALIDATION',
          code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'The request did not arrive in time.' : 'This is not an HTTP request.',
          { reason: 'malformed' },
        );
  const body = documentOf(problem, randomUUID());
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
    `Content-Type: ${PROBLEM_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
}

const PROBLEM_TYPE = 'application/problem+json';

function documentOf({ code, status, detail, more }: Problem, requestId: string): string {
  return JSON.stringify({
    type: 'about:blank',
    title: PROBLEMS[code].title,
    status,
    detail,
    code,
    ...(more.reason ? { reason: more.reason } : {}),
    ...(more.errors ? { errors: more.errors } : {}),
    ...more.members,
    requestId,
  });
}

export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (isDatabaseAway(thrown))
    return new Problem('UNAVAILABLE', 'The database is not reachable. Try again in a moment.', { retryAfterSeconds: 1 });
  if (thrown instanceof QueryFailedError) return fromDatabase(thrown as QueryFailedError);
  const status = statusOf(thrown);
  if (status === undefined || status >= 500) {
    return status === 503 ? new Problem('UNAVAILABLE', 'The service is not ready. Try again in a moment.') : internal();
  }
  return refused(status, thrown);
}

function internal(): Problem {
  return new Problem('INTERNAL', 'The request could not be answered. The log of the server says why, under this request id.');
}

/** Nest's and Fastify's own errors carry their status in different places. */
function statusOf(thrown: unknown): number | undefined {
  if (thrown instanceof HttpException) return thrown.getStatus();
  const status = typeof thrown === 'object' && thrown !== null && 'statusCode' in thrown ? thrown.statusCode : undefined;
  return typeof status === 'number' ? status : undefined;
}

function codeFor(status: number): ProblemCode {
  return PROBLEM_CODES.find((code) => PROBLEMS[code].status === status) ?? 'VALIDATION';
}

function refused(status: number, thrown: unknown): Problem {
  switch (status) {
    case 404:
      return new Problem('NOT_FOUND', 'There is nothing at this address.');
    case 405:
      return new Problem('VALIDATION', 'This address does not answer to this method.', { reason: 'malformed' });
    case 413:
      return new Problem('TOO_LARGE', 'The body is larger than this route takes.', { reason: 'bodyTooLarge' });
    case 415:
      return wrongContentType();
    default:
      return new Problem(codeFor(status), thrown instanceof Error ? thrown.message : 'The request is not valid.', { reason: 'malformed' });
  }
}

/** What PostgreSQL refuses is the caller's doing only in few cases; most are caught before, these are the net below. */
function fromDatabase(error: QueryFailedError): Problem {
  switch (codeOf(error.driverError)) {
    case '22021': // a NUL
    case '22P05':
      return new Problem('VALIDATION', 'The request contains characters that cannot be stored.', { reason: 'characters' });
    case '22P02': // no number, uuid or JSON
    case '22003': // a number out of range
    case '22007': // no time
    case '22008': // a time out of range
      return new Problem('VALIDATION', 'A value is out of range or of the wrong kind.', { reason: 'outOfRange' });
    case '23505':
      return taken(constraintOf(error.driverError));
    case '40001': // two changes crossed
    case '40P01':
      return new Problem('UNAVAILABLE', 'Another change came in between. Try again.', { retryAfterSeconds: 1 });
    case '57014':
      return new Problem('UNAVAILABLE', 'The question took too long. Narrow it, then try again.');
    default:
      return internal();
  }
}

/** @param index the unique index that allows no second one */
function taken(index: string): Problem {
  switch (index) {
    case 'train_task_weights_once':
      return new Problem('STATE_CONFLICT', 'The same weights stand in the ledger as another task of this owner.', {
        reason: 'weightsKnown',
      });
    case 'app_user_live_username':
      return new Problem('STATE_CONFLICT', 'This username is taken.', { reason: 'usernameTaken' });
    default:
      return new Problem('STATE_CONFLICT', 'Something with this name exists already.', { reason: 'nameTaken' });
  }
}

const AWAY = new Set([
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08001',
  '08003',
  '08006',
  '53300',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENOTFOUND',
]);
/** The driver has no codes for these. */
const AWAY_MESSAGE = /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/;

function isDatabaseAway(thrown: unknown): boolean {
  const error: unknown = thrown instanceof QueryFailedError ? thrown.driverError : thrown;
  const code = codeOf(error);
  return error instanceof Error && (code === undefined ? AWAY_MESSAGE.test(error.message) : AWAY.has(code));
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function constraintOf(error: unknown): string {
  return error instanceof Error && 'constraint' in error && typeof error.constraint === 'string' ? error.constraint : '';
}

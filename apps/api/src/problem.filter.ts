import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { PROBLEM_CODES, PROBLEMS, type ProblemCode } from '@lora-ledger/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { QueryFailedError } from 'typeorm';
import { Problem } from './problem.js';

/** Every error leaves as an RFC 9457 problem: a code of the closed list, never SQL, a stack or a path of the host. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const problem = asProblem(thrown);
    const request = http.getRequest<FastifyRequest>();
    if (problem.status >= 500) this.logger.error({ err: thrown, method: request.method, url: request.url.split('?', 1)[0] }, 'request failed');
    sendProblem(http.getResponse<FastifyReply>(), request.id, problem);
  }
}

/** Also used where Fastify answers before Nest is reached. */
export function sendProblem(reply: FastifyReply, requestId: string, problem: Problem): void {
  if (reply.sent || reply.raw.headersSent) return;
  if (problem.more.retryAfterSeconds !== undefined) void reply.header('Retry-After', String(Math.ceil(problem.more.retryAfterSeconds)));
  void reply.status(problem.status).type('application/problem+json').send(JSON.stringify({
    type: 'about:blank',
    title: PROBLEMS[problem.code].title,
    status: problem.status,
    detail: problem.detail,
    code: problem.code,
    ...(problem.more.errors ? { errors: problem.more.errors } : {}),
    ...problem.more.members,
    requestId,
  }));
}

export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (thrown instanceof QueryFailedError) return fromDatabase(thrown);
  const status = statusOf(thrown);
  if (status === undefined || status >= 500) {
    return status === 503 ? new Problem('UNAVAILABLE', 'The service is not ready. Try again in a moment.') : internal();
  }
  return new Problem(codeFor(status), sentenceFor(status, thrown));
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

function sentenceFor(status: number, thrown: unknown): string {
  switch (status) {
    case 404:
      return 'There is nothing at this address.';
    case 405:
      return 'This address does not answer to this method.';
    case 413:
      return 'The body is larger than this route takes.';
    case 415:
      return 'This content type is not understood here: send application/json.';
    default:
      return thrown instanceof Error ? thrown.message : 'The request is not valid.';
  }
}

/**
 * What PostgreSQL refuses is the caller's doing only in few cases: a text it cannot store (22021 NUL, 22P05 lone surrogate),
 * a number out of range (22003), a live name that exists already (23505). Lost connections are worth a retry.
 */
function fromDatabase(error: QueryFailedError): Problem {
  const sqlState: unknown = 'code' in error.driverError ? error.driverError.code : undefined;
  switch (sqlState) {
    case '22021':
    case '22P05':
      return new Problem('VALIDATION', 'The request contains characters that cannot be stored.');
    case '22003':
      return new Problem('VALIDATION', 'A number is out of range.');
    case '23505':
      return new Problem('STATE_CONFLICT', 'Something with this name exists already.');
    case '57014':
      return new Problem('UNAVAILABLE', 'The question took too long. Narrow it, then try again.');
    case '57P01':
    case '57P02':
    case '57P03':
    case '08006':
    case '08001':
    case '53300':
    case 'ECONNREFUSED':
    case 'ECONNRESET':
      return new Problem('UNAVAILABLE', 'The database is not reachable. Try again in a moment.', { retryAfterSeconds: 1 });
    default:
      return internal();
  }
}

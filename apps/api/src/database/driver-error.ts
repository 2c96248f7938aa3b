import { QueryFailedError } from 'typeorm';

/** What PostgreSQL itself says of a refused statement, from the driver's untyped error. `undefined` for every other error. */
export function driverError(error: unknown): { code?: unknown; constraint?: unknown } | undefined {
  return error instanceof QueryFailedError ? (error as QueryFailedError<Error & { code?: unknown; constraint?: unknown }>).driverError : undefined;
}

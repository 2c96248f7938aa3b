import { QueryFailedError } from 'typeorm';

/** What PostgreSQL itself says of a refused statement, from the driver's untyped error. `undefined` for every other error. */
export function driverError(error: unknown): { code?: unknown; constraint?: unknown } | undefined {
  return error instanceof QueryFailedError
    ? (error as QueryFailedError<Error & { code?: unknown; constraint?: unknown }>).driverError
    : undefined;
}

/** PostgreSQL's code for what went wrong, five characters; empty for an error that is not the database's. */
export function sqlState(error: unknown): string {
  const code = driverError(error)?.code;
  return typeof code === 'string' ? code : '';
}

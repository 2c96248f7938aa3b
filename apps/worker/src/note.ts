import { inspect } from 'node:util';

/**
 * One line about the worker's own doings, to standard error. Whoever started the worker may be gone, and the stream with it:
 * see `survivePipes`.
 */
export function note(what: string, error?: unknown): void {
  const why = error === undefined ? '' : `: ${error instanceof Error ? error.message : inspect(error)}`;
  process.stderr.write(`${new Date().toISOString()} worker: ${`${what}${why}`.replaceAll(/[\r\n]+/g, ' | ')}\n`);
}

/** A broken pipe of a launcher that was killed must not end a training: lines are lost then, the run goes on. */
export function survivePipes(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

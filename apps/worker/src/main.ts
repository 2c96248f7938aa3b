import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ClaimedError } from './claim.js';
import { ConfigError, readConfig, readDataDir } from './config.js';
import { note, survivePipes } from './note.js';
import { runTask } from './run.js';
import { stopOrphan } from './stop-orphan.js';

/** 0: the end of the trainer was reported, whatever it was, or the task was not to be run. */
const EXIT = { done: 0, failed: 1, wrongUse: 2, startedBefore: 3 } as const;
const USAGE =
  'Usage: worker run <taskId> (one attempt, to its end) or worker stop <taskId> (ends the trainer that a killed worker left behind)';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

async function main([command, taskId, ...rest]: readonly string[]): Promise<number> {
  if ((command !== 'run' && command !== 'stop') || taskId === undefined || rest.length > 0) throw new ConfigError(USAGE);
  if (!UUID.test(taskId)) throw new ConfigError(`The task id must be a UUID, but is "${taskId}".`);
  if (command === 'stop') {
    const found = await stopOrphan(readDataDir(process.env), taskId);
    note(found ? 'the trainer that was left behind is stopped' : 'no trainer was left behind');
    return EXIT.done;
  }
  const config = readConfig(process.env);
  // `<root>/apps/worker/dist/main.js`
  const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
  await runTask(taskId, config, root, endSignal());
  return EXIT.done;
}

/** Aborted by the first SIGTERM or SIGINT; a second one ends the worker at once. A terminal that closes is no reason to stop. */
function endSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      note(`${signal}: stopping the trainer`);
      controller.abort();
    });
  }
  process.on('SIGHUP', () => undefined);
  return controller.signal;
}

survivePipes();
process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  note('cannot go on', error);
  return error instanceof ConfigError ? EXIT.wrongUse : error instanceof ClaimedError ? EXIT.startedBefore : EXIT.failed;
});

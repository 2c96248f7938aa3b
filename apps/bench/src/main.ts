import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startApi, type Api } from './api.js';
import type { Bench } from './bench.js';
import { passes, type Figure, type Skipped } from './figure.js';
import { growth } from './growth.js';
import { describeMachine } from './machine.js';
import { readOptions, type Options } from './options.js';
import { startPostgres, withClient, type Postgres } from './postgres.js';
import { compare, movedLine, table, type Report } from './report.js';
import { ROWS, USUAL_ROWS } from './rows/all.js';
import { forgetLoads } from './seed/forget.js';
import { mintApiToken } from './seed/people.js';
import { seed } from './seed/seed.js';
import { measureYardsticks } from './yardsticks.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** In continuous integration a ratio may get this much worse before it fails. */
const TOLERATED = 2;

/** `npm run bench`: starts PostgreSQL and the API, fills them, loads them, and says what came out. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  mkdirSync(options.folder, { recursive: true });
  const postgres = await startPostgres(join(options.folder, 'postgres'));
  const stop = async (): Promise<void> => {
    await postgres.stop();
    if (!options.keep) rmSync(options.folder, { recursive: true, force: true });
  };
  let code: number;
  process.once('SIGINT', () => void stop().then(() => process.exit(130)));
  try {
    code = conclude(await run(options, postgres), options);
  } finally {
    await stop();
  }
  // Said aloud: the library that starts PostgreSQL ends a process that has nothing left to do with 0, whatever its exit code was to be.
  process.exit(code);
}

async function run(options: Options, postgres: Postgres): Promise<Report> {
  const databaseUrl = await postgres.database('ledger');
  const points = await fill(databaseUrl, options, {
    tasks: options.tasks,
    points: options.points,
    longCurves: options.isSmoke ? [100_000] : [100_000, 1_000_000],
  });
  const machine = await describeMachine(root, databaseUrl);
  say('Measuring PostgreSQL itself');
  const yardsticks = await measureYardsticks(postgres, databaseUrl, options.folder, Math.min(5, options.seconds));
  const [figures, skipped]: [Figure[], Skipped[]] = [[], []];
  const api = await startApi(root, databaseUrl, join(options.folder, 'data'));
  try {
    const bench = await benchOf(options, postgres, databaseUrl, api, yardsticks);
    figures.push(...(await idleMemory(api)));
    // First of all: other rows leave thousands of their own tasks where a list begins.
    const grown =
      !options.isSmoke && (options.rows?.includes('P4') ?? true) ? await growth(bench, await openSmall(options, postgres, yardsticks)) : [];
    for (const [name, row] of Object.entries(ROWS)) {
      if (!(options.rows ?? USUAL_ROWS).includes(name)) continue;
      say(`Running ${name}`);
      const result = await row(bench);
      if (typeof result === 'string') skipped.push({ row: name, reason: result });
      else figures.push(...result);
    }
    figures.push(...grown);
  } finally {
    await api.stop();
  }
  return { machine, tasks: options.tasks, points, yardsticks, figures, skipped };
}

async function openSmall(options: Options, postgres: Postgres, yardsticks: Bench['yardsticks']): Promise<Bench> {
  say('Comparing with 10 000 tasks');
  const url = await postgres.database('ledger_small');
  await fill(url, options, { tasks: 10_000, points: 100_000 });
  return benchOf(options, postgres, url, await startApi(root, url, join(options.folder, 'data-small')), yardsticks);
}

async function benchOf(
  options: Options,
  postgres: Postgres,
  databaseUrl: string,
  api: Api,
  yardsticks: Bench['yardsticks'],
): Promise<Bench> {
  const { token, adminId } = await withClient(databaseUrl, async (client) => {
    const {
      rows: [admin],
    } = await client.query<{ id: string }>(`SELECT id FROM app_user WHERE role = 'admin' ORDER BY id LIMIT 1`);
    if (admin === undefined) throw new Error('the database has no admin');
    return { token: await mintApiToken(client, admin.id), adminId: admin.id };
  });
  return {
    root,
    folder: options.folder,
    api,
    postgres,
    databaseUrl,
    yardsticks,
    token,
    adminId,
    tasks: options.tasks,
    seconds: options.seconds,
    isSmoke: options.isSmoke,
  };
}

/** Lets the API make the schema and its admin, then seeds, unless a former run has done so. @returns points there are, about */
async function fill(url: string, options: Options, amount: Parameters<typeof seed>[1]): Promise<number> {
  await (await startApi(root, url, join(options.folder, 'data'))).stop();
  const { rowCount } = await withClient(url, (client) => client.query('SELECT FROM train_task LIMIT 1'));
  if (rowCount !== 0) {
    await forgetLoads(url);
    return amount.points;
  }
  const { seconds, points, tasks } = await seed(url, amount, (done) => say(`Seeding: ${done} of ${amount.tasks} tasks`));
  say(`Seeded ${tasks} tasks and ${points} points in ${seconds.toFixed(1)} s\n`);
  return points;
}

/** A few seconds after its start, when nobody asks anything. */
async function idleMemory(api: Api): Promise<Figure[]> {
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const bytes = api.memory();
  return bytes === null ? [] : [{ row: 'P8', name: 'memory, idle', value: bytes / 2 ** 20, unit: 'MB', better: 'lower', must: 180 }];
}

/** Prints, keeps and compares. @returns the exit code: the short form fails on a regression, the long one on a bound that is not kept */
function conclude(report: Report, { isSmoke, json, writeBaseline, rows }: Options): number {
  process.stdout.write(`\r${' '.repeat(60)}\r${table(report)}\n`);
  if (json !== null) writeFileSync(json, `${JSON.stringify(report, null, 2)}\n`);
  const file = join(root, 'apps/bench', isSmoke ? 'baseline-smoke.json' : 'baseline.json');
  const baseline = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : null;
  const moved = compare(report.figures, baseline?.figures ?? []);
  for (const one of moved) process.stdout.write(`${movedLine(one)}\n`);
  if (writeBaseline && rows === null) writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  if (!isSmoke) return report.figures.some((figure) => passes(figure) === false) ? 1 : 0;
  return moved.some(({ worseBy }) => worseBy > TOLERATED) ? 1 : 0;
}

/** Progress goes to the terminal only; the output of the run is the table. */
function say(sentence: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${sentence.padEnd(60)}`);
  else if (!sentence.startsWith('Seeding')) process.stderr.write(`${sentence}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});

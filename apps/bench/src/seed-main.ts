import { parseArgs } from 'node:util';
import { seed } from './seed/seed.js';

/** `npm run bench:seed -- --tasks N --points M --database-url postgres://…` */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { tasks: { type: 'string', default: '10000' }, points: { type: 'string' }, 'database-url': { type: 'string' } },
  });
  const url = values['database-url'] ?? process.env['DATABASE_URL'];
  if (url === undefined) throw new Error('say which database: --database-url postgres://… (the product must have started on it once)');
  const tasks = Number(values.tasks);
  const points = Number(values.points ?? tasks * 100);
  if (!(Number.isInteger(tasks) && tasks > 0 && Number.isInteger(points) && points >= 0))
    throw new Error('--tasks and --points are whole numbers');
  const { seconds, ...made } = await seed(url, { tasks, points }, (done) => process.stdout.write(`\r${done} tasks`));
  process.stdout.write(`\r${made.tasks} tasks and ${made.points} points in ${seconds.toFixed(1)} s\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});

import { DataSource, type EntityMetadata } from 'typeorm';
import { dataSourceOptions } from '../src/database/data-source.js';
import { migrate } from '../src/database/migrate.js';
import { MIGRATIONS } from '../src/database/migrations/index.js';
import { makeApp } from './support/app.js';
import { freshDatabase } from './support/database.js';
import { points, rowsOf, submitAndStart } from './support/tasks.js';

interface Column {
  name: string;
  type: string;
  nullable: boolean;
  isArray: boolean;
  precision: number | null;
}

const open = (url: string): Promise<DataSource> =>
  new DataSource(dataSourceOptions({ databaseUrl: url, databasePoolSize: 3 })).initialize();
const applied = (database: DataSource) => rowsOf(database, 'SELECT name FROM migrations ORDER BY id');
const NAMES = MIGRATIONS.map(({ name }) => ({ name }));

/** What an entity says about its columns, in the words of `information_schema`. */
function described(entity: EntityMetadata): Column[] {
  return entity.columns
    .map((column) => ({
      name: column.databaseName,
      type: TYPES[String(column.type)] ?? String(column.type),
      nullable: column.isNullable,
      isArray: column.isArray,
      precision: column.type === 'timestamptz' ? (column.precision ?? null) : null,
    }))
    .sort(byName);
}
const TYPES: Record<string, string> = { timestamptz: 'timestamp with time zone' };
const byName = (a: Column, b: Column): number => (a.name < b.name ? -1 : 1);

async function stored(database: DataSource, table: string): Promise<Column[]> {
  const columns = await rowsOf(
    database,
    `SELECT column_name, data_type, is_nullable, udt_name, datetime_precision FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1`,
    [table],
  );
  return columns
    .map((column) => ({
      name: column.column_name,
      type: column.data_type === 'ARRAY' ? String(column.udt_name).slice(1) : column.data_type,
      nullable: column.is_nullable === 'YES',
      isArray: column.data_type === 'ARRAY',
      precision: column.data_type === 'timestamp with time zone' ? column.datetime_precision : null,
    }))
    .sort(byName);
}

let url: string;
let database: DataSource;
beforeAll(async () => {
  url = await freshDatabase();
  database = await open(url);
  await migrate(database);
});
afterAll(() => database.destroy());

it('entities and migrations agree about every column: name, type, precision, whether it may be empty', async () => {
  expect(database.entityMetadatas.length).toBeGreaterThan(2);
  for (const entity of database.entityMetadatas)
    expect({ table: entity.tableName, columns: await stored(database, entity.tableName) }).toEqual({
      table: entity.tableName,
      columns: described(entity),
    });
});

it('migrations stand in the order of their times, each once', () => {
  const times = MIGRATIONS.map(({ name }) => Number(/\d{13}$/.exec(name)?.[0]));
  expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  expect(times.every((time) => time > 0)).toBe(true);
});

it('a second start finds nothing to do', async () => {
  expect(await applied(database)).toEqual(NAMES);
  await migrate(database);
  expect(await applied(database)).toEqual(NAMES);
});

it('instances that start together on an empty database migrate it once', async () => {
  const fresh = await freshDatabase();
  const instances = await Promise.all(Array.from({ length: 4 }, () => open(fresh)));
  await Promise.all(instances.map((one) => migrate(one)));
  expect(await applied(instances[0]!)).toEqual(NAMES);
  await Promise.all(instances.map((one) => one.destroy()));
});

it('a migration that fails leaves nothing of itself behind, and its lock to the next who tries', async () => {
  const fresh = await open(await freshDatabase());
  class Broken1999999999999 {
    name = 'Broken1999999999999';
    async up(runner: { query(sql: string): Promise<unknown> }): Promise<void> {
      await runner.query('CREATE TABLE half_done (id int)');
      await runner.query('SELECT * FROM a_table_that_is_not_there');
    }
    async down(): Promise<void> {
      throw new Error('forward only');
    }
  }
  (fresh.migrations as unknown[]).push(new Broken1999999999999());
  jest.spyOn(console, 'log').mockImplementationOnce(() => undefined);
  await expect(migrate(fresh)).rejects.toThrow('a_table_that_is_not_there');
  expect(await applied(fresh)).toEqual(NAMES);
  expect(await rowsOf(fresh, `SELECT to_regclass('half_done') AS half_done`)).toEqual([{ half_done: null }]);
  fresh.migrations.pop();
  await migrate(fresh);
  await fresh.destroy();
});

it.each([1, MIGRATIONS.length - 1])('a database with data is brought up to date from version %i, and keeps its data', async (version) => {
  const old = await open(await freshDatabase());
  const newer = (old.migrations as unknown[]).splice(version);
  await migrate(old);
  await rowsOf(old, `INSERT INTO app_user (id, username, role) VALUES (1, 'ada', 'admin')`);
  await rowsOf(
    old,
    `INSERT INTO train_task (id, task_id, create_user, name, trainer, model_name, lora_rank, lora_alpha, learning_rate, batch_size, epochs, train_data_dir, fingerprint, family_id, status, start_time, end_time, final_loss)
    SELECT n, gen_random_uuid(), 1, 'task ' || n, 'demo', 'sd15', 16, 16, 1e-4, 4, 10, './data', md5(n::text), gen_random_uuid(), 'SUCCESS', now() - interval '1 hour', now(), 1.0 / n FROM generate_series(1, 50) n`,
  );
  await rowsOf(
    old,
    `INSERT INTO metric_point (train_task_id, key, step, value, at) SELECT n, 'loss', step, 1.0 / step, now() FROM generate_series(1, 50) n, generate_series(1, 20) step`,
  );
  await rowsOf(old, `INSERT INTO task_log (train_task_id, start_offset, body) SELECT n, 0, 'line' FROM generate_series(1, 50) n`);
  (old.migrations as unknown[]).push(...newer);
  await migrate(old);
  expect(await applied(old)).toEqual(NAMES);
  expect(
    await rowsOf(
      old,
      `SELECT (SELECT count(*)::int FROM train_task WHERE name LIKE 'task %' AND lora_rank = 16) AS tasks, (SELECT count(*)::int FROM metric_point) AS points, (SELECT count(*)::int FROM task_log) AS logs`,
    ),
  ).toEqual([{ tasks: 50, points: 1000, logs: 50 }]);
  await old.destroy();
});

it('a product that starts on its old database finds everything again', async () => {
  const before = await makeApp();
  const { taskId, trainer } = await submitAndStart(before, before.admin);
  await trainer.post(`/train-tasks/${taskId}/progress`, points(10));
  const task = await before.admin.get(`/train-tasks/${taskId}`);
  await before.app.close();
  const after = await makeApp({ DATABASE_URL: before.databaseUrl });
  expect(await after.admin.get(`/train-tasks/${taskId}`)).toEqual(task);
  await after.close();
});

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { backUp } from '../src/backup/back-up.js';
import { restore } from '../src/backup/restore.js';
import { dataSourceOptions } from '../src/database/data-source.js';
import { migrate } from '../src/database/migrate.js';
import { MIGRATIONS } from '../src/database/migrations/index.js';
import { makeApp, type TestApp } from './support/app.js';
import { freshDatabase } from './support/database.js';
import { points, submitAndStart } from './support/tasks.js';

const folder = mkdtempSync(join(tmpdir(), 'ledger-backup-'));
const file = join(folder, 'ledger.gz');
/** Whatever COPY has to escape, and what would end its rows if it did not. */
const AWKWARD = 'tab\there, line\nbreak, \\. , \\N, "quotes", 港口 🧨\n\\.\nafter';

let app: TestApp;
let token: string;
let kept: Record<string, string>;

beforeAll(async () => {
  app = await makeApp();
  const member = await app.member('mira');
  token = (await member.post('/auth/tokens', { name: 'notebook', scopes: ['read', 'submit'] }, 201)).secret;
  for (let index = 0; index < 5; index += 1) {
    const { taskId, trainer } = await submitAndStart(app, member, {
      name: `style ${index}`,
      description: AWKWARD,
      tags: ['a,b', '{c}'],
      extraParams: { deep: { text: AWKWARD, list: [1, null, true] } },
    });
    await trainer.post(`/train-tasks/${taskId}/progress`, points(500));
    await trainer.post(
      `/train-tasks/${taskId}/progress`,
      points(3, 'loss_nan', () => 'NaN'),
    );
    await trainer.post(`/train-tasks/${taskId}/log`, { offset: 0, text: AWKWARD });
    if (index > 0) await trainer.post(`/train-tasks/${taskId}/${index === 1 ? 'fail' : 'finish'}`, index === 1 ? { error: AWKWARD } : {});
    await member.call('PUT', `/train-tasks/${taskId}/shares`, { everyone: true, usernames: [] }, 200);
  }
  await member.post('/saved-views', { name: AWKWARD.slice(0, 20).replaceAll(/\s/g, ' '), page: 'tasks', query: 'status=FAILED' }, 201);
  kept = await contentsOf(app.databaseUrl);
  await backUp(app.databaseUrl, file);
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

it('brings back every row of every table as it was', async () => {
  const target = await freshDatabase();
  const { rows } = await restore(target, file);
  expect(rows).toMatchObject({ train_task: 5, app_user: 2 });
  expect(rows['metric_point']).toBeGreaterThanOrEqual(2515);
  expect(await contentsOf(target)).toEqual(kept);
});

it('gives a ledger that goes on: people sign in, tokens count, new rows find their numbers, history still cannot be changed', async () => {
  const target = await freshDatabase();
  await restore(target, file);
  const again = await makeApp({ DATABASE_URL: target });
  const mira = await again.anonymous.signIn('mira', 'mira has a long password');
  const { items } = await again.anonymous.with(token).get('/train-tasks');
  expect(items).toHaveLength(5);
  const running = items.find(({ status }: { status: string }) => status === 'RUNNING');
  await mira.post(`/train-tasks/${running.taskId}/cancel`);
  expect((await mira.get(`/train-tasks/${running.taskId}/events`)).items.map((event: { to: string }) => event.to)).toContain('CANCELLED');
  await submitAndStart(again, mira, { name: 'after the restore' });
  await expect(again.database.query('DELETE FROM audit_log')).rejects.toThrow();
  await expect(again.database.query('UPDATE task_event SET actor = NULL')).rejects.toThrow();
  await again.close();
});

it('saves one moment while the ledger goes on: no point without its task, whatever was written meanwhile', async () => {
  const member = await app.anonymous.signIn('mira', 'mira has a long password');
  let isOver = false;
  const writing = (async () => {
    for (let round = 0; !isOver; round += 1) {
      const { taskId, trainer } = await submitAndStart(app, member, { name: `meanwhile ${round}` });
      await trainer.post(`/train-tasks/${taskId}/progress`, points(200));
    }
  })();
  const meanwhile = join(folder, 'meanwhile.gz');
  for (let round = 0; round < 3; round += 1) await backUp(app.databaseUrl, meanwhile);
  isOver = true;
  await writing;
  const target = await freshDatabase();
  await restore(target, meanwhile);
  const client = new Client({ connectionString: target });
  await client.connect();
  const {
    rows: [odd],
  } = await client.query(
    `SELECT (SELECT count(*)::int FROM metric_point p WHERE NOT EXISTS (SELECT FROM train_task t WHERE t.id = p.train_task_id)) AS orphans,
       (SELECT count(*)::int FROM metric_summary s WHERE s.count <> (SELECT count(*) FROM metric_point p WHERE p.train_task_id = s.train_task_id AND p.key = s.key)) AS miscounted`,
  );
  await client.end();
  expect(odd).toEqual({ orphans: 0, miscounted: 0 });
});

it('holds no session, and is for its owner only', () => {
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const text = gunzipSync(readFileSync(file)).toString();
  expect(text).not.toMatch(/"table":"session"/);
  expect(text).not.toContain(token);
});

describe('restoring', () => {
  const damaged = join(folder, 'damaged.gz');
  const text = () => gunzipSync(readFileSync(file)).toString();

  it.each<[string, () => Buffer]>([
    ['a file that was cut', () => readFileSync(file).subarray(0, 4000)],
    ['a file that was cut and packed again', () => gzipSync(text().slice(0, -3000))],
    ['a row that was changed', () => gzipSync(text().replace('style 3', 'style 4'))],
    ['a file that misses its last line', () => gzipSync(text().replace('{"end":true}\n', ''))],
    ['another file', () => gzipSync('hello\n')],
    ['a file that is not packed', () => Buffer.from('hello')],
    ['a backup of a newer version', () => gzipSync(text().replace('"migrations":[', '"migrations":["FromTheFuture9999999999999",'))],
    ['a partition that is SQL', () => gzipSync(text().replace('"bound":"DEFAULT"', '"bound":"DEFAULT; DROP TABLE app_user"'))],
  ])('%s is refused, and nothing of it stays', async (_what, bytes) => {
    writeFileSync(damaged, bytes());
    const target = await freshDatabase();
    await expect(restore(target, damaged)).rejects.toThrow(/backup/i);
    // What stays is at most an empty schema, into which the next try goes.
    expect((await restore(target, file)).rows).toMatchObject({ train_task: 5 });
  });

  it('into a ledger that is in use is refused', async () => {
    await expect(restore(app.databaseUrl, file)).rejects.toThrow(/running on this database/);
    const target = await freshDatabase();
    await restore(target, file);
    await expect(restore(target, file)).rejects.toThrow(/holds a ledger already/);
  });

  it('an old backup gives an old schema, which the next start brings up to date', async () => {
    const old = await freshDatabase();
    const early = await new DataSource({
      ...dataSourceOptions({ databaseUrl: old, databasePoolSize: 2 }),
      migrations: MIGRATIONS.slice(0, 3),
    }).initialize();
    await migrate(early);
    await early.query(`INSERT INTO app_user (id, username, role) VALUES (7, 'old-timer', 'member')`);
    await early.destroy();
    await backUp(old, join(folder, 'old.gz'));
    const target = await freshDatabase();
    await restore(target, join(folder, 'old.gz'));
    const upgraded = await makeApp({ DATABASE_URL: target });
    expect((await upgraded.admin.get('/users')).items.map(({ username }: { username: string }) => username)).toContain('old-timer');
    await upgraded.close();
  });
});

/** Number and hash of the rows of every table but those of the moment. */
async function contentsOf(url: string): Promise<Record<string, string>> {
  const client = new Client({ connectionString: url, options: '-c timezone=UTC' });
  await client.connect();
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname NOT IN ('session', 'sign_in_failure', 'migrations', 'snowflake_node', 'launch') ORDER BY 1`,
  );
  const contents: Record<string, string> = {};
  for (const { name } of tables) {
    const {
      rows: [row],
    } = await client.query(
      `SELECT count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text COLLATE "C"), '')) AS found FROM ${name} t`,
    );
    contents[name] = row.found;
  }
  await client.end();
  return contents;
}

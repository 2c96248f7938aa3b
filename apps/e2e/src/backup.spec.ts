import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, startProduct, type Product } from './support/product.js';
import { Script } from './support/script.js';
import { ADMIN, hireTeam, MEMBER, playRun, TEAM_ENV, type Team } from './support/team.js';

const folder = mkdtempSync(join(tmpdir(), 'ledger-moved-'));
chmodSync(folder, 0o711);

let product: Product;
let team: Team;
let taskId: string;

beforeAll(async () => {
  product = await startProduct(TEAM_ENV);
  team = await hireTeam(product.url);
  ({ taskId } = await playRun(team.member, { ends: 'succeeded', task: { name: 'the one to keep', tags: ['港口'] } }));
});
afterAll(async () => {
  await product?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const command = (script: string, dataDir: string, ...rest: string[]) =>
  spawnSync('npm', ['run', '--silent', script, '--', ...rest], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, LEDGER_DATA_DIR: dataDir, DATABASE_URL: '' },
  });

it('one command saves the ledger while it runs, one brings it back elsewhere, and it goes on from there', async () => {
  const saved = command('backup', product.dataDir);
  expect(saved.stderr).toBe('');
  expect(saved.stdout).toMatch(/^Saved 1 tasks, 400 points, \d+ rows in all to .*\.gz\n$/);
  const [name = ''] = readdirSync(join(product.dataDir, 'backups'));
  const file = join(folder, name);
  execFileSync('cp', [join(product.dataDir, 'backups', name), file]);

  const moved = join(folder, 'data');
  const restored = command('restore', moved, file);
  expect(restored.stderr).toBe('');
  expect(restored.stdout).toMatch(/^Restored 1 tasks, 400 points/);

  const again = await startProduct({ ...TEAM_ENV, LEDGER_DATA_DIR: moved });
  try {
    const mira = await new Script(again.url).signIn(MEMBER.username, MEMBER.password);
    const before = await team.member.get<object>(`/train-tasks/${taskId}/metrics?keys=loss`);
    expect(await mira.get(`/train-tasks/${taskId}/metrics?keys=loss`)).toEqual(before);
    expect(await mira.get(`/train-tasks/${taskId}`)).toMatchObject({
      name: 'the one to keep',
      tags: ['港口'],
      status: 'SUCCESS',
      createUser: MEMBER.username,
    });
    await playRun(mira, { ends: 'succeeded', task: { name: 'after the move' } });
    await new Script(again.url).signIn(ADMIN.username, ADMIN.password);
    expect(command('restore', moved, file)).toMatchObject({ status: 1, stderr: expect.stringMatching(/running on this data folder/) });
  } finally {
    await again.stop();
  }
  expect(command('restore', moved, file)).toMatchObject({ status: 1, stderr: expect.stringMatching(/holds a ledger already/) });
});

it('says in one line what it cannot do', () => {
  const nowhere = join(folder, 'nowhere');
  expect(command('backup', nowhere)).toMatchObject({ status: 1, stderr: expect.stringMatching(/^There is no ledger in .*\n$/) });
  expect(existsSync(nowhere)).toBe(false);
  expect(command('restore', nowhere)).toMatchObject({ status: 1, stderr: 'Say which file: npm run restore -- FILE\n' });
});

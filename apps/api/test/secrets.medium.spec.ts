import { makeApp, type TestApp } from './support/app.js';
import { aTask, submitAndStart } from './support/tasks.js';

let app: TestApp;
beforeAll(async () => {
  app = await makeApp();
});
afterAll(() => app.close());

/** Made up, but of the shape of real ones. */
const SHAPED = {
  'a hub token': 'hf_Qm7LxPzRtYbNvKcWdGhJsFaEuIoXyZ',
  'a cloud key': 'AKIAQ7L2XPZRTYBNVKCW',
  'a personal access token': 'ghp_Qm7LxPzRtYbNvKcWdGhJsFaEuIoXyZ12345A',
  'an API token of this product': `llp_${'a1b2c3d4'.repeat(9)}`,
  'a signed token': 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJub2JvZHkiLCJpYXQiOjF9.c2lnbmF0dXJlLW9mLW5vYm9keQ',
};
const PLAIN = 'plain-but-secret-91c7';
const NAMED = [
  'hf_token',
  'wandb_api_key',
  'WANDB_API_KEY',
  'huggingface-token',
  'password',
  'apiKey',
  'client_secret',
  'aws_secret_access_key',
  'private_key',
];

describe('a submission', () => {
  it.each(NAMED)('with the parameter %s is refused, however deep it stands, and says which it is', async (key) => {
    for (const extraParams of [{ [key]: PLAIN }, { logging: { [key]: PLAIN } }, { list: [{ [key]: PLAIN }] }]) {
      const { body } = await app.admin.call('POST', '/train-tasks', aTask({ extraParams }), 422);
      expect(body).toMatchObject({ code: 'SECRET_IN_CONFIG', errors: [{ path: expect.stringContaining(key) }] });
    }
    await noTrace(PLAIN);
  });

  it.each(Object.entries(SHAPED))('with %s in any parameter is refused', async (_what, secret) => {
    await app.admin.call('POST', '/train-tasks', aTask({ extraParams: { harmless: `x ${secret}` } }), 422);
    await app.admin.call(
      'POST',
      '/train-tasks',
      `model_name: sd15\nlora_rank: 4\nlr: 0.0001\nbatch_size: 1\nepochs: 1\ntrain_data_dir: d\nnetwork:\n  note: ${secret}\n`,
      undefined,
      { 'Content-Type': 'application/yaml' },
    );
    const { taskId } = await app.admin.post('/train-tasks', aTask(), 201);
    await app.admin.call('POST', `/train-tasks/${taskId}/clone`, { overrides: { extraParams: { harmless: secret } } }, 422);
    await noTrace(secret);
  });

  it.each(['true', '""', 'pad_token'])('is not refused for what only looks like one: %s', async (kind) => {
    const extraParams = kind === 'true' ? { use_auth_token: true } : kind === '""' ? { hf_token: '' } : { pad_token: '<pad>' };
    await app.admin.post('/train-tasks', aTask({ extraParams }), 201);
  });
});

describe('what a trainer says', () => {
  it.each(Object.entries(SHAPED))('is kept without %s: log, error, environment, output', async (_what, secret) => {
    const { taskId, trainer } = await submitAndStart(app, app.admin);
    const path = `/train-tasks/${taskId}`;
    const other = await submitAndStart(app, app.admin);
    await other.trainer.post(`/train-tasks/${other.taskId}/start`, { env: { HOME: '/root', line: `export X=${secret}` } });
    await trainer.post(`${path}/log`, { offset: 0, text: `downloading with ${secret}\nAuthorization: Bearer ${secret}\n` });
    await trainer.post(`${path}/fail`, { error: `401 for ${secret}` });
    await trainer.call('POST', `${path}/exit`, { exitCode: 1, hasFreshOutput: false, lastLines: `key ${secret}`, outputFiles: [] });
    await noTrace(secret);
    expect((await app.admin.get(path)).errorMessage).toMatch(/^401 for \*+$/);
  });

  it('is kept without values that are named as secrets', async () => {
    const { taskId, trainer } = await submitAndStart(app, app.admin);
    const text = `WANDB_API_KEY=${PLAIN}\n--hf_token ${PLAIN}\n{"password": "${PLAIN}"}\nhttps://me:${PLAIN}@hub.example/model\n`;
    await trainer.post(`/train-tasks/${taskId}/log`, { offset: 0, text });
    await trainer.post(`/train-tasks/${taskId}/fail`, { error: text });
    await noTrace(PLAIN);
  });
});

it('does not keep a password that was typed into the wrong field', async () => {
  await app.anonymous.post('/auth/login', { username: PLAIN, password: 'x' }, 401);
  await noTrace(PLAIN);
});

describe.each(Object.entries(SHAPED))('words people write, with %s in them', (_what, secret) => {
  it.each(['name', 'description', 'note'])('are refused or kept without it: %s', async (field) => {
    const { taskId } = await app.admin.post('/train-tasks', aTask(), 201);
    await app.admin.call('POST', '/train-tasks', aTask({ [field]: `see ${secret}` }));
    if (field !== 'note') await app.admin.call('PATCH', `/train-tasks/${taskId}`, { [field]: `see ${secret}` });
    await noTrace(secret);
  });
});

/** Looks through every row of every table. */
async function noTrace(secret: string): Promise<void> {
  const tables: { name: string }[] = await app.database.query(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  const hexadecimal = Buffer.from(secret).toString('hex');
  for (const { name } of tables) {
    const found = await app.database.query(
      `SELECT t::text AS row FROM ${name} t WHERE position($1 IN t::text) > 0 OR position($2 IN t::text) > 0 LIMIT 1`,
      [secret, hexadecimal],
    );
    expect({ name, found }).toEqual({ name, found: [] });
  }
}

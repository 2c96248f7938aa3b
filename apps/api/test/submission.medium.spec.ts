import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { aTask, rowsOf } from './support/tasks.js';

let app: TestApp;
let eve: Api;
const count = async (): Promise<number> => Number((await rowsOf(app.database, 'SELECT count(*) AS n FROM train_task'))[0].n);
const withKey = (key: string) => ({ 'Idempotency-Key': key });

beforeAll(async () => {
  app = await makeApp();
  eve = await app.member('eve');
});
afterAll(() => app.close());

describe('an idempotency key', () => {
  it('makes one task of the same body sent twice, in whatever order its fields stand', async () => {
    const first = await eve.post('/train-tasks', aTask(), 201, withKey('once'));
    const again = await eve.post('/train-tasks', Object.fromEntries(Object.entries(aTask()).reverse()), 201, withKey('once'));
    expect(again).toEqual(first);
  });

  it('makes one task of many requests at the same moment', async () => {
    const before = await count();
    const answers = await Promise.all(Array.from({ length: 8 }, () => eve.post('/train-tasks', aTask(), 201, withKey('together'))));
    expect(new Set(answers.map(({ taskId }) => taskId)).size).toBe(1);
    expect(await count()).toBe(before + 1);
  });

  it('is refused for another body, and nothing is stored', async () => {
    await eve.post('/train-tasks', aTask(), 201, withKey('taken'));
    const before = await count();
    expect(await eve.post('/train-tasks', aTask({ loraRank: 32 }), 409, withKey('taken'))).toMatchObject({
      code: 'STATE_CONFLICT',
      detail: expect.stringContaining('new key'),
    });
    expect(await count()).toBe(before);
  });

  it('is free again after a request that was not valid', async () => {
    await eve.post('/train-tasks', aTask({ loraRank: 0 }), 400, withKey('mended'));
    await eve.post('/train-tasks', aTask(), 201, withKey('mended'));
  });

  it('belongs to its user: others may use the same', async () => {
    const mine = await eve.post('/train-tasks', aTask(), 201, withKey('shared'));
    const theirs = await app.admin.post('/train-tasks', aTask(), 201, withKey('shared'));
    expect(theirs.taskId).not.toBe(mine.taskId);
  });

  it('holds for clones, too', async () => {
    const { taskId } = await eve.post('/train-tasks', aTask(), 201);
    const [one, two] = await Promise.all(
      [0, 1].map(() => eve.post(`/train-tasks/${taskId}/clone`, { overrides: { seed: 1 } }, 201, withKey('clone'))),
    );
    expect(one.taskId).toBe(two.taskId);
  });

  it.each(['two words', 'k'.repeat(201)])('of the wrong form is refused: "%s"', async (key) => {
    expect((await eve.call('POST', '/train-tasks', aTask(), 400, withKey(key))).body).toMatchObject({
      errors: [{ path: 'Idempotency-Key' }],
    });
  });
});

describe('the owner of a task', () => {
  it('is who submits it, named or not', async () => {
    expect((await eve.post('/train-tasks', aTask(), 201)).createUser).toBe('eve');
    expect((await eve.post('/train-tasks', aTask({ createUser: 'eve' }), 201)).createUser).toBe('eve');
  });

  it('cannot be somebody else for a member', async () => {
    expect(await eve.post('/train-tasks', aTask({ createUser: 'ada' }), 403)).toMatchObject({
      code: 'FORBIDDEN',
      detail: expect.stringContaining('createUser'),
    });
  });

  it('can be anybody for an admin, and the history says who did it', async () => {
    const { taskId, createUser } = await app.admin.post('/train-tasks', aTask({ createUser: 'eve' }), 201);
    expect(createUser).toBe('eve');
    expect((await eve.get(`/train-tasks/${taskId}/events`)).items[0]).toMatchObject({ type: 'created', actor: 'ada' });
    expect(await app.admin.post('/train-tasks', aTask({ createUser: 'nobody' }), 400)).toMatchObject({ errors: [{ path: 'createUser' }] });
  });
});

describe('a submission', () => {
  it('gets a name from model and rank when it has none', async () => {
    expect((await eve.post('/train-tasks', aTask(), 201)).name).toBe('sd15 r16');
  });

  it('takes fields left empty for fields left out: it is the same experiment', async () => {
    const empty = await eve.post(
      '/train-tasks',
      aTask({ modelPath: '', metadataPath: ' ', outputPath: '', resumeFrom: null, seed: null, name: null }),
      201,
    );
    const absent = await eve.post('/train-tasks', aTask(), 201);
    expect(empty).toMatchObject({ modelPath: null, metadataPath: null, outputPath: null, fingerprint: absent.fingerprint });
  });

  it('keeps every type of extra parameter', async () => {
    const extraParams = {
      optimizer: 'adamw8bit',
      dropout: 0.1,
      dora: true,
      network_args: ['a=1', 'b'],
      nested: { deep: [1, { x: null }] },
      empty: '',
      zero: 0,
    };
    expect((await eve.post('/train-tasks', aTask({ extraParams }), 201)).extraParams).toEqual(extraParams);
  });

  it('refuses a credential in the configuration and says where it stands', async () => {
    const before = await count();
    for (const extraParams of [
      { hf_token: 'hf_abcdefghijklmnopqrstuvwx' },
      { nested: { wandb_api_key: 'sesame' } },
      { args: ['--password=sesame'] },
    ]) {
      const problem = await eve.post('/train-tasks', aTask({ extraParams }), 422);
      expect(problem).toMatchObject({
        code: 'SECRET_IN_CONFIG',
        errors: [{ path: expect.stringContaining('extraParams.'), rule: 'secret' }],
      });
      expect(JSON.stringify(problem)).not.toMatch(/hf_abc|sesame/);
    }
    expect(await count()).toBe(before);
  });
});

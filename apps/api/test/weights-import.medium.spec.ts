import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { form, SD_METADATA, weightsFile, weightsHeader, withLength } from './support/files.js';

let app: TestApp;
let anna: Api;
let bela: Api;
beforeAll(async () => {
  app = await makeApp();
  [anna, bela] = [await app.member('anna'), await app.member('bela')];
});
afterAll(() => app.close());

const OCTETS = { 'Content-Type': 'application/octet-stream' };
const MB = 1024 * 1024;
const HUNDRED_MB = 100 * MB;

let fills = 0;
/** Weights that no other test has. */
function fresh(metadata = SD_METADATA): Buffer {
  return weightsFile(metadata, (fills += 1));
}

function bring(api: Api, file: Buffer, query = '', status?: number) {
  return api.call('POST', `/train-tasks/import?filename=old_style.safetensors${query}`, file, status, OCTETS);
}

describe('the header of a LoRA file', () => {
  it('is a draft, with what is known of the result and where each field comes from', async () => {
    const { body } = await anna.call('POST', '/train-tasks/parse?filename=x.safetensors', weightsFile(), 200, OCTETS);
    expect(body).toMatchObject({
      format: 'safetensors',
      confidence: 1,
      draft: { name: 'old style', modelName: 'v1-5', loraRank: 8, loraAlpha: 4, learningRate: 1e-4, batchSize: 2, epochs: 5, seed: 42 },
      recovered: {
        source: 'sd-scripts',
        fields: { learningRate: 'file', trainDataDir: 'guess' },
        result: { steps: 50, finishedAt: '2023-11-14T23:13:20.750Z' },
      },
    });
  });

  it('can come as a form, and alone without the weights', async () => {
    const { body, headers } = await form({ file: { name: 'x.safetensors', content: weightsFile() } });
    expect((await anna.call('POST', '/train-tasks/parse', body, 200, headers)).body.draft.loraRank).toBe(8);
    expect((await anna.call('POST', '/train-tasks/parse', weightsHeader(SD_METADATA, 64), 200, OCTETS)).body.draft.loraRank).toBe(8);
  });

  it.each<[string, Buffer, number]>([
    ['is longer than the file', withLength(Buffer.from('{"a":'), 5000n), 400],
    ['is longer than any real one', withLength(Buffer.from('{}'), 90_000_000n), 413],
    ['is longer than the format allows', withLength(Buffer.from('{}'), 4_000_000_000n), 400],
    ['has no length at all', withLength(Buffer.from('{}'), 0n), 400],
    ['is no JSON', withLength(Buffer.from('{"a" 1}')), 400],
    ['describes tensors that are none', withLength(Buffer.from('{"a":{"dtype":"F16","shape":[-1],"data_offsets":[0,2]}}')), 400],
  ])('that %s is refused', async (_lie, file, status) => {
    for (const path of ['/train-tasks/parse?format=safetensors', '/train-tasks/import']) {
      const answer = await anna.call('POST', path, file, undefined, OCTETS);
      expect([answer.status, answer.body.code]).toEqual([status, status === 413 ? 'TOO_LARGE' : 'VALIDATION']);
    }
  });

  it('of 100 MB of weights is answered without keeping them', async () => {
    const before = process.memoryUsage().rss;
    let highest = 0;
    const watch = setInterval(() => {
      highest = Math.max(highest, process.memoryUsage().rss);
    }, 10);
    const { status, body } = await stream('/train-tasks/parse', weightsHeader(SD_METADATA, HUNDRED_MB), HUNDRED_MB);
    clearInterval(watch);
    expect([status, body.draft.loraRank]).toEqual([200, 8]);
    expect(highest - before).toBeLessThan(80 * MB);
  });
});

describe('an imported LoRA', () => {
  it('is a finished task with what its file told', async () => {
    const file = fresh();
    const { body: task } = await bring(anna, file, '', 201);
    expect(task).toMatchObject({
      status: 'SUCCESS',
      trainer: 'imported',
      name: 'old style',
      createUser: 'anna',
      progress: 1,
      currentStep: 50,
      loraRank: 8,
      learningRate: 1e-4,
      seed: 42,
      startTime: '2023-11-14T22:13:20.250Z',
      output: 'old_style.safetensors',
      outputFiles: [{ path: 'old_style.safetensors', size: file.length, sha256: createHash('sha256').update(file).digest('hex') }],
      recovered: { source: 'sd-scripts', result: { steps: 50 } },
    });
    expect(task.endTime).toBe('2023-11-14T23:13:20.750Z');
    expect((await anna.get(`/train-tasks/${task.taskId}/events`)).items).toMatchObject([
      { type: 'imported', actor: 'anna', why: 'old_style.safetensors' },
    ]);
    await bela.get(`/train-tasks/${task.taskId}`, 404);
  });

  it('is known again by its weights, whatever its metadata say, but only to its owner', async () => {
    const fill = (fills += 1);
    const { body: former } = await bring(anna, weightsFile(SD_METADATA, fill), '', 201);
    const { body: refused } = await bring(anna, weightsFile({ ...SD_METADATA, ss_output_name: 'renamed' }, fill), '', 409);
    expect(refused).toMatchObject({ code: 'STATE_CONFLICT', taskId: former.taskId });
    await bring(bela, weightsFile(SD_METADATA, fill), '', 201);
  });

  it('enters once when it is sent twice at the same moment', async () => {
    const file = fresh();
    const answers = await Promise.all(Array.from({ length: 5 }, () => bring(anna, file)));
    const [made] = answers.filter(({ status }) => status === 201);
    const refused = answers.filter(({ status }) => status === 409);
    expect(refused).toHaveLength(4);
    for (const { body } of refused) expect(body.taskId).toBe(made?.body.taskId);
  });

  it('that says too little names what is missing, and takes it from the caller', async () => {
    const file = fresh({ ss_network_module: 'networks.lora', ss_base_model_version: 'sd_v1' });
    const { body } = await bring(anna, file, '', 400);
    const missing = body.errors.map(({ path }: { path: string }) => path);
    expect(missing).toEqual(expect.arrayContaining(['learningRate', 'batchSize', 'trainDataDir']));
    const fields = encodeURIComponent(
      JSON.stringify({ learningRate: 3e-4, batchSize: 1, epochs: 2, trainDataDir: './lost', note: 'from the old disk' }),
    );
    expect((await bring(anna, file, `&fields=${fields}`, 201)).body).toMatchObject({
      learningRate: 3e-4,
      loraRank: 8,
      note: 'from the old disk',
    });
  });

  it.each([
    '{"createUser":"bela"}',
    '{"trainer":"demo"}',
    '{"status":"FAILED"}',
    '{"__proto__":{"loraRank":1}}',
    '{"extraParams":{"api_key":"0123456789abcdef"}}',
    '[]',
    'null',
    '{',
  ])('refuses the fields %s', async (fields) => {
    const { status } = await bring(anna, fresh(), `&fields=${encodeURIComponent(fields)}`);
    expect([400, 422]).toContain(status);
  });

  it('is not entered when the file is not whole', async () => {
    const [file, before] = [fresh(), await count()];
    for (const part of [file.subarray(0, file.length - 1), Buffer.concat([file, Buffer.from('x')]), file.subarray(0, 40), Buffer.alloc(0)])
      expect((await bring(anna, part)).status).toBe(400);
    const { body, headers } = await form({ file: { name: 'x.safetensors', content: file } });
    expect((await anna.call('POST', '/train-tasks/import', body.subarray(0, body.length - 80), undefined, headers)).status).toBe(400);
    expect(await breakOff('/train-tasks/import', file)).toBe('broken');
    expect(await count()).toBe(before);
    await bring(anna, file, '', 201);
  });

  it('of 100 MB streams through', async () => {
    const { status, body } = await stream('/train-tasks/import', weightsHeader(SD_METADATA, HUNDRED_MB), HUNDRED_MB);
    expect([status, body.outputFiles?.[0]?.size]).toEqual([201, HUNDRED_MB + weightsHeader(SD_METADATA, HUNDRED_MB).length]);
  });

  it('survives metadata that make no sense', async () => {
    const { body } = await bring(anna, fresh({ ...SD_METADATA, ss_steps: '1e300', ss_training_finished_at: '1600000000.0' }), '', 201);
    expect(body).toMatchObject({ currentStep: null, startTime: null, endTime: null });
  });

  it('is run again by cloning it, with the first trainer there is', async () => {
    const { body: imported } = await bring(anna, fresh(), '', 201);
    const [{ name }] = (await anna.get('/trainers')).items;
    expect(await anna.post(`/train-tasks/${imported.taskId}/clone`, undefined, 201)).toMatchObject({
      trainer: name,
      status: 'PENDING',
      fingerprint: imported.fingerprint,
      clonedFrom: imported.taskId,
    });
  });

  it('that was thrown away may be entered again, but then not be taken back as well', async () => {
    const file = fresh();
    const { body: former } = await bring(anna, file, '', 201);
    await anna.delete(`/train-tasks/${former.taskId}`);
    await bring(anna, file, '', 201);
    const refused = await anna.post(`/train-tasks/${former.taskId}/restore`, undefined, 409);
    expect(refused).toMatchObject({ code: 'STATE_CONFLICT' });
    expect(refused.detail).toMatch(/weights/);
  });

  it('goes out again as a file for its trainer', async () => {
    const { body: imported } = await bring(anna, fresh(), '', 201);
    const preview = await anna.get(`/train-tasks/${imported.taskId}/config?format=sd-scripts&as=preview`);
    expect(preview.text).toMatch(/network_dim = 8/);
    expect((await anna.get(`/train-tasks/${imported.taskId}/config?format=axolotl&as=preview`)).text).not.toContain('network_module');
  });
});

async function count(): Promise<string> {
  const [{ n }] = await app.database.query('SELECT count(*) AS n FROM train_task');
  return n;
}

/** Sends a beginning and then zeros, a piece at a time: the sender has no memory for the whole either. */
function stream(path: string, beginning: Buffer, zeros: number): Promise<{ status: number | undefined; body: any }> {
  const piece = Buffer.alloc(64 * 1024);
  return new Promise((resolve, reject) => {
    const request = upload(path, (response) => {
      let text = '';
      response
        .setEncoding('utf8')
        .on('data', (part: string) => {
          text += part;
        })
        .on('end', () => resolve({ status: response.statusCode, body: JSON.parse(text) }));
    });
    request.on('error', reject).write(beginning);
    let left = zeros;
    const more = (): void => {
      while (left > 0) {
        const part = piece.subarray(0, Math.min(piece.length, left));
        left -= part.length;
        if (!request.write(part)) return void request.once('drain', more);
      }
      request.end();
    };
    more();
  });
}

/** Sends half a file and hangs up. */
function breakOff(path: string, file: Buffer): Promise<string> {
  return new Promise((resolve) => {
    const request = upload(path, () => resolve('answered'));
    request.on('error', () => resolve('broken'));
    request.write(file.subarray(0, file.length - 10), () => setImmediate(() => request.destroy()));
  });
}

function upload(path: string, answered: Parameters<typeof httpRequest>[2]) {
  return httpRequest(`${app.url}/api${path}`, { method: 'POST', headers: { ...OCTETS, Authorization: `Bearer ${anna.token}` } }, answered);
}

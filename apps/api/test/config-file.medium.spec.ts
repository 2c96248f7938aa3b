import { join } from 'node:path';
import { CONFIG_FORMATS, type ConfigFormat } from '@lora-ledger/training';
import type { Api } from './support/api.js';
import { makeApp, ROOT, type TestApp } from './support/app.js';
import { CONFIG_FILES, form } from './support/files.js';
import { aTask } from './support/tasks.js';

let app: TestApp;
let anna: Api;
beforeAll(async () => {
  app = await makeApp();
  anna = await app.member('anna');
});
afterAll(() => app.close());

const OCTETS = { 'Content-Type': 'application/octet-stream' };
const YAML = { 'Content-Type': 'application/yaml' };
const KOHYA = CONFIG_FILES.kohya.text;
const SMALL = CONFIG_FILES['lora-scripts'].text;

function parse(body: Buffer | string, query = '', headers: Record<string, string> = OCTETS) {
  return anna.call('POST', `/train-tasks/parse${query}`, body, undefined, headers);
}

describe('a configuration file', () => {
  it.each(CONFIG_FORMATS)('of %s becomes a task, and the task a file again, and both are the same training', async (format) => {
    const { text, fileName, missing } = CONFIG_FILES[format];
    const first = await anna.post('/train-tasks/parse', text, 200, OCTETS);
    expect(first.format).toBe(format);
    const task = await anna.post('/train-tasks', { ...first.draft, ...missing }, 201);
    const file: string = (await anna.call('GET', `/train-tasks/${task.taskId}/config?format=${format}`, undefined, 200)).body;
    const again = await anna.post(
      `/train-tasks/parse?filename=${fileName}`,
      typeof file === 'string' ? file : JSON.stringify(file),
      200,
      OCTETS,
    );
    expect(again.format).toBe(format);
    expect((await anna.post('/train-tasks', { ...again.draft, ...missing }, 201)).fingerprint).toBe(task.fingerprint);
  });

  it.each(['application/octet-stream', 'application/yaml', 'text/yaml; charset=utf-8', 'text/plain'])(
    'is read when it comes as %s',
    async (type) => {
      const { body } = await parse(SMALL, '', { 'Content-Type': type });
      expect(body).toMatchObject({
        format: 'lora-scripts',
        draft: { modelName: 'v1-5', loraRank: 8, learningRate: 2e-4 },
        recovered: null,
      });
      expect(body.confidence).toBeGreaterThan(0.5);
    },
  );

  it('is read when it comes as the field "file" of a form, wherever that stands among other fields', async () => {
    const { body, headers } = await form({ comment: 'mine', file: { name: 'art.yaml', content: SMALL }, more: 'x' });
    expect((await parse(body, '', headers)).body.draft.loraRank).toBe(8);
  });

  it("in JSON is the trainer's, not a request of ours: comments, large numbers and repeated keys are seen as they stand", async () => {
    const json = { 'Content-Type': 'application/json' };
    expect((await parse(KOHYA, '', json)).body).toMatchObject({
      format: 'kohya',
      draft: { loraRank: 16, loraAlpha: 8, epochs: 5, seed: 1234 },
    });
    const large = (await parse(KOHYA.replace('"1234"', '12345678901234567890'), '', json)).body;
    expect(large.warnings).toContainEqual(expect.objectContaining({ code: 'NUMBER_AS_TEXT', path: 'seed' }));
    expect(JSON.stringify(large.draft)).toContain('12345678901234567890');
    expect((await parse(KOHYA.replace('{', '{ // from the studio'), '', json)).status).toBe(200);
    expect((await parse(KOHYA.replace('{', '{ "epoch": 7,'), '', json)).body).toMatchObject({
      status: 400,
      detail: expect.stringContaining('given twice'),
    });
  });

  it('is read as the format it is said to be', async () => {
    const text = 'lora_rank: 8\nlearning_rate: 0.0001\n';
    expect((await parse(text, '?format=llama-factory')).body).toMatchObject({ format: 'llama-factory', confidence: 1 });
    expect((await parse(text, '?format=lora-scripts')).body).toMatchObject({ format: 'lora-scripts', confidence: 1 });
    expect((await parse(text, '?format=excel')).status).toBe(400);
  });

  it('says which keys have no shared meaning and what is missing', async () => {
    const { body } = await parse('base_model: a/b\nlora_rank: 8\ntask_type: text-to-image\nmy_own_switch: 3\n');
    expect(body.unmapped).toContain('my_own_switch');
    expect(body.draft.extraParams.my_own_switch).toBe(3);
    expect(
      body.warnings.filter(({ code }: { code: string }) => code === 'MISSING_FIELD').map(({ path }: { path: string }) => path),
    ).toEqual(expect.arrayContaining(['learningRate', 'trainDataDir']));
  });

  it('can be submitted as it is, and its text stays with the task', async () => {
    const task = await anna.post('/train-tasks', SMALL, 201, YAML);
    expect(task).toMatchObject({
      status: 'PENDING',
      loraRank: 8,
      metadataPath: './data/art/metadata.csv',
      configSource: { format: 'lora-scripts', text: SMALL, fileName: null },
    });
    const toml = await anna.post('/train-tasks', CONFIG_FILES['sd-scripts'].text, 201, { 'Content-Type': 'application/toml' });
    expect(toml).toMatchObject({ loraRank: 32, epochs: 12, configSource: { format: 'sd-scripts' } });
  });

  it('that is submitted incomplete is refused, naming every field that is missing', async () => {
    const { status, body } = await anna.call(
      'POST',
      '/train-tasks',
      'base_model: a/b\ntrain_data_dir: ./d\nlora_rank: 8\n',
      undefined,
      YAML,
    );
    expect([status, body.code]).toEqual([400, 'VALIDATION']);
    expect(body.errors.map(({ path }: { path: string }) => path)).toEqual(expect.arrayContaining(['learningRate', 'batchSize']));
  });
});

describe('a credential in a configuration file', () => {
  const text = `${SMALL}hf_token: hf_${'a1B2c3D4'.repeat(4)}\n`;

  it('refuses the submission, by the name of the key only', async () => {
    const { status, body } = await anna.call('POST', '/train-tasks', text, undefined, YAML);
    expect([status, body.code]).toEqual([422, 'SECRET_IN_CONFIG']);
    expect(body.detail).toContain('hf_token');
    expect(JSON.stringify(body)).not.toContain('a1B2c3D4');
  });

  it('is taken out of the draft, with a warning', async () => {
    const { body } = await parse(text);
    expect(body.warnings).toContainEqual(expect.objectContaining({ code: 'SECRET_REMOVED', path: 'hf_token' }));
    expect(JSON.stringify(body)).not.toContain('a1B2c3D4');
  });
});

describe('a file that means harm', () => {
  const aliases = `a0: &a0 [x, x]\n${Array.from({ length: 30 }, (_one, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`).join('\n')}\n`;
  const BOMBS: Record<string, [Buffer | string, number[]]> = {
    'aliases that multiply': [aliases, [400, 413]],
    'lists in lists in lists': [`a: ${'['.repeat(50_000)}`, [400, 413]],
    'the same in JSON': [`{"a": ${'['.repeat(50_000)}`, [400, 413]],
    '2 MB of text': [`lora_rank: 8\nnote: "${'x'.repeat(2_000_000)}"\n`, [413]],
    'a key given twice': ['lora_rank: 8\nlora_rank: 9\n', [400]],
    "a key that is everybody's prototype": ['base_model: a\nlora_rank: 8\n__proto__:\n  polluted: 1\n', [400]],
    'the same in TOML': ['network_dim = 8\n[__proto__]\npolluted = 1\n', [400]],
    'a NUL': ['lora_rank: 8\u0000\n', [400]],
    'no UTF-8': [Buffer.concat([Buffer.from('lora_rank: 8\nname: '), Buffer.from([0xff, 0xfe, 0xc3, 0x28])]), [415]],
    'nothing at all': ['\n\n', [400]],
    'a story': ['Once upon a time there was a rank.\n', [400, 415]],
  };

  it.each(Object.keys(BOMBS))('is refused at once, to read and to submit: %s', async (name) => {
    const [content, statuses] = BOMBS[name]!;
    for (const [path, headers] of [
      ['/train-tasks/parse', OCTETS],
      ['/train-tasks', YAML],
    ] as const) {
      const began = performance.now();
      const { status, body } = await anna.call('POST', path, content, undefined, headers);
      expect(statuses).toContain(status);
      expect(body.code).toMatch(/VALIDATION|TOO_LARGE|UNSUPPORTED_FORMAT/);
      expect(performance.now() - began).toBeLessThan(2000);
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it.each(['/auth/login', '/train-tasks', '/train-tasks/bulk', '/saved-views'])('does not reach %s as a stream', async (path) => {
    const { status, body } = await anna.call('POST', path, 'x'.repeat(100_000), undefined, OCTETS);
    expect([status, body.code]).toEqual([415, 'UNSUPPORTED_FORMAT']);
  });

  it.each(['/auth/login', '/train-tasks/bulk'])('does not reach %s as text', async (path) => {
    expect((await anna.call('POST', path, SMALL, undefined, YAML)).status).toBe(415);
  });
});

describe('a form', () => {
  it('without the field "file" is told so', async () => {
    const others: Parameters<typeof form>[0][] = [{ other: { name: 'a.yaml', content: SMALL } }, { text: SMALL }];
    for (const parts of others) {
      const { body, headers } = await form(parts);
      expect((await parse(body, '', headers)).body).toMatchObject({ status: 400, errors: [{ path: 'file' }] });
    }
  });

  it('with a second file is read for its first', async () => {
    const { body, headers } = await form({
      file: { name: 'art.yaml', content: SMALL },
      second: { name: 'b.yaml', content: 'x'.repeat(300_000) },
    });
    expect((await parse(body, '', headers)).body.draft.loraRank).toBe(8);
  });

  it("that ends too early or has no boundary is the sender's mistake", async () => {
    const { body, headers } = await form({ file: { name: 'art.yaml', content: SMALL } });
    expect((await parse(body.subarray(0, body.length - 60), '', headers)).body).toMatchObject({ status: 400, code: 'VALIDATION' });
    expect((await parse(body, '', { 'Content-Type': 'multipart/form-data' })).status).toBe(400);
    expect((await parse('', '', OCTETS)).status).toBe(400);
  });
});

describe('a request that names the file it was read from', () => {
  const source = { format: 'kohya', text: `// studio\n{"network_dim": 16, "wandb_api_key": "0123456789abcdef"}`, fileName: 'studio.json' };

  it('keeps the text beside the fields, without its credentials', async () => {
    const task = await anna.post('/train-tasks', aTask({ source, extraParams: { lowram: true } }), 201);
    expect(task.configSource).toEqual({ ...source, text: source.text.replace('0123456789abcdef', '•'.repeat(16)) });
    expect((await anna.get(`/train-tasks/${task.taskId}/config?format=axolotl&as=preview`)).warnings).toContainEqual(
      expect.objectContaining({ code: 'FOREIGN_KEYS' }),
    );
  });

  it('hands the format on to its clones, and the text no longer', async () => {
    const { taskId } = await anna.post('/train-tasks', aTask({ source, extraParams: { lowram: true } }), 201);
    const clone = await anna.post(`/train-tasks/${taskId}/clone`, { overrides: { loraRank: 32 } }, 201);
    expect(clone.configSource).toBeNull();
    expect((await anna.get(`/train-tasks/${clone.taskId}/config?format=axolotl&as=preview`)).warnings).toContainEqual(
      expect.objectContaining({ code: 'FOREIGN_KEYS' }),
    );
  });

  it.each([[{ format: 'word' }], [{ text: 'a: 1' }], [{ format: 'kohya', text: 'x'.repeat(1_048_577) }], ['kohya']])(
    'is refused for %j',
    async (wrong) => {
      expect(await anna.post('/train-tasks', aTask({ source: wrong }), 400)).toMatchObject({ code: 'VALIDATION' });
    },
  );
});

describe('the configuration of a task as a file', () => {
  const export_ = async (overrides: Record<string, unknown>, query: string) => {
    const { taskId } = await anna.post('/train-tasks', aTask(overrides), 201);
    return anna.call('GET', `/train-tasks/${taskId}/config?${query}`, undefined, 200);
  };

  it('is previewed with the very text of the file, and what the format cannot say', async () => {
    const { taskId } = await anna.post('/train-tasks', aTask({ epochs: null, maxSteps: 1500 }), 201);
    const preview = await anna.get(`/train-tasks/${taskId}/config?format=onetrainer&as=preview`);
    const response = await fetch(`${app.url}/api/train-tasks/${taskId}/config?format=onetrainer`, {
      headers: { Authorization: `Bearer ${anna.token}` },
    });
    expect(preview.text).toBe(await response.text());
    expect(preview.contentType).toBe('application/json');
    expect(preview.warnings).toContainEqual(expect.objectContaining({ code: 'NOT_EXPRESSED', path: 'maxSteps' }));
  });

  it.each<[ConfigFormat, string]>([
    ['sd-scripts', 'application/toml'],
    ['lora-scripts', 'application/yaml'],
    ['ledger', 'application/json'],
  ])('of %s comes as %s, to be saved', async (format, type) => {
    const { headers } = await export_({ name: 'Portraits' }, `format=${format}`);
    expect(headers.get('content-type')).toBe(`${type}; charset=utf-8`);
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="Portraits\.\w+"$/);
  });

  it.each(['say "cheese"; filename=evil.exe', '水墨 风格', '../../etc/passwd', 'a\\b/c:d', '…'])(
    'of a task called %s has a name that is safe everywhere',
    async (name) => {
      const { headers } = await export_({ name }, 'format=sd-scripts');
      expect(headers.get('content-disposition')).toMatch(/^attachment; filename="[A-Za-z0-9_][A-Za-z0-9_.-]*\.toml"$/);
    },
  );

  it("is written for the task's own trainer when nobody asks for another, and data apart where the trainer wants it so", async () => {
    expect((await export_({}, 'as=preview')).body).toEqual((await export_({}, 'as=preview&format=lora-scripts')).body);
    const { taskId } = await anna.post('/train-tasks', CONFIG_FILES['sd-scripts'].text, 201, { 'Content-Type': 'application/toml' });
    const dataset = await anna.get(`/train-tasks/${taskId}/config?format=sd-scripts&part=dataset&as=preview`);
    expect(dataset.text).toContain('./data/faces');
    expect(dataset.text).not.toContain('network_dim');
  });

  it("leaves keys that only one trainer knows out of another's file, and says which, also for a task made in a form and for its clone", async () => {
    const many = await makeApp({ LEDGER_TRAINERS_FILE: join(ROOT, 'docker/trainers.example.yaml') });
    const { name: trainer } = (await many.admin.get('/trainers')).items.find(({ format }: { format: string }) => format === 'sd-scripts');
    const made = await many.admin.post('/train-tasks', aTask({ trainer, extraParams: { lowram: true, optimizer: 'lion' } }), 201);
    const clone = await many.admin.post(`/train-tasks/${made.taskId}/clone`, undefined, 201);
    for (const { taskId } of [made, clone]) {
      const foreign = await many.admin.get(`/train-tasks/${taskId}/config?format=axolotl&as=preview`);
      expect(foreign.text).not.toContain('lowram');
      expect(foreign.text).toMatch(/optimizer: lion/i);
      expect(foreign.warnings).toContainEqual(
        expect.objectContaining({ code: 'FOREIGN_KEYS', message: expect.stringContaining('lowram') }),
      );
      for (const format of ['sd-scripts', 'ledger'])
        expect((await many.admin.get(`/train-tasks/${taskId}/config?format=${format}&as=preview`)).text).toContain('lowram');
    }
    await many.close();
  });

  it("is nobody else's to read", async () => {
    const { taskId } = await anna.post('/train-tasks', aTask(), 201);
    await (await app.member('bela')).get(`/train-tasks/${taskId}/config`, 404);
  });
});

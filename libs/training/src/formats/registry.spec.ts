import { ConfigFormatError } from '../config-format-error.js';
import { completeConfig } from '../lora-config.js';
import { isSharedParam } from '../shared-params.js';
import { CONFIG_FORMATS, formatSyntax, FORMATS, parseConfig, serialiseConfig } from './registry.js';

const CONFIG = completeConfig({
  modelName: 'm',
  modelPath: '/m',
  loraRank: 8,
  learningRate: 1e-4,
  batchSize: 1,
  epochs: 2,
  trainDataDir: '/d',
});

function refusal(text: string, options: Parameters<typeof parseConfig>[1] = {}): ConfigFormatError {
  try {
    parseConfig(text, options);
  } catch (error) {
    if (error instanceof ConfigFormatError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe.each(CONFIG_FORMATS)('the format %s', (name) => {
  const format = FORMATS[name];

  it('has both halves: every row says something and writes what it reads', () => {
    expect(format.rows.length).toBeGreaterThan(5);
    const written = serialiseConfig(CONFIG, name);
    const parsed = parseConfig(written.text, { format: name });
    expect(parsed.draft).toMatchObject({ modelPath: '/m', loraRank: 8, loraAlpha: 8 });
    for (const row of format.rows) {
      expect(row.keys.length).toBeGreaterThan(0);
      expect(row.means.length).toBeGreaterThan(0);
      expect(Object.keys(row.read({})).filter((meaning) => !row.means.includes(meaning))).toEqual([]);
      expect(Object.keys(row.write({})).filter((key) => !row.keys.includes(key))).toEqual([]);
    }
  });

  it('gives every key and every meaning to one row only', () => {
    for (const names of [format.rows.flatMap((row) => row.keys), format.rows.flatMap((row) => row.means)]) {
      expect(names).toHaveLength(new Set(names).size);
    }
  });

  it('names its meanings as the Ledger does', () => {
    const fields = new Set([...Object.keys(CONFIG), 'name', 'description', 'tags']);
    expect(format.rows.flatMap((row) => row.means).filter((meaning) => !fields.has(meaning) && !isSharedParam(meaning))).toEqual([]);
  });

  it('writes a file with a name and a content type', () => {
    const { fileName, contentType } = serialiseConfig({ ...CONFIG, name: 'Ink & paper / 2' }, name);
    expect(fileName).toBe(name === 'peft' ? 'adapter_config.json' : `Ink-paper-2.${formatSyntax(name)}`);
    expect(contentType).toBe(`application/${formatSyntax(name)}`);
  });
});

describe('parseConfig', () => {
  it('goes by the content, not by the name of the file', () => {
    const toml = serialiseConfig(CONFIG, 'sd-scripts').text;
    expect(parseConfig(toml, { fileName: 'x.yaml' }).format).toBe('sd-scripts');
    expect(parseConfig(serialiseConfig(CONFIG, 'llama-factory').text, { fileName: 'x.json' }).format).toBe('llama-factory');
  });

  it('lets a person override the detection, and is sure then', () => {
    const yaml = 'base_model: m\nlora_rank: 4\nadapter: lora\nmicro_batch_size: 2\nlora_r: 16';
    expect(parseConfig(yaml)).toMatchObject({ format: 'axolotl', draft: { loraRank: 16 } });
    expect(parseConfig(yaml, { format: 'lora-scripts' })).toMatchObject({ format: 'lora-scripts', confidence: 1, draft: { loraRank: 4 } });
  });

  it('is less sure where two formats fit', () => {
    const clear = parseConfig(serialiseConfig(CONFIG, 'ai-toolkit').text).confidence;
    const unclear = parseConfig('pretrained_model_name_or_path = "m"\nnetwork_dim = 4').confidence;
    expect(clear).toBe(1);
    expect(unclear).toBeLessThan(0.6);
  });

  it.each(['name: my app\nport: 80', '{"hello": "world"}', '[section]\nkey = 1', '{}'])(
    "refuses %j, which is nobody's configuration",
    (text) => {
      expect(refusal(text).code).toBe('UNSUPPORTED_FORMAT');
    },
  );

  it.each([
    ['', 'INVALID'],
    ['just a sentence', 'INVALID'],
    ['lora_rank: 8\0', 'INVALID'],
    ['lora_rank: 8\nname: \ud83d', 'INVALID'],
    ['lora_rank: 8\nname: "\\uD83D"', 'INVALID'],
    ['{"r": 1, "r": 2, "peft_type": "LORA"}', 'INVALID'],
    [`a: ${'x'.repeat(1024 * 1024)}`, 'TOO_LARGE'],
    [`a: ${'['.repeat(5000)}`, 'TOO_LARGE'],
  ])('refuses a damaged or hostile file', (text, code) => {
    expect(refusal(text).code).toBe(code);
  });

  it('tells line and column of the first fault', () => {
    expect(refusal('lora_rank: 8\nbase_model: x\nlora_rank: 9')).toMatchObject({ line: 3, column: 1 });
    expect(refusal('network_dim = 8\nnetwork_alpha = = 1', { format: 'sd-scripts' })).toMatchObject({
      line: 2,
      column: expect.any(Number),
    });
    expect(refusal('{\n  "peft_type": "LORA",\n  "r": ,\n}')).toMatchObject({ line: 3 });
  });

  it('takes credentials out of the draft, also from where nobody maps them, and says so', () => {
    const text = `base_model: m\nlora_rank: 8\ntrain_data_dir: d\nhf_token: abcdefgh12345\nlogging:\n  wandb_api_key: 0123456789\nargs:\n  - password=hunter2hunter2\n`;
    const { draft, warnings } = parseConfig(text);
    expect(JSON.stringify(draft)).not.toMatch(/abcdefgh12345|0123456789|hunter2/);
    expect(warnings.filter(({ code }) => code === 'SECRET_REMOVED').map(({ path }) => path)).toEqual([
      'hf_token',
      'logging.wandb_api_key',
      'args.0',
    ]);
  });

  it('refuses credentials where it is told to', () => {
    const error = refusal('base_model: m\nlora_rank: 8\nhf_token: abcdefgh12345', { secrets: 'refuse' });
    expect(error).toMatchObject({ code: 'SECRET', message: expect.stringContaining('hf_token') });
    expect(error.message).not.toContain('abcdefgh');
  });

  it('leaves ${VARIABLES} as they stand: the trainer puts them in, on its own host', () => {
    expect(parseConfig('base_model: ${MODELS}/x\nlora_rank: 8\ntrain_data_dir: "${DATA}"').draft).toMatchObject({
      modelPath: '${MODELS}/x',
      trainDataDir: '${DATA}',
    });
  });

  it('cannot be made to touch the prototype of anything', () => {
    for (const text of [
      '{"peft_type": "LORA", "r": 1, "__proto__": {"polluted": 1}}',
      'lora_rank: 1\nbase_model: m\n__proto__:\n  polluted: 1',
      '[a.__proto__]\npolluted = 1',
    ]) {
      expect(refusal(text).code).toBe('INVALID');
    }
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('serialiseConfig', () => {
  it('survives extra parameters that nobody checked', () => {
    const extraParams = JSON.parse(
      '{"__proto__": {"polluted": 1}, "a": {"constructor": {"prototype": {"polluted": 1}}}, "b.__proto__.c": 1, "": 2}',
    ) as Record<string, never>;
    for (const format of CONFIG_FORMATS) serialiseConfig({ ...CONFIG, extraParams }, format);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('takes a word for a word, even one that every object has', () => {
    const words = {
      network_type: 'constructor',
      model_family: 'constructor',
      optimizer: 'constructor',
      lr_scheduler: 'toString',
      mixed_precision: 'valueOf',
    };
    for (const format of CONFIG_FORMATS)
      expect(() => parseConfig(serialiseConfig({ ...CONFIG, extraParams: words }, format).text, { format })).not.toThrow();
    expect(parseConfig('{"LoRA_type": "constructor"}', { format: 'kohya' }).draft.extraParams).toMatchObject({
      network_type: 'constructor',
    });
  });

  it('writes a draft that is still being typed', () => {
    for (const format of CONFIG_FORMATS) expect(serialiseConfig({ loraRank: 4 }, format).text).toContain('4');
  });

  it("writes shared parameters in each trainer's own words, however a person typed them", () => {
    const config = {
      ...CONFIG,
      extraParams: { optimizer: 'AdamW8bit', resolution: '512,512', mixed_precision: 'BF16', warmup_ratio: '0.1' },
    };
    expect(serialiseConfig(config, 'onetrainer').text).toMatch(/"ADAMW_8BIT"[^]*"BFLOAT_16"|"BFLOAT_16"[^]*"ADAMW_8BIT"/);
    expect(serialiseConfig(config, 'kohya').text).toMatch(/"lr_warmup": 10,/);
    expect(serialiseConfig(config, 'llama-factory').text).toContain('bf16: true');
  });

  it("tells of every key it leaves out because it is another trainer's", () => {
    const { warnings } = serialiseConfig({ ...CONFIG, extraParams: { 'train.noise_scheduler': 'flowmatch' } }, 'axolotl', {
      source: 'ai-toolkit',
    });
    expect(warnings).toEqual([
      expect.objectContaining({ code: 'FOREIGN_KEYS', message: expect.stringContaining('train.noise_scheduler') }),
    ]);
  });
});

import { ConfigFormatError } from './config-format-error.js';
import { completeConfig } from './lora-config.js';
import { fingerprint } from './fingerprint.js';
import { parseSafetensors, safetensorsHeaderLength, SAFETENSORS_MAX_HEADER } from './safetensors.js';

type Tensors = Record<string, { dtype: string; shape: number[]; data_offsets: number[] }>;

const tensor = (...shape: number[]): Tensors[string] => ({ dtype: 'F16', shape, data_offsets: [0, 2 * shape.reduce((a, b) => a * b, 1)] });
const header = (metadata: Record<string, unknown> | undefined, tensors: Tensors = {}): Uint8Array =>
  new TextEncoder().encode(JSON.stringify({ ...(metadata ? { __metadata__: metadata } : {}), ...tensors }));
const length = (value: bigint): Uint8Array => {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value, true);
  return bytes;
};

describe('safetensorsHeaderLength', () => {
  it('reads eight bytes, little-endian, wherever they stand in their buffer', () => {
    expect(safetensorsHeaderLength(length(3128n))).toBe(3128);
    expect(safetensorsHeaderLength(new Uint8Array([9, 9, ...length(504n)]).subarray(2))).toBe(504);
  });

  it.each([
    [length(17_000_000n), undefined, 'TOO_LARGE'],
    [length(1001n), 1000, 'TOO_LARGE'],
    [length(BigInt(SAFETENSORS_MAX_HEADER) + 1n), Number.MAX_SAFE_INTEGER, 'INVALID'],
    [length(2n ** 64n - 1n), undefined, 'INVALID'],
    [length(0n), undefined, 'INVALID'],
    [new Uint8Array(7), undefined, 'INVALID'],
    [new TextEncoder().encode('PK\u0003\u0004zip!'), undefined, 'INVALID'],
  ])('refuses before anything more is read', (bytes, cap, code) => {
    expect(() => safetensorsHeaderLength(bytes, cap)).toThrow(expect.objectContaining({ code }) as ConfigFormatError);
  });

  it("goes up to the format's own limit if it is told to", () => {
    expect(safetensorsHeaderLength(length(BigInt(SAFETENSORS_MAX_HEADER)), SAFETENSORS_MAX_HEADER)).toBe(SAFETENSORS_MAX_HEADER);
  });
});

describe('a header that is none', () => {
  it.each([
    '',
    '[]',
    'x{}',
    '{"a"',
    '{"t": 1}',
    '{"t": {"dtype": "F16", "shape": [-1], "data_offsets": [0, 1]}}',
    '{"t": {"dtype": "F16", "shape": [1], "data_offsets": [2, 1]}}',
    '{"__metadata__": []}',
  ])('%j is refused', (text) => {
    expect(() => parseSafetensors(new TextEncoder().encode(text))).toThrow(
      expect.objectContaining({ code: 'INVALID' }) as ConfigFormatError,
    );
  });

  it('is refused if it is no UTF-8', () => {
    expect(() => parseSafetensors(new Uint8Array([0x7b, 0xff, 0x7d]))).toThrow(ConfigFormatError);
  });
});

const SD = {
  ss_session_id: '123',
  ss_sd_scripts_commit_hash: 'abc',
  ss_output_name: 'ink',
  ss_training_comment: 'second try',
  ss_training_started_at: '1764000000.5',
  ss_training_finished_at: '1764003600.0',
  ss_sd_model_name: 'sd_xl_base_1.0.safetensors',
  ss_new_sd_model_hash: 'A'.repeat(64),
  ss_base_model_version: 'sdxl_base_v1-0',
  ss_v2: 'False',
  ss_network_module: 'lycoris.kohya',
  ss_network_dim: '32',
  ss_network_alpha: '16.0',
  ss_network_dropout: 'None',
  ss_network_args: '{"conv_dim": "8", "conv_alpha": "4", "algo": "loha"}',
  ss_learning_rate: '0.0001',
  ss_unet_lr: '0.0001',
  ss_text_encoder_lr: '[1e-05, 5e-06]',
  ss_optimizer: 'bitsandbytes.optim.adamw.AdamW8bit(weight_decay=0.01,betas=(0.9, 0.99))',
  ss_lr_scheduler: 'cosine',
  ss_lr_warmup_steps: '100',
  ss_max_grad_norm: '1.0',
  ss_gradient_accumulation_steps: '2',
  ss_gradient_checkpointing: 'True',
  ss_batch_size_per_device: '4',
  ss_total_batch_size: '4',
  ss_num_epochs: '10',
  ss_max_train_steps: '600',
  ss_num_batches_per_epoch: '120',
  ss_num_train_images: '480',
  ss_steps: '600',
  ss_epoch: '10',
  ss_seed: '1337',
  ss_mixed_precision: 'bf16',
  ss_resolution: '(1024, 768)',
  ss_clip_skip: 'None',
  ss_noise_offset: '0.05',
  ss_cache_latents: 'True',
  ss_min_snr_gamma: '5.0',
  ss_dataset_dirs: '{"10_ink": {"n_repeats": 10, "img_count": 48}}',
  ss_tag_frequency: '{"10_ink": {"tree": 20, "boat": 30}}',
  ss_bucket_info: '{"buckets": {}}',
  sshs_model_hash: 'b'.repeat(64),
  sshs_legacy_hash: 'e3b0c442',
  'modelspec.date': '2026-01-01',
  'modelspec.tags': 'ink, boats',
};

describe('the metadata of sd-scripts', () => {
  it('becomes the configuration it came from, as far as the file tells', () => {
    const { draft, source, format, fields, warnings } = parseSafetensors(header(SD, { 'lora_unet_x.lora_down.weight': tensor(32, 64) }));
    expect({ source, format }).toEqual({ source: 'sd-scripts', format: 'sd-scripts' });
    expect(draft).toEqual({
      name: 'ink',
      description: 'second try',
      tags: ['ink', 'boats'],
      modelName: 'sd_xl_base_1.0',
      loraRank: 32,
      loraAlpha: 16,
      learningRate: 0.0001,
      batchSize: 4,
      epochs: 10,
      seed: 1337,
      trainDataDir: '10_ink',
      extraParams: {
        model_family: 'sdxl',
        network_type: 'loha',
        conv_dim: 8,
        conv_alpha: 4,
        unet_lr: 0.0001,
        text_encoder_lr: [0.00001, 0.000005],
        gradient_accumulation_steps: 2,
        gradient_checkpointing: true,
        optimizer: 'adamw8bit',
        weight_decay: 0.01,
        'optimizer_args.betas': '(0.9, 0.99)',
        max_grad_norm: 1,
        lr_scheduler: 'cosine',
        warmup_steps: 100,
        resolution: '1024x768',
        mixed_precision: 'bf16',
        noise_offset: 0.05,
        cache_latents: true,
        min_snr_gamma: 5,
        $original: expect.any(Object),
      },
    });
    expect(fields).toMatchObject({ loraRank: 'file', learningRate: 'file', epochs: 'guess', trainDataDir: 'guess', name: 'file' });
    expect(warnings).toEqual([]);
  });

  it('gives what is known about the result', () => {
    expect(parseSafetensors(header(SD)).result).toEqual({
      steps: 600,
      epochs: 10,
      startedAt: '2025-11-24T16:00:00.500Z',
      finishedAt: '2025-11-24T17:00:00.000Z',
      modelHash: 'b'.repeat(64),
      legacyHash: 'e3b0c442',
      baseModelHash: 'a'.repeat(64),
      trainImages: 480,
      datasetDirs: { '10_ink': { repeats: 10, images: 48 } },
      tagFrequency: { '10_ink': { boat: 30, tree: 20 } },
      tensorCount: 0,
      parameterCount: 0,
    });
  });

  it('takes the steps where they do not follow from the epochs', () => {
    const { draft } = parseSafetensors(header({ ...SD, ss_max_train_steps: '555' }));
    expect(draft).toMatchObject({ maxSteps: 555 });
    expect(draft.epochs).toBeUndefined();
  });

  it('goes without most of it when the trainer was told to write none', () => {
    const { draft, warnings } = parseSafetensors(
      header({
        ss_v2: 'False',
        ss_base_model_version: 'sd_v1',
        ss_network_module: 'networks.lora',
        ss_network_dim: '8',
        ss_network_alpha: '4',
      }),
      { fileName: 'C:\\loras\\mystery.safetensors' },
    );
    expect(draft).toMatchObject({ name: 'mystery', modelName: 'sd_v1', loraRank: 8, loraAlpha: 4, extraParams: { model_family: 'sd15' } });
    expect(warnings.map(({ path }) => path)).toEqual(['learningRate', 'batchSize', 'trainDataDir', 'epochs']);
  });

  it('takes the rank from the tensors where the metadata has no number for it', () => {
    const tensors = {
      'lora_unet_a.lora_down.weight': tensor(16, 64),
      'lora_unet_b.lora_down.weight': tensor(16, 64),
      'lora_unet_c.lora_down.weight': tensor(4, 64),
      'lora_unet_d.lora_down.weight': tensor(8, 64, 3, 3),
      'lora_unet_a.alpha': tensor(),
    };
    const { draft, warnings, result } = parseSafetensors(header({ ...SD, ss_network_dim: 'Dynamic', ss_network_args: 'null' }, tensors));
    expect(draft).toMatchObject({ loraRank: 16, extraParams: { conv_dim: 8 } });
    expect(warnings).toContainEqual(expect.objectContaining({ path: 'loraRank', code: 'PARTLY_READ' }));
    expect(result).toMatchObject({ tensorCount: 5, parameterCount: 16 * 64 * 2 + 4 * 64 + 8 * 64 * 9 + 1, dtype: 'F16' });
  });

  it("reads batch size, resolution and folder from the dataset file's record", () => {
    const { ss_batch_size_per_device: _a, ss_resolution: _b, ss_dataset_dirs: _c, ...rest } = SD;
    const { draft } = parseSafetensors(
      header({ ...rest, ss_datasets: '[{"batch_size_per_device": 3, "resolution": [768, 768], "subsets": [{"image_dir": "ink"}]}]' }),
    );
    expect(draft).toMatchObject({ batchSize: 3, trainDataDir: 'ink', extraParams: { resolution: 768 } });
  });
});

describe('the metadata of others', () => {
  it('ai-toolkit: names and steps, nothing of the configuration', () => {
    const metadata = {
      name: 'paper',
      software: '{"name":"ai-toolkit","version":"0.1"}',
      training_info: '{"step": 2000, "epoch": 12}',
      ss_base_model_version: 'flux1',
      ss_output_name: 'paper',
      format: 'pt',
    };
    const { draft, source, result } = parseSafetensors(header(metadata, { 'transformer.blocks.0.attn.lora_A.weight': tensor(16, 64) }));
    expect({ source, name: draft.name, rank: draft.loraRank, family: draft.extraParams?.['model_family'] }).toEqual({
      source: 'ai-toolkit',
      name: 'paper',
      rank: 16,
      family: 'flux',
    });
    expect(result).toMatchObject({ steps: 2000, epochs: 12 });
  });

  it('OneTrainer: the whole configuration if it was kept', () => {
    const config = {
      __version: 11,
      base_model_name: 'b',
      lora_rank: 16,
      lora_alpha: 8,
      learning_rate: 1e-4,
      batch_size: 2,
      epochs: 5,
      concepts: [{ path: '/d' }],
      secrets: { huggingface_token: 'hf_very_secret_thing' },
    };
    const { draft, source, metadata, warnings } = parseSafetensors(
      header({
        ot_branch: 'master',
        ot_config: JSON.stringify(config),
        'modelspec.architecture': 'stable-diffusion-xl-v1-base/lora',
        'modelspec.title': 'x',
      }),
    );
    expect(source).toBe('onetrainer');
    expect(draft).toMatchObject({
      name: 'x',
      modelPath: 'b',
      loraRank: 16,
      loraAlpha: 8,
      epochs: 5,
      trainDataDir: '/d',
      extraParams: { model_family: 'sdxl' },
    });
    expect(JSON.stringify([draft, metadata])).not.toContain('very_secret');
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'SECRET_REMOVED', path: 'secrets.huggingface_token' }));
  });

  it('OneTrainer: no configuration is no error', () => {
    expect(parseSafetensors(header({ ot_revision: 'x', ot_config: 'cut off {' })).draft).toEqual({ extraParams: {} });
  });

  it('diffusers: the adapter of the denoiser', () => {
    const adapter = {
      'transformer.r': 32,
      'transformer.lora_alpha': 16,
      'transformer.target_modules': ['to_q', 'to_k'],
      'text_encoder.r': 4,
    };
    const { draft, source } = parseSafetensors(
      header({ format: 'pt', lora_adapter_metadata: JSON.stringify(adapter) }, { 'transformer.x.lora_A.weight': tensor(32, 8) }),
    );
    expect(source).toBe('diffusers');
    expect(draft).toMatchObject({ loraRank: 32, loraAlpha: 16, extraParams: { target_modules: ['to_q', 'to_k'] } });
  });

  it('PEFT: only tensors, which still give the rank', () => {
    const tensors = {
      'base_model.model.h.0.attn.lora_A.weight': tensor(4, 32),
      'base_model.model.h.0.attn.lora_B.weight': tensor(96, 4),
      'base_model.model.h.0.attn.lora_magnitude_vector': tensor(96),
    };
    const { draft, source, fields } = parseSafetensors(header({ format: 'pt' }, tensors), { fileName: 'adapter_model.safetensors' });
    expect({ source, draft, fields }).toEqual({
      source: 'peft',
      draft: { name: 'adapter_model', loraRank: 4, extraParams: { use_dora: true } },
      fields: { name: 'guess', loraRank: 'file' },
    });
  });

  it.each([
    [
      { 'lora_unet_x.hada_w1_a': tensor(64, 4), 'lora_unet_x.hada_w1_b': tensor(4, 64) },
      { loraRank: 4, extraParams: { network_type: 'loha' } },
    ],
    [
      { 'lora_unet_x.lokr_w1': tensor(8, 8), 'lora_unet_x.lokr_w2_b': tensor(6, 64) },
      { loraRank: 6, extraParams: { network_type: 'lokr' } },
    ],
    [{ 'lora_unet_x.oft_blocks': tensor(4, 8, 8) }, { extraParams: { network_type: 'oft' } }],
    [{}, { extraParams: {} }],
  ])('unknown: whatever the tensors are called', (tensors, expected) => {
    expect(parseSafetensors(header(undefined, tensors))).toMatchObject({ source: 'unknown', draft: expected });
  });
});

it('leaves out thumbnails, credentials and values that are no text', () => {
  const { metadata } = parseSafetensors(
    header({
      'modelspec.thumbnail': 'data:image/png;base64,AAAA',
      wandb_api_key: '0123456789abcdef',
      odd: 5,
      kept: 'yes',
      __proto__x: 'a',
    }),
  );
  expect(metadata).toEqual({ kept: 'yes', __proto__x: 'a' });
});

it('replaces what no database can hold, however it was escaped', () => {
  const metadata = {
    ss_network_module: 'networks.lora',
    ss_output_name: 'a\0b',
    ss_training_comment: '\ud83d',
    ss_tag_frequency: '{"10_x": {"bad \\u0000 tag": 1, "\\ud83d\\ude00": 2}}',
  };
  const { draft, result } = parseSafetensors(header(metadata));
  expect(draft).toMatchObject({ name: 'a\ufffdb', description: '\ufffd' });
  expect(result.tagFrequency).toEqual({ '10_x': { 'bad \ufffd tag': 1, '\u{1f600}': 2 } });
});

it('survives metadata keys that reach for a prototype', () => {
  const bytes = new TextEncoder().encode(
    '{"__metadata__": {"__proto__": "x", "constructor": "y", "ss_network_module": "networks.lora", "ss___proto__": "1", "ss_tag_frequency": "{\\"__proto__\\": {\\"polluted\\": 1}}"}}',
  );
  expect(parseSafetensors(bytes).source).toBe('sd-scripts');
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

it('gives a recovered training the fingerprint of the file it was started with, path and guesses apart', () => {
  const { draft } = parseSafetensors(header(SD));
  const recovered = completeConfig({ ...draft, trainDataDir: 'd' } as Parameters<typeof completeConfig>[0]);
  const { $original: _spelling, ...extraParams } = recovered.extraParams;
  expect(fingerprint(recovered)).toBe(fingerprint({ ...recovered, extraParams }));
});

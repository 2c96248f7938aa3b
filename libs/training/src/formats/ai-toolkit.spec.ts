import { rewritten } from '../../test/support/kept.js';
import { completeConfig } from '../lora-config.js';
import { parseConfig, serialiseConfig } from './registry.js';

const FILE = `---
job: extension
config:
  name: "paper_cut"
  process:
    - type: sd_trainer
      training_folder: /out
      device: cuda:0
      trigger_word: p4per
      training_seed: 7
      log_dir: /out/tb
      network:
        type: lokr
        linear: 16
        linear_alpha: 8
        conv: 4
        conv_alpha: 2
        dropout: 0.1
        pretrained_lora_path: /loras/old.safetensors
        lokr_factor: 8
      save: {dtype: float16, save_every: 250, push_to_hub: no}
      datasets:
        - folder_path: /data/paper
          dataset_path: /data/paper.json
          caption_ext: txt
          num_repeats: 3
          resolution: [512, 768]
          shuffle_tokens: false
        - folder_path: /data/more
      train:
        batch_size: 2
        steps: 2000
        gradient_accumulation: 4
        train_unet: true
        train_text_encoder: no
        gradient_checkpointing: true
        noise_scheduler: flowmatch
        optimizer: adamw8bit
        optimizer_params: {weight_decay: 0.01, betas: [0.9, 0.99]}
        lr: 1e-4
        unet_lr: 1e-4
        text_encoder_lr: 5e-5
        lr_scheduler: cosine
        lr_scheduler_params: {num_warmup_steps: 100}
        max_grad_norm: 1.0
        dtype: bf16
        ema_config: {use_ema: true}
      model:
        name_or_path: "\${MODELS}/flux-dev"
        arch: flux
        quantize: true
      sample: {seed: 42, prompts: ["[trigger] on a table"]}
      logging: {run_name: paper, log_every: 10}
meta: {name: "[name]", version: "1.0"}
`;

describe('ai-toolkit YAML', () => {
  it('gives every row of the mapping table its meaning', () => {
    const { draft, format, confidence, warnings } = parseConfig(FILE);
    expect(format).toBe('ai-toolkit');
    expect(confidence).toBeGreaterThan(0.9);
    expect(warnings).toEqual([]);
    expect(draft).toEqual({
      name: 'paper_cut',
      modelPath: '${MODELS}/flux-dev',
      modelName: 'flux-dev',
      loraRank: 16,
      loraAlpha: 8,
      learningRate: 0.0001,
      batchSize: 2,
      maxSteps: 2000,
      seed: 7,
      trainDataDir: '/data/paper',
      metadataPath: '/data/paper.json',
      outputPath: '/out',
      resumeFrom: '/loras/old.safetensors',
      incremental: true,
      extraParams: {
        model_family: 'flux',
        network_type: 'lokr',
        network_dropout: 0.1,
        conv_dim: 4,
        conv_alpha: 2,
        train_unet: true,
        train_text_encoder: false,
        unet_lr: 0.0001,
        text_encoder_lr: 0.00005,
        gradient_accumulation_steps: 4,
        gradient_checkpointing: true,
        optimizer: 'adamw8bit',
        weight_decay: 0.01,
        max_grad_norm: 1,
        lr_scheduler: 'cosine',
        warmup_steps: 100,
        resolution: [512, 768],
        mixed_precision: 'bf16',
        caption_extension: '.txt',
        num_repeats: 3,
        save_steps: 250,
        save_precision: 'fp16',
        logging_dir: '/out/tb',
        run_name: 'paper',
        device: 'cuda:0',
        trigger_word: 'p4per',
        'network.lokr_factor': 8,
        'save.push_to_hub': false,
        datasets: [{ shuffle_tokens: false }, { folder_path: '/data/more' }],
        'train.noise_scheduler': 'flowmatch',
        'train.optimizer_params.betas': [0.9, 0.99],
        'train.ema_config.use_ema': true,
        'model.quantize': true,
        'sample.seed': 42,
        'sample.prompts': ['[trigger] on a table'],
        'logging.log_every': 10,
        'file.meta.name': '[name]',
        'file.meta.version': '1.0',
      },
    });
  });

  it('writes every key and value back', () => {
    const { before, after, warnings } = rewritten(FILE, 'yaml', 'ai-toolkit');
    expect(after).toEqual(before);
    expect(warnings).toEqual([]);
  });

  const job = (process: object, around: object = {}): string =>
    JSON.stringify({ job: 'extension', config: { name: 'x', process: [{ type: 'sd_trainer', ...process }] }, ...around });

  it.each([
    [{ network: { rank: 8, linear: 4 } }, { loraRank: 8 }, {}],
    [{ network: { linear: 8, alpha: 2 } }, { loraRank: 8, loraAlpha: 2 }, {}],
    [{ train: { steps: 2000, gradient_accumulation_steps: 4 } }, { maxSteps: 500 }, { gradient_accumulation_steps: 4 }],
    [{ train: { steps: 10, gradient_accumulation_steps: 4 } }, { maxSteps: 2 }, { gradient_accumulation_steps: 4 }],
    [{ train: { steps: 2000, gradient_accumulation_steps: -1 } }, { maxSteps: 2000 }, {}],
    [{ train: { steps: 2000, gradient_accumulation_steps: 1 } }, { maxSteps: 2000 }, { gradient_accumulation_steps: 1 }],
    [{ datasets: [{ dataset_path: '/d.json' }] }, { trainDataDir: '/d.json', metadataPath: '/d.json' }, {}],
    [
      { datasets: [{ folder_path: 'x', resolution: 1024, caption_ext: '.caption' }] },
      { trainDataDir: 'x' },
      { resolution: 1024, caption_extension: '.caption' },
    ],
    [{ model: { name_or_path: 'm', is_xl: true } }, { modelPath: 'm' }, { model_family: 'sdxl' }],
    [{ model: { name_or_path: 'm', arch: 'sd1' } }, { modelPath: 'm' }, { model_family: 'sd15' }],
    [{ train: { dtype: 'fp32' }, save: { dtype: 'float32' } }, {}, { mixed_precision: 'no', save_precision: 'fp32' }],
    [{ file: 'a key of that name', type: 'diffusion_trainer' }, {}, { 'file.file': 'a key of that name', type: 'diffusion_trainer' }],
    [{ network: { type: 'lora' } }, {}, {}],
  ])('reads %j and writes it back', (process, fields, extra) => {
    const text = job(process);
    const { draft } = parseConfig(text, { format: 'ai-toolkit' });
    expect(draft).toMatchObject(fields);
    expect(draft.extraParams).toMatchObject(extra);
    const { before, after } = rewritten(text, 'json', 'ai-toolkit');
    expect(after).toMatchObject(before);
  });

  it('keeps other processes and says that only the first is the task', () => {
    const text = JSON.stringify({
      job: 'train',
      config: {
        name: 'x',
        process: [
          { type: 'sd_trainer', train: { lr: 1 } },
          { type: 'other', a: 1 },
        ],
      },
      extra: { b: 2 },
    });
    expect(parseConfig(text).warnings).toContainEqual(expect.objectContaining({ code: 'PARTLY_READ' }));
    const { before, after } = rewritten(text, 'json', 'ai-toolkit');
    expect(after).toMatchObject(before);
  });

  it('writes what its trainer needs even for a config that never was one of its files', () => {
    const config = completeConfig({ modelName: 'm', loraRank: 8, learningRate: 1e-4, batchSize: 1, maxSteps: 10, trainDataDir: 'd' });
    const { text } = serialiseConfig(config, 'ai-toolkit');
    expect(text).toMatch(/^job: extension\nconfig:\n {2}name: lora\n {2}process:\n {4}- type: sd_trainer\n/);
    expect(text).toContain('type: lora');
  });

  it('says that it counts steps only and cannot resume a state by its path', () => {
    const config = completeConfig({
      modelName: 'm',
      loraRank: 8,
      learningRate: 1e-4,
      batchSize: 1,
      epochs: 3,
      trainDataDir: 'd',
      resumeFrom: 's',
      incremental: false,
      extraParams: { warmup_ratio: 0.1, resolution: '512x768' },
    });
    const { warnings } = serialiseConfig(config, 'ai-toolkit');
    expect(warnings.filter(({ code }) => code === 'NOT_EXPRESSED').map(({ path }) => path)).toEqual([
      'epochs',
      'incremental',
      'resumeFrom',
      'warmup_ratio',
      'resolution',
    ]);
  });
});

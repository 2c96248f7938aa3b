import { rewritten } from '../../test/support/kept.js';
import { completeConfig } from '../lora-config.js';
import { parseConfig, serialiseConfig } from './registry.js';

const FILE = `# Sections mean nothing to the trainer
[model]
pretrained_model_name_or_path = "/models/sd_xl_base_1.0.safetensors"
vae = "/models/vae.safetensors"
[network]
network_module = "lycoris.kohya"
network_dim = 32
network_alpha = 16.0
network_dropout = 0.1
network_args = ["conv_dim=8", "conv_alpha=4", "algo=loha", "dora_wd=True", "rank_dropout=0.05", "module_dropout=0.02", "loraplus_lr_ratio=16", "factor=8"]
network_train_unet_only = true
network_weights = "/loras/older.safetensors"
[optimizer]
optimizer_type = "bitsandbytes.optim.AdamW8bit"
optimizer_args = ["weight_decay=0.01", "betas=0.9,0.99"]
learning_rate = 1e-4
unet_lr = 1e-4
text_encoder_lr = [1e-5, 5e-6]
lr_scheduler = "cosine_with_restarts"
lr_scheduler_num_cycles = 3
lr_warmup_steps = 0.05
max_grad_norm = 1.0
[run]
train_batch_size = 2
gradient_accumulation_steps = 4
gradient_checkpointing = true
max_train_epochs = 10
max_train_steps = 1600
seed = 1234
resolution = "1024,768"
mixed_precision = "bf16"
train_data_dir = "/data/faces"
in_json = "/data/faces/meta.json"
caption_extension = ".txt"
min_snr_gamma = 5
cache_latents = true
[output]
output_dir = "/out"
output_name = "faces-v2"
save_every_n_epochs = 1
save_every_n_steps = 200
save_precision = "fp16"
logging_dir = "/logs"
log_with = "tensorboard"
wandb_run_name = "faces"
`;

describe('sd-scripts TOML', () => {
  it('gives every row of the mapping table its meaning', () => {
    const { draft, format, warnings, unmapped } = parseConfig(FILE);
    expect(format).toBe('sd-scripts');
    expect(warnings).toEqual([]);
    expect(unmapped).toEqual(['vae', 'network_args.factor', 'optimizer_args.betas', 'min_snr_gamma', 'cache_latents']);
    expect(draft).toEqual({
      name: 'faces-v2',
      modelName: 'sd_xl_base_1.0',
      modelPath: '/models/sd_xl_base_1.0.safetensors',
      loraRank: 32,
      loraAlpha: 16,
      learningRate: 0.0001,
      batchSize: 2,
      epochs: 10,
      seed: 1234,
      trainDataDir: '/data/faces',
      metadataPath: '/data/faces/meta.json',
      outputPath: '/out',
      resumeFrom: '/loras/older.safetensors',
      incremental: true,
      extraParams: {
        network_type: 'loha',
        network_dropout: 0.1,
        rank_dropout: 0.05,
        module_dropout: 0.02,
        conv_dim: 8,
        conv_alpha: 4,
        use_dora: true,
        loraplus_lr_ratio: 16,
        train_unet: true,
        train_text_encoder: false,
        unet_lr: 0.0001,
        text_encoder_lr: [0.00001, 0.000005],
        gradient_accumulation_steps: 4,
        gradient_checkpointing: true,
        optimizer: 'adamw8bit',
        weight_decay: 0.01,
        max_grad_norm: 1,
        lr_scheduler: 'cosine_with_restarts',
        lr_scheduler_num_cycles: 3,
        warmup_ratio: 0.05,
        resolution: '1024x768',
        mixed_precision: 'bf16',
        caption_extension: '.txt',
        save_steps: 200,
        save_every_n_epochs: 1,
        save_precision: 'fp16',
        logging_dir: '/logs',
        log_with: 'tensorboard',
        run_name: 'faces',
        vae: '/models/vae.safetensors',
        'network_args.factor': '8',
        'optimizer_args.betas': '0.9,0.99',
        min_snr_gamma: 5,
        cache_latents: true,
        $original: { 'sd-scripts': { optimizer_type: 'bitsandbytes.optim.AdamW8bit', max_train_epochs: 10, max_train_steps: 1600 } },
      },
    });
  });

  it('writes every key and value back, without the sections', () => {
    const { before, after, warnings } = rewritten(FILE, 'toml', 'sd-scripts');
    const flat = Object.fromEntries(Object.entries(before).map(([key, value]) => [key.split('.')[1], value]));
    const sorted = (value: unknown) => (Array.isArray(value) ? [...(value as string[])].sort() : value);
    expect(Object.keys(after).sort()).toEqual(Object.keys(flat).sort());
    for (const [key, value] of Object.entries(flat)) expect([key, sorted(after[key])]).toEqual([key, sorted(value)]);
    expect(warnings).toEqual([]);
  });

  it('reads two files that differ only in their sections as the same configuration', () => {
    const flat = FILE.split('\n')
      .filter((line) => !line.startsWith('['))
      .join('\n');
    expect(parseConfig(flat).draft).toEqual(parseConfig(FILE).draft);
  });

  it('takes the last of two sections that say different things, as the trainer does', () => {
    const { draft, warnings } = parseConfig('[a]\nnetwork_dim = 8\n[b]\nnetwork_dim = 16', { format: 'sd-scripts' });
    expect(draft.loraRank).toBe(16);
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'OVERRIDDEN', path: 'network_dim' }));
  });

  it.each([
    ['lr_warmup_steps = 100', { warmup_steps: 100 }],
    ['lr_warmup_steps = 0.1', { warmup_ratio: 0.1 }],
    ['lr_warmup_steps = "5%"', { warmup_ratio: 0.05 }],
    ['lr_warmup_steps = 0', { warmup_steps: 0 }],
    ['resolution = 512', { resolution: 512 }],
    ['resolution = "512"', { resolution: 512 }],
    ['resolution = "512,512"', { resolution: 512 }],
    ['resolution = "512,768"', { resolution: '512x768' }],
    ['resolution = [768, 512]', { resolution: '768x512' }],
    ['text_encoder_lr = 1e-5', { text_encoder_lr: 0.00001 }],
    ['text_encoder_lr = [1e-5]', { text_encoder_lr: [0.00001] }],
    ['network_module = "networks.lora_flux"', { model_family: 'flux' }],
    ['network_module = "networks.dylora"', { network_type: 'dylora' }],
    ['network_module = "networks.oft_flux"', { network_type: 'oft', model_family: 'flux' }],
    ['network_module = "lycoris.kohya"', { network_type: 'locon' }],
    ['network_module = "my.own.module"', { network_type: 'my.own.module' }],
    ['network_train_text_encoder_only = true', { train_unet: false, train_text_encoder: true }],
    ['save_precision = "float"', { save_precision: 'fp32' }],
    ['optimizer_type = "Prodigy"', { optimizer: 'prodigy' }],
    ['optimizer_type = "pytorch_optimizer.CAME"', { optimizer: 'came' }],
    ['network_args = ["conv_dim=4", "odd word"]', { network_args: ['conv_dim=4', 'odd word'] }],
    ['network_args = ["a=1", "a=2"]', { network_args: ['a=1', 'a=2'] }],
    ['learning_rate = "1e-4"', {}, { learningRate: 0.0001 }],
    ['resume = "/out/x-state"', {}, { resumeFrom: '/out/x-state', incremental: false }],
  ] as [string, object, object?][])('reads %s', (line, extra, fields = {}) => {
    const text = `pretrained_model_name_or_path = "m"\n${line}\n`;
    const { draft } = parseConfig(text, { format: 'sd-scripts' });
    expect(draft.extraParams).toMatchObject(extra);
    expect(draft).toMatchObject(fields);
    const { before, after } = rewritten(text, 'toml', 'sd-scripts');
    expect(after).toMatchObject(before);
  });

  it('reads plain LoRA without a word about it, and always writes the module', () => {
    const { draft } = parseConfig('network_module = "networks.lora"\nnetwork_dim = 4', { format: 'sd-scripts' });
    expect(draft.extraParams).toEqual({});
    expect(serialiseConfig(draft, 'sd-scripts').text).toContain('network_module = "networks.lora"');
  });

  it('takes alpha 1 where the file is silent, because the trainer does, and tells it', () => {
    const { draft, warnings } = parseConfig('network_dim = 16', { format: 'sd-scripts' });
    expect(draft.loraAlpha).toBe(1);
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'TRAINER_DEFAULT', path: 'loraAlpha' }));
    expect(warnings).toContainEqual(
      expect.objectContaining({ code: 'MISSING_FIELD', path: 'learningRate', message: expect.stringContaining('0.000002') }),
    );
    expect(warnings).toContainEqual(
      expect.objectContaining({ code: 'MISSING_FIELD', path: 'epochs', message: expect.stringContaining('1600 steps') }),
    );
  });

  it('takes the dataset file for the folder where there is one, since the trainer ignores the folder then', () => {
    const text = 'train_data_dir = "/ignored"\ndataset_config = "/data/set.toml"\n';
    const { draft, warnings } = parseConfig(text, { format: 'sd-scripts' });
    expect(draft.trainDataDir).toBe('/data/set.toml');
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'DATA_ELSEWHERE' }));
    expect(rewritten(text, 'toml', 'sd-scripts').after).toMatchObject({ train_data_dir: '/ignored', dataset_config: '/data/set.toml' });
    expect(serialiseConfig({ ...draft, trainDataDir: '/other' }, 'sd-scripts').text).toContain('train_data_dir = "/other"');
  });

  it('reads the flat JSON of the lora-scripts GUI, whose free text overrides everything', () => {
    const gui = {
      model_train_type: 'sdxl-lora',
      pretrained_model_name_or_path: 'm.safetensors',
      network_dim: 32,
      conv_dim: 4,
      lycoris_algo: 'lokr',
      network_module: 'lycoris.kohya',
      optimizer_type: 'Lion',
      ui_custom_params: 'network_dim = 64\nlog_with = "mlflow"',
    };
    const { draft, format, warnings } = parseConfig(JSON.stringify(gui));
    expect(format).toBe('sd-scripts');
    expect(draft).toMatchObject({
      loraRank: 64,
      extraParams: { model_family: 'sdxl', network_type: 'lokr', conv_dim: 4, optimizer: 'lion', log_with: 'mlflow' },
    });
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'OVERRIDDEN', path: 'ui_custom_params' }));
  });

  it('understands arguments a person typed as the trainer spells them', () => {
    const config = completeConfig({
      modelName: 'm',
      loraRank: 8,
      learningRate: 1e-4,
      batchSize: 1,
      epochs: 1,
      trainDataDir: 'd',
      extraParams: { conv_dim: 4, network_args: ['factor=8'], optimizer_args: ['weight_decay=0.1'] },
    });
    const { text, warnings } = serialiseConfig(config, 'sd-scripts');
    expect(text).toContain('network_args = [ "conv_dim=4", "factor=8" ]');
    expect(text).toContain('optimizer_args = [ "weight_decay=0.1" ]');
    expect(warnings).toEqual([]);
  });

  it('says what it cannot: both epochs and steps, parts of an epoch, several resolutions', () => {
    const config = completeConfig({
      modelName: 'm',
      loraRank: 8,
      learningRate: 1e-4,
      batchSize: 1,
      epochs: 2.5,
      maxSteps: 100,
      trainDataDir: 'd',
      extraParams: { resolution: [512, 768] },
    });
    const { text, warnings } = serialiseConfig(config, 'sd-scripts');
    expect(text).toContain('max_train_epochs = 3');
    expect(warnings.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'CHANGED epochs',
      'NOT_EXPRESSED maxSteps',
      'NOT_EXPRESSED resolution',
    ]);
  });

  it('makes a file name of a name that is none', () => {
    expect(serialiseConfig({ name: '../a: b?' }, 'sd-scripts').text).toContain('output_name = "a- b-"');
  });
});

const DATASET = `[general]
shuffle_caption = true
caption_extension = ".txt"
[[datasets]]
resolution = [768, 512]
batch_size = 4
keep_tokens = 2
  [[datasets.subsets]]
  image_dir = 'D:\\art\\ink'
  metadata_file = 'D:\\art\\ink.json'
  num_repeats = 10
  class_tokens = "ink"
  [[datasets.subsets]]
  is_reg = true
  image_dir = "D:/reg"
[[datasets]]
resolution = 512
  [[datasets.subsets]]
  image_dir = "D:/more"
`;

describe('the dataset file of sd-scripts', () => {
  it('gives the data of a draft and says that the rest is missing', () => {
    const { draft, format, warnings } = parseConfig(DATASET);
    expect(format).toBe('sd-scripts');
    expect(draft).toMatchObject({
      trainDataDir: 'D:\\art\\ink',
      metadataPath: 'D:\\art\\ink.json',
      batchSize: 4,
      extraParams: { resolution: '768x512', num_repeats: 10, caption_extension: '.txt' },
    });
    expect(warnings.map(({ code }) => code)).toContain('PARTLY_READ');
  });

  it('is written back whole, as the file of its own that it is', () => {
    const { draft } = parseConfig(DATASET);
    const { text, fileName, warnings } = serialiseConfig(draft, 'sd-scripts', { part: 'dataset' });
    expect(parseConfig(text).draft).toEqual(draft);
    expect(fileName).toBe('dataset.toml');
    expect(warnings).toEqual([]);
  });

  it('stays out of the main configuration, which says so', () => {
    const { text, warnings } = serialiseConfig(parseConfig(DATASET).draft, 'sd-scripts');
    expect(text).not.toContain('datasets');
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'DATA_ELSEWHERE' }));
  });
});

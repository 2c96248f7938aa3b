import { rewritten } from '../../test/support/kept.js';
import { parseConfig } from './registry.js';

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
});

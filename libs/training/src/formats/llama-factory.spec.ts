import { rewritten } from '../../test/support/kept.js';
import { completeConfig } from '../lora-config.js';
import { parseConfig, serialiseConfig } from './registry.js';

const FILE = `### model
model_name_or_path: Qwen/Qwen3-4B
trust_remote_code: true
stage: sft
do_train: true
finetuning_type: lora
lora_rank: 16
lora_alpha: 64
lora_dropout: 0.05
lora_target: q_proj,v_proj
use_dora: yes
use_rslora: false
loraplus_lr_ratio: 16
adapter_name_or_path: saves/old
dataset: recipes,chats
dataset_dir: data
template: qwen3
cutoff_len: 2048
output_dir: saves/new
save_steps: 500
logging_dir: tb
report_to: [tensorboard, wandb]
run_name: recipes
per_device_train_batch_size: 2
gradient_accumulation_steps: 8
gradient_checkpointing: true
learning_rate: 1.0e-4
num_train_epochs: 2.5
optim: adamw_torch
weight_decay: 0.01
max_grad_norm: 1.0
lr_scheduler_type: cosine
warmup_ratio: 0.1
bf16: true
seed: 42
quantization_bit: 4
`;

describe('LLaMA-Factory YAML', () => {
  it('gives every row of the mapping table its meaning', () => {
    const { draft, format, warnings, unmapped } = parseConfig(FILE);
    expect(format).toBe('llama-factory');
    expect(warnings).toEqual([]);
    expect(unmapped).toEqual(['trust_remote_code', 'stage', 'dataset_dir', 'template', 'quantization_bit']);
    expect(draft).toEqual({
      modelPath: 'Qwen/Qwen3-4B',
      modelName: 'Qwen/Qwen3-4B',
      loraRank: 16,
      loraAlpha: 64,
      learningRate: 0.0001,
      batchSize: 2,
      epochs: 2.5,
      seed: 42,
      trainDataDir: 'recipes,chats',
      outputPath: 'saves/new',
      resumeFrom: 'saves/old',
      incremental: true,
      extraParams: {
        network_dropout: 0.05,
        target_modules: ['q_proj', 'v_proj'],
        use_dora: true,
        use_rslora: false,
        loraplus_lr_ratio: 16,
        gradient_accumulation_steps: 8,
        gradient_checkpointing: true,
        optimizer: 'adamw',
        weight_decay: 0.01,
        max_grad_norm: 1,
        lr_scheduler: 'cosine',
        warmup_ratio: 0.1,
        sequence_length: 2048,
        mixed_precision: 'bf16',
        save_steps: 500,
        logging_dir: 'tb',
        log_with: 'tensorboard,wandb',
        run_name: 'recipes',
        trust_remote_code: true,
        stage: 'sft',
        dataset_dir: 'data',
        template: 'qwen3',
        quantization_bit: 4,
        $original: { 'llama-factory': { report_to: ['tensorboard', 'wandb'] } },
      },
    });
  });

  it('writes every key and value back', () => {
    const { before, after, warnings } = rewritten(FILE, 'yaml', 'llama-factory');
    expect(after).toEqual(before);
    expect(warnings).toEqual([]);
  });

  it.each([
    ['lora_rank: 16', { loraRank: 16, loraAlpha: 32 }, {}],
    ['lora_rank: 16\nlora_alpha: null', { loraAlpha: 32 }, {}],
    ['learning_rate: 1e-4', { learningRate: 0.0001 }, {}],
    ['learning_rate: "1e-4"', { learningRate: 0.0001 }, {}],
    ['lora_target: all', {}, { target_modules: 'all' }],
    ['num_train_epochs: 3.0\nmax_steps: 100', { maxSteps: 100 }, {}],
    ['num_train_epochs: 3.0\nmax_steps: -1', { epochs: 3 }, {}],
    ['warmup_steps: 20\nwarmup_ratio: 0.5', {}, { warmup_steps: 20 }],
    ['warmup_steps: 0.1', {}, { warmup_ratio: 0.1 }],
    ['warmup_steps: 0', {}, { warmup_steps: 0 }],
    ['fp16: true', {}, { mixed_precision: 'fp16' }],
    ['bf16: false\nfp16: false', {}, { mixed_precision: 'no' }],
    ['optim: adamw_bnb_8bit', {}, { optimizer: 'adamw8bit' }],
    ['optim: adamw_torch_fused', {}, { optimizer: 'adamw' }],
    ['resume_from_checkpoint: saves/checkpoint-100', { resumeFrom: 'saves/checkpoint-100', incremental: false }, {}],
    ['finetuning_type: oft', {}, { network_type: 'oft' }],
    ['do_train: false', {}, { do_train: false }],
    ['dataset: [a, b]', { trainDataDir: 'a,b' }, {}],
  ])('reads %j and writes it back', (lines, fields, extra) => {
    const text = `model_name_or_path: m\n${lines}\n`;
    const { draft } = parseConfig(text, { format: 'llama-factory' });
    expect(draft).toMatchObject(fields);
    expect(draft.extraParams).toMatchObject(extra);
    const { before, after } = rewritten(text, 'yaml', 'llama-factory');
    expect(after).toMatchObject({ ...before, ...(lines.endsWith('null') ? { lora_alpha: 32 } : {}) });
  });

  it('always writes do_train, without which the program stops after loading', () => {
    expect(serialiseConfig({ modelName: 'm' }, 'llama-factory').text).toContain('do_train: true');
  });

  it('leaves out keys of another trainer, which it would refuse', () => {
    const config = completeConfig({
      modelName: 'm',
      loraRank: 8,
      learningRate: 1e-4,
      batchSize: 1,
      epochs: 1,
      trainDataDir: 'd',
      extraParams: { min_snr_gamma: 5, optimizer: 'adamw8bit' },
    });
    const { text, warnings } = serialiseConfig(config, 'llama-factory', { source: 'sd-scripts' });
    expect(text).not.toContain('min_snr_gamma');
    expect(text).toContain('optim: adamw_8bit');
    expect(warnings).toEqual([expect.objectContaining({ code: 'FOREIGN_KEYS', message: expect.stringContaining('min_snr_gamma') })]);
    expect(serialiseConfig(config, 'llama-factory', { source: 'ledger' }).text).toContain('min_snr_gamma: 5');
  });
});

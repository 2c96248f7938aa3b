import { rewritten } from '../../test/support/kept.js';
import { parseConfig } from './registry.js';

const FILE = `base_model: meta-llama/Llama-3.2-1B
adapter: qlora
load_in_4bit: true
lora_model_dir: ./old
lora_r: 16
lora_alpha: 32
lora_dropout: 0.05
lora_target_modules:
  - q_proj
  - v_proj
peft_use_dora: true
peft_use_rslora: false
loraplus_lr_ratio: 16
datasets:
  - path: json
    type: alpaca
    data_files: ./recipes.jsonl
  - path: other/set
output_dir: ./out
sequence_len: 2048
micro_batch_size: 2
batch_size: 32
gradient_accumulation_steps: 4
gradient_checkpointing: true
num_epochs: 3
optimizer: adamw_8bit
weight_decay: 0.0
max_grad_norm: 1.0
lr_scheduler: cosine
learning_rate: 0.0002
warmup_steps: 10
seed: 7
bf16: auto
tf32: no
save_steps: 200
wandb_name: recipes
embedding_lr: 1e-5
special_tokens:
  pad_token: "<|end|>"
`;

describe('axolotl YAML', () => {
  it('gives every row of the mapping table its meaning', () => {
    const { draft, format, warnings } = parseConfig(FILE);
    expect(format).toBe('axolotl');
    expect(warnings).toEqual([]);
    expect(draft).toEqual({
      modelPath: 'meta-llama/Llama-3.2-1B',
      modelName: 'meta-llama/Llama-3.2-1B',
      loraRank: 16,
      loraAlpha: 32,
      learningRate: 0.0002,
      batchSize: 2,
      epochs: 3,
      seed: 7,
      trainDataDir: 'json',
      metadataPath: './recipes.jsonl',
      outputPath: './out',
      resumeFrom: './old',
      incremental: true,
      extraParams: {
        network_type: 'qlora',
        network_dropout: 0.05,
        target_modules: ['q_proj', 'v_proj'],
        use_dora: true,
        use_rslora: false,
        loraplus_lr_ratio: 16,
        gradient_accumulation_steps: 4,
        gradient_checkpointing: true,
        optimizer: 'adamw8bit',
        weight_decay: 0,
        max_grad_norm: 1,
        lr_scheduler: 'cosine',
        warmup_steps: 10,
        sequence_length: 2048,
        mixed_precision: 'auto',
        save_steps: 200,
        run_name: 'recipes',
        load_in_4bit: true,
        datasets: [{ type: 'alpaca' }, { path: 'other/set' }],
        batch_size: 32,
        tf32: false,
        embedding_lr: 0.00001,
        'special_tokens.pad_token': '<|end|>',
      },
    });
  });

  it('writes every key and value back', () => {
    const { before, after, warnings } = rewritten(FILE, 'yaml', 'axolotl');
    expect(after).toEqual(before);
    expect(warnings).toEqual([]);
  });

  it.each([
    ['adapter: lora\nlora_target_linear: true', {}, { target_modules: 'all' }],
    ['adapter: lora\nlora_target_linear: true\nlora_target_modules: [q_proj]', {}, { target_modules: ['q_proj'] }],
    ['adapter: lora\nmax_steps: 50\nnum_epochs: 3', { maxSteps: 50 }, {}],
    ['adapter: lora\nbf16: true', {}, { mixed_precision: 'bf16' }],
    ['adapter: lora\nbf16: full', {}, { mixed_precision: 'bf16' }],
    ['adapter: lora\ngradient_checkpointing: unsloth', {}, {}],
    ['adapter: lora\nresume_from_checkpoint: ./ck', { resumeFrom: './ck', incremental: false }, {}],
    ['adapter: lora\nlora_model_dir:\nwandb_project:', {}, { wandb_project: null }],
    ['adapter: lora\nwarmup_ratio: 0.1', {}, { warmup_ratio: 0.1 }],
  ])('reads %j and writes it back', (lines, fields, extra) => {
    const text = `base_model: m\n${lines}\n`;
    const { draft } = parseConfig(text, { format: 'axolotl' });
    expect(draft).toMatchObject(fields);
    expect(draft.extraParams).toMatchObject(extra);
    const { before, after } = rewritten(text, 'yaml', 'axolotl');
    expect(after).toMatchObject(before);
  });
});

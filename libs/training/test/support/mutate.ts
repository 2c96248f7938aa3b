import fc from 'fast-check';

/** Whole files, one or more of each format, for the fuzzer to damage. All were written for this project. */
export const SEEDS: readonly string[] = [
  'task_type: text-to-image\nbase_model: ./m/v1-5.safetensors\ntrain_data_dir: ./d\nlora_rank: 8\nlora_alpha: 16\nbatch_size: 4\nepochs: 10\nlearning_rate: 2e-4\nname: "a # b"\n',
  'base: &b {lr: 1e-4, list: [1, 2]}\nbase_model: x\nlora_rank: 8\nrun:\n  <<: *b\n  text: |\n    two\n    lines\n? key\n: *b\n',
  '[model]\npretrained_model_name_or_path = "m.safetensors"\n[net]\nnetwork_module = "lycoris.kohya"\nnetwork_dim = 32\nnetwork_alpha = 1.0\nnetwork_args = ["conv_dim=4", "algo=loha"]\nlearning_rate = 1e-4\nlr_warmup_steps = "5%"\nresolution = "512,768"\nwhen = 2026-11-23T10:00:00Z\n',
  "[general]\nshuffle_caption = true\n[[datasets]]\nresolution = [768, 512]\nbatch_size = 4\n  [[datasets.subsets]]\n  image_dir = 'C:\\x'\n  num_repeats = 10\n",
  '{"LoRA_type": "LyCORIS/LoHa", "pretrained_model_name_or_path": "m", "network_dim": "32", "epoch": 1, "max_train_steps": "", "lr_warmup": 10, "max_resolution": "512,512", "seed": "0", "optimizer_args": "a=1 b=2"}',
  '// GUI\n{"model_train_type": "sdxl-lora", "network_dim": 8, "ui_custom_params": "network_dim = 64\\n", "learning_rate": 1e-4,}',
  '---\njob: extension\nconfig:\n  name: x\n  process:\n    - type: sd_trainer\n      network: {type: lora, linear: 16, linear_alpha: 16}\n      datasets:\n        - folder_path: /d\n          resolution: [512, 768]\n      train:\n        lr: 1e-4\n        steps: 2000\n        gradient_accumulation_steps: 4\n      model: {name_or_path: "${M}/x", is_flux: true}\nmeta: {name: "[name]"}\n',
  '{"__version": 11, "training_method": "LORA", "model_type": "FLUX_DEV_1", "base_model_name": "b", "concepts": [{"path": "/d", "balancing": 2}], "lora_rank": 16, "transformer": {"learning_rate": 1e-4}, "text_encoder": {"learning_rate": null}, "optimizer": {"optimizer": "ADAMW_8BIT"}, "resolution": "512,768", "save_every": 1, "save_every_unit": "EPOCH"}',
  'model_name_or_path: Qwen/Q\nstage: sft\nfinetuning_type: lora\nlora_rank: 8\nlora_target: q,v\ndataset: a,b\ncutoff_len: 2048\nlearning_rate: 1.0e-4\nnum_train_epochs: 3.0\nbf16: yes\nresume_from_checkpoint: null\n',
  'base_model: meta/L\nadapter: lora\nlora_r: 16\nlora_target_modules:\n  - q_proj\ndatasets:\n  - path: p\n    type: alpaca\nmicro_batch_size: 2\nwandb_project:\nspecial_tokens:\n  pad_token: "<|e|>"\n',
  '{"peft_type": "LORA", "r": 32, "lora_alpha": 64, "target_modules": ["q", "v"], "base_model_name_or_path": null, "rank_pattern": {"a.b": 1}}',
  '{"modelName": "m", "loraRank": 8, "learningRate": 0.0001, "batchSize": 1, "epochs": 1, "trainDataDir": "d", "extraParams": {"a": {"b": [1]}}}',
  'wandb_api_key: 0123456789abcdef\nlora_rank: 8\nbase_model: x\ntrain_data_dir: hf_abcdefghijklmnopqrstuvwxyz\n',
];

const PIECES = [
  '\n',
  '\n\n',
  '  ',
  '\t',
  ': ',
  ' = ',
  '- ',
  '"',
  "'",
  '"""',
  '{',
  '}',
  '[',
  ']',
  '[[',
  ']]',
  ',',
  '#',
  '&a ',
  '*a',
  '<<: *a',
  '!!float ',
  '|',
  '>',
  '---',
  '...',
  '%YAML 1.1\n',
  '?',
  '\\',
  '\\u0000',
  '\u0000',
  '\uFEFF',
  '\u2028',
  '😀',
  '\ud800',
  '\r',
  'null',
  '~',
  'true',
  'no',
  '1e999',
  '-0',
  '0x1F',
  '9007199254740993',
  '1_000',
  '.nan',
  '.inf',
  '__proto__',
  'constructor',
  'prototype',
  '$original',
  'toString',
  'hf_token',
  '5%',
  '512,512',
  'extraParams',
  'network_args',
  'datasets',
  'concepts',
  'process',
  'a.b',
  'a\\.b',
] as const;

interface Cut {
  kind: 'delete' | 'insert' | 'repeat' | 'copy' | 'swap';
  at: number;
  length: number;
  piece: number;
  times: number;
  from: number;
}

const cut: fc.Arbitrary<Cut> = fc.record({
  kind: fc.constantFrom('delete', 'insert', 'repeat', 'copy', 'swap'),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 0, max: 30 }),
  piece: fc.nat(PIECES.length - 1),
  times: fc.integer({ min: 1, max: 40 }),
  from: fc.nat(SEEDS.length - 1),
});

/** A seed with one to three injuries: pieces cut out, put in, repeated, copied from another seed. */
export const damagedFile: fc.Arbitrary<string> = fc
  .record({ seed: fc.constantFrom(...SEEDS), cuts: fc.array(cut, { minLength: 1, maxLength: 3 }) })
  .map(({ seed, cuts }) => cuts.reduce(injure, seed));

function injure(text: string, { kind, at, length, piece, times, from }: Cut): string {
  const start = Math.floor(at * text.length);
  const [before, middle, after] = [text.slice(0, start), text.slice(start, start + length), text.slice(start + length)];
  switch (kind) {
    case 'delete':
      return before + after;
    case 'insert':
      return `${before}${PIECES[piece]}${middle}${after}`;
    case 'repeat':
      return before + (middle || String(PIECES[piece])).repeat(times) + after;
    case 'copy':
      return before + String(SEEDS[from]).slice(start % 100, (start % 100) + length * 2) + after;
    case 'swap':
      return after + middle + before;
  }
}

/** Bytes of a safetensors header: damaged as a text, or valid JSON with damaged metadata, which reaches deeper. */
export function damagedHeader(header: { __metadata__: Record<string, string> } & Record<string, unknown>): fc.Arbitrary<Uint8Array> {
  const whole = fc.array(cut, { minLength: 1, maxLength: 3 }).map((cuts) => cuts.reduce(injure, JSON.stringify(header)));
  const names = Object.keys(header.__metadata__);
  const values = fc.array(fc.tuple(fc.constantFrom(...names), cut), { minLength: 1, maxLength: 6 }).map((wounds) => {
    const metadata = { ...header.__metadata__ };
    for (const [name, wound] of wounds) metadata[name] = injure(String(metadata[name]), wound);
    return JSON.stringify({ ...header, __metadata__: metadata });
  });
  return fc.oneof(whole, values).map((text) => new TextEncoder().encode(text));
}

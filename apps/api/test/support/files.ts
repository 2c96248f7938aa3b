import type { ConfigFormat } from '@lora-ledger/training';

/** One small configuration as each trainer would have it. PEFT describes the adapter only: `missing` says what a person adds. */
export const CONFIG_FILES: Record<ConfigFormat, { fileName: string; text: string; missing?: object }> = {
  ledger: {
    fileName: 'style.json',
    text: JSON.stringify({
      name: 'style',
      modelName: 'v1-5',
      modelPath: './models/v1-5.safetensors',
      loraRank: 8,
      loraAlpha: 16,
      learningRate: 2e-4,
      batchSize: 4,
      epochs: 10,
      trainDataDir: './data/art',
      extraParams: { optimizer: 'adamw8bit' },
    }),
  },
  'lora-scripts': {
    fileName: 'art.yaml',
    text: 'task_type: text-to-image   # drawn by hand\nbase_model: ./models/v1-5.safetensors\ntrain_data_dir: ./data/art\nmetadata_path: ./data/art/metadata.csv\nlora_rank: 8\nlora_alpha: 16\nbatch_size: 4\nepochs: 10\nlearning_rate: 2e-4\nsave_steps: 100\noutput_dir: ./output/art\n',
  },
  'sd-scripts': {
    fileName: 'sdxl.toml',
    text: '[anything]\npretrained_model_name_or_path = "./models/sdxl.safetensors"\ntrain_data_dir = "./data/faces"\nnetwork_module = "networks.lora"\nnetwork_dim = 32\nnetwork_alpha = 16\nnetwork_args = ["conv_dim=8", "conv_alpha=4"]\n[more]\nlearning_rate = 1e-4\ntrain_batch_size = 2\nmax_train_epochs = 12\nseed = 42\nresolution = "1024,1024"\n',
  },
  kohya: {
    fileName: 'gui.json',
    text: JSON.stringify(
      {
        LoRA_type: 'Standard',
        pretrained_model_name_or_path: './models/v1-5.safetensors',
        train_data_dir: './data/art',
        network_dim: 16,
        network_alpha: 8,
        learning_rate: 0.0001,
        train_batch_size: 2,
        epoch: 5,
        lr_warmup: 10,
        max_resolution: '512,512',
        optimizer: 'AdamW8bit',
        caption_extension: '.txt',
        mixed_precision: 'fp16',
        seed: '1234',
      },
      null,
      2,
    ),
  },
  'ai-toolkit': {
    fileName: 'flux.yaml',
    text: 'job: extension\nconfig:\n  name: flux_style\n  process:\n    - type: sd_trainer\n      training_folder: output\n      network: { type: lora, linear: 16, linear_alpha: 16 }\n      save: { dtype: float16, save_every: 250 }\n      datasets:\n        - folder_path: ./data/style\n          caption_ext: txt\n          resolution: [512, 768]\n      train: { batch_size: 1, steps: 2000, lr: 1e-4, optimizer: adamw8bit, dtype: bf16 }\n      model: { name_or_path: black-forest-labs/FLUX.1-dev, is_flux: true }\nmeta:\n  version: "1.0"\n',
  },
  onetrainer: {
    fileName: 'onetrainer.json',
    text: JSON.stringify({
      training_method: 'LORA',
      model_type: 'STABLE_DIFFUSION_XL_10_BASE',
      base_model_name: './models/sdxl.safetensors',
      concepts: [{ path: './data/style' }],
      output_model_destination: './out/style.safetensors',
      learning_rate: 0.0003,
      batch_size: 4,
      epochs: 20,
      lora_rank: 16,
      lora_alpha: 8.0,
      workspace_dir: './workspace',
      cache_dir: './cache',
      optimizer: { optimizer: 'ADAMW' },
    }),
  },
  'llama-factory': {
    fileName: 'sft.yaml',
    text: 'model_name_or_path: Qwen/Qwen3-4B\nstage: sft\ndo_train: true\nfinetuning_type: lora\nlora_rank: 8\nlora_alpha: 16\nlora_target: all\ndataset: identity\ntemplate: qwen3\ncutoff_len: 2048\noutput_dir: saves/qwen3\nper_device_train_batch_size: 1\nlearning_rate: 1.0e-4\nnum_train_epochs: 3.0\nwarmup_ratio: 0.1\nbf16: true\n',
  },
  axolotl: {
    fileName: 'llama.yml',
    text: 'base_model: meta-llama/Llama-3.2-1B\nadapter: lora\nlora_r: 16\nlora_alpha: 32\nlora_target_linear: true\ndatasets:\n  - path: teknium/GPT4-LLM-Cleaned\n    type: alpaca\nval_set_size: 0.1\nsequence_len: 2048\nmicro_batch_size: 2\nnum_epochs: 1\nlearning_rate: 0.0002\noptimizer: adamw_8bit\nlr_scheduler: cosine\noutput_dir: ./outputs/lora-out\n',
  },
  peft: {
    fileName: 'adapter_config.json',
    text: JSON.stringify({
      peft_type: 'LORA',
      task_type: 'CAUSAL_LM',
      base_model_name_or_path: 'meta-llama/Llama-3.2-1B',
      r: 16,
      lora_alpha: 32,
      lora_dropout: 0.05,
      target_modules: ['v_proj', 'q_proj'],
      bias: 'none',
    }),
    missing: { learningRate: 1e-4, batchSize: 1, epochs: 3, trainDataDir: './data/chat' },
  },
};

/** Metadata as sd-scripts writes them: every value is text. */
export const SD_METADATA: Record<string, string> = {
  ss_session_id: '4',
  ss_network_module: 'networks.lora',
  ss_network_dim: '8',
  ss_network_alpha: '4',
  ss_learning_rate: '0.0001',
  ss_num_epochs: '5',
  ss_max_train_steps: '50',
  ss_num_batches_per_epoch: '10',
  ss_batch_size_per_device: '2',
  ss_sd_model_name: 'v1-5.safetensors',
  ss_base_model_version: 'sd_v1',
  ss_output_name: 'old style',
  ss_steps: '50',
  ss_epoch: '5',
  ss_training_started_at: '1700000000.25',
  ss_training_finished_at: '1700003600.75',
  ss_dataset_dirs: '{"10_art": {"n_repeats": 10, "img_count": 12}}',
  ss_seed: '42',
};

/** The beginning of a LoRA file: length and header, for tensors of so many bytes. */
export function weightsHeader(metadata: Record<string, string>, tensorBytes: number): Buffer {
  const tensors = { 'lora_unet_down.lora_down.weight': { dtype: 'F16', shape: [8, tensorBytes / 16], data_offsets: [0, tensorBytes] } };
  return withLength(Buffer.from(JSON.stringify({ __metadata__: metadata, ...tensors })));
}

/** @param length what the file claims its header to be; the truth when absent */
export function withLength(header: Buffer, length: bigint = BigInt(header.length)): Buffer {
  const first = Buffer.alloc(8);
  first.writeBigUInt64LE(length);
  return Buffer.concat([first, header]);
}

/** A whole, small LoRA file. `fill` makes its weights differ from another's. */
export function weightsFile(metadata: Record<string, string> = SD_METADATA, fill = 7): Buffer {
  return Buffer.concat([weightsHeader(metadata, 64), Buffer.alloc(64, fill)]);
}

/** A form as a browser sends it. */
export async function form(
  parts: Record<string, string | { name: string; content: Buffer | string }>,
): Promise<{ body: Buffer; headers: Record<string, string> }> {
  const data = new FormData();
  for (const [field, part] of Object.entries(parts)) {
    if (typeof part === 'string') data.append(field, part);
    else data.append(field, new Blob([part.content]), part.name);
  }
  const encoded = new Response(data);
  return { body: Buffer.from(await encoded.arrayBuffer()), headers: { 'Content-Type': encoded.headers.get('content-type') ?? '' } };
}

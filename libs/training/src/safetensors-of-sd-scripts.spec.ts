import { header, tensor } from '../test/support/safetensors-header.js';
import { completeConfig } from './lora-config.js';
import { fingerprint } from './fingerprint.js';
import { parseSafetensors } from './safetensors.js';

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

  it('gives a recovered training the fingerprint of the file it was started with, path and guesses apart', () => {
    const { draft } = parseSafetensors(header(SD));
    const recovered = completeConfig({ ...draft, trainDataDir: 'd' } as Parameters<typeof completeConfig>[0]);
    const { $original: _spelling, ...extraParams } = recovered.extraParams;
    expect(fingerprint(recovered)).toBe(fingerprint({ ...recovered, extraParams }));
  });
});

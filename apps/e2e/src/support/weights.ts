/** A LoRA file as sd-scripts writes it, small: one pair of matrices of rank 8 with the metadata of a training. */
export function loraFile(seed: number): Buffer {
  const tensors = {
    'lora_unet_mid.lora_down.weight': { dtype: 'F16', shape: [8, 16], data_offsets: [0, 256] },
    'lora_unet_mid.lora_up.weight': { dtype: 'F16', shape: [16, 8], data_offsets: [256, 512] },
  };
  const metadata = {
    ss_network_module: 'networks.lora',
    ss_network_dim: '8',
    ss_network_alpha: '4.0',
    ss_learning_rate: '0.0001',
    ss_sd_model_name: 'v1-5.safetensors',
    ss_output_name: 'old style',
    ss_num_epochs: '5',
    ss_max_train_steps: '50',
    ss_steps: '50',
    ss_epoch: '5',
    ss_batch_size_per_device: '2',
    ss_seed: '42',
    ss_dataset_dirs: '{"10_style": {"n_repeats": 10, "img_count": 1}}',
    ss_training_finished_at: '1700003600.5',
  };
  const header = Buffer.from(JSON.stringify({ __metadata__: metadata, ...tensors }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, Buffer.alloc(512, seed)]);
}

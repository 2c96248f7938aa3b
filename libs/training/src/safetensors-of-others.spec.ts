import { header, tensor } from '../test/support/safetensors-header.js';
import { parseSafetensors } from './safetensors.js';

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

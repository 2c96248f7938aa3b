import { rewritten } from '../../test/support/kept.js';
import { completeConfig } from '../lora-config.js';
import { parseConfig, serialiseConfig } from './registry.js';

const FILE = {
  peft_type: 'LORA',
  task_type: 'CAUSAL_LM',
  base_model_name_or_path: 'meta-llama/Llama-3.2-3B',
  r: 32,
  lora_alpha: 64,
  lora_dropout: 0.05,
  target_modules: ['v_proj', 'q_proj'],
  use_dora: false,
  use_rslora: true,
  bias: 'none',
  rank_pattern: { 'model.layers.0': 8 },
  alpha_pattern: {},
  revision: null,
  modules_to_save: null,
  inference_mode: true,
  peft_version: '0.21.0',
};

describe('PEFT adapter_config.json', () => {
  it('gives what it knows of the adapter, and says that the training is missing', () => {
    const { draft, format, warnings } = parseConfig(JSON.stringify(FILE));
    expect(format).toBe('peft');
    expect(draft).toEqual({
      modelPath: 'meta-llama/Llama-3.2-3B',
      modelName: 'meta-llama/Llama-3.2-3B',
      loraRank: 32,
      loraAlpha: 64,
      extraParams: {
        network_dropout: 0.05,
        target_modules: ['v_proj', 'q_proj'],
        use_dora: false,
        use_rslora: true,
        task_type: 'CAUSAL_LM',
        bias: 'none',
        'rank_pattern.model\\.layers\\.0': 8,
        alpha_pattern: {},
        revision: null,
        modules_to_save: null,
        inference_mode: true,
        peft_version: '0.21.0',
      },
    });
    expect(warnings.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'MISSING_FIELD learningRate',
      'MISSING_FIELD batchSize',
      'MISSING_FIELD trainDataDir',
      'MISSING_FIELD epochs',
    ]);
  });

  it('writes every key and value back', () => {
    const { before, after } = rewritten(JSON.stringify(FILE), 'json', 'peft');
    expect(after).toEqual(before);
  });

  it.each([
    [{ target_modules: 'all-linear' }, { target_modules: 'all' }],
    [{ target_modules: '.*\\.(q|v)_proj' }, {}],
    [{ target_modules: null }, {}],
    [{ peft_type: 'LOKR' }, { network_type: 'lokr' }],
    [{ base_model_name_or_path: null }, {}],
  ])('reads %j and writes it back', (keys, extra) => {
    const text = JSON.stringify({ peft_type: 'LORA', r: 4, lora_alpha: 8, ...keys });
    const { draft } = parseConfig(text);
    expect(draft.extraParams).toMatchObject(extra);
    const { before, after } = rewritten(text, 'json', 'peft');
    expect(after).toEqual(before);
  });

  it('is written under the name PEFT looks for, and says all it cannot hold', () => {
    const config = completeConfig({ modelName: 'm', loraRank: 8, learningRate: 1e-4, batchSize: 1, epochs: 1, trainDataDir: 'd' });
    const { fileName, warnings } = serialiseConfig(config, 'peft');
    expect(fileName).toBe('adapter_config.json');
    expect(warnings.map(({ path }) => path)).toEqual(['learningRate', 'batchSize', 'epochs', 'trainDataDir']);
  });
});

import { rewritten } from '../../test/support/kept.js';
import { completeConfig } from '../lora-config.js';
import { parseConfig, serialiseConfig } from './registry.js';

describe('sd-scripts, value by value', () => {
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

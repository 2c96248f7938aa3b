import { CONFIG_FIELD_NAMES, completeConfig } from './lora-config.js';

const least = { modelName: 'sdxl', loraRank: 16, learningRate: 1e-4, batchSize: 2, trainDataDir: './data' };

describe('completeConfig', () => {
  it('gives every field a value, so that two stored configurations always compare field by field', () => {
    expect(Object.keys(completeConfig(least)).sort()).toEqual([...CONFIG_FIELD_NAMES, 'extraParams'].sort());
  });

  it('takes the rank for a missing alpha, which leaves the scale of the update at 1', () => {
    expect(completeConfig(least).loraAlpha).toBe(16);
    expect(completeConfig({ ...least, loraAlpha: 8 }).loraAlpha).toBe(8);
  });

  it('takes a start from other weights for an incremental training, unless it is said to be a state to resume', () => {
    expect(completeConfig(least).incremental).toBe(false);
    expect(completeConfig({ ...least, resumeFrom: 'old.safetensors' }).incremental).toBe(true);
    expect(completeConfig({ ...least, resumeFrom: 'run-state', incremental: false }).incremental).toBe(false);
  });

  it.each(['modelPath', 'metadataPath', 'outputPath', 'resumeFrom'] as const)('reads an emptied %s as not given', (field) => {
    const config = completeConfig({ ...least, [field]: '  ' });
    expect(config[field]).toBeNull();
    expect(config.incremental).toBe(false);
  });

  it('keeps zero and false where they are given', () => {
    expect(completeConfig({ ...least, seed: 0 }).seed).toBe(0);
  });
});

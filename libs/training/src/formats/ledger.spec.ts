import { completeConfig } from '../lora-config.js';
import { parseConfig, serialiseConfig } from './registry.js';

const CONFIG = completeConfig({
  modelName: 'SDXL',
  modelPath: '/m/sdxl.safetensors',
  loraRank: 16,
  loraAlpha: 8,
  learningRate: 1e-4,
  batchSize: 2,
  epochs: 3,
  maxSteps: 500,
  seed: 0,
  trainDataDir: './d',
  metadataPath: './d/m.csv',
  outputPath: './o',
  resumeFrom: './s',
  incremental: false,
  extraParams: { seed: 'another seed', nested: { deep: [1, { x: null }] }, optimizer: 'AdamW' },
});

describe("the Ledger's own JSON", () => {
  it('holds every field, also a name that differs from the path and extra parameters called like fields', () => {
    const { text, warnings } = serialiseConfig({ ...CONFIG, name: 'Try 1', description: 'why', tags: ['a'] }, 'ledger');
    const parsed = parseConfig(text);
    expect(warnings).toEqual([]);
    expect(parsed).toMatchObject({ format: 'ledger', warnings: [], draft: { name: 'Try 1', description: 'why', tags: ['a'] } });
    expect(completeConfig(parsed.draft as typeof CONFIG)).toEqual(CONFIG);
  });

  it('takes the parameters out of an exported task and names what it left', () => {
    const { draft, warnings } = parseConfig(JSON.stringify({ ...CONFIG, taskId: 'x', status: 'SUCCESS' }));
    expect(draft).not.toHaveProperty('status');
    expect(warnings).toEqual([expect.objectContaining({ code: 'PARTLY_READ', message: expect.stringContaining('taskId, status') })]);
  });

  it('reads YAML with the same fields', () => {
    expect(parseConfig('modelName: x\nloraRank: 8\nlearningRate: 1e-4\nbatchSize: 1\nepochs: 1\ntrainDataDir: d')).toMatchObject({
      format: 'ledger',
      warnings: [],
    });
  });
});

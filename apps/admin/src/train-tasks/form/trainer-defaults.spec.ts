import type { TrainerDto } from '@lora-ledger/contracts';
import { toRequest, toValues } from './form-model.js';
import { applyTrainer, restoreTrainer } from './trainer-defaults.js';

const trainer = (name: string, defaults: object) => ({ name, title: name, defaults }) as TrainerDto;
const DEMO = trainer('demo', { seed: 1, extraParams: { optimizer: 'adamw', lowram: true } });
const KOHYA = trainer('kohya', { learningRate: 5e-5, maxSteps: 900, extraParams: { optimizer: 'Lion', network_module: 'networks.lora' } });
const original = toValues({
  trainer: 'demo',
  modelName: 'sd15',
  loraRank: 8,
  learningRate: 1e-4,
  batchSize: 2,
  epochs: 6,
  trainDataDir: './d',
  extraParams: { optimizer: 'adamw', own: 1 },
});

describe('another trainer for a clone', () => {
  it('taken back leaves nothing behind, of neither trainer', () => {
    const chosen = applyTrainer(original, DEMO, KOHYA);
    expect(toRequest(chosen)).toMatchObject({ trainer: 'kohya', maxSteps: 900, extraParams: { optimizer: 'Lion', own: 1 } });
    expect(toRequest(restoreTrainer(chosen, original, KOHYA, DEMO))).toEqual(toRequest(original));
  });
  it('taken back keeps what was typed meanwhile', () => {
    const chosen = applyTrainer(original, DEMO, KOHYA);
    const typed = { ...chosen, config: { ...chosen.config, maxSteps: '1200', loraRank: '16' } };
    expect(toRequest(restoreTrainer(typed, original, KOHYA, DEMO))).toMatchObject({ trainer: 'demo', maxSteps: 1200, loraRank: 16 });
  });
});

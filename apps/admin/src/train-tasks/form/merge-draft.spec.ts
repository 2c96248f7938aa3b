import type { TrainerDto } from '@lora-ledger/contracts';
import fc from 'fast-check';
import { CONFIG_FORMATS } from '@lora-ledger/training';
import { extraRow, toRequest, toValues } from './form-model.js';
import { mergeDraft, takenBack } from './merge-draft.js';
import { readSource, writeSource } from './source-codec.js';
import { applyTrainer, fillFromFile } from './trainer-defaults.js';

const REQUEST = {
  modelPath: './m.safetensors',
  modelName: 'm',
  loraRank: 8,
  loraAlpha: 4,
  learningRate: 1e-4,
  batchSize: 1,
  epochs: 10,
  trainDataDir: './data',
  extraParams: { optimizer: 'adamw', own_key: 'x' },
};

describe('the form after its source was edited', () => {
  it('takes what was changed there and keeps what was typed into the form meanwhile', () => {
    const form = toValues({ ...REQUEST, name: 'mine', note: 'why', batchSize: 2 });
    const merged = mergeDraft(form, REQUEST, { ...REQUEST, loraRank: 16, extraParams: { own_key: 'y', seed_delta: 1 } });
    expect(toRequest(merged)).toEqual({
      ...REQUEST,
      name: 'mine',
      note: 'why',
      batchSize: 2,
      loraRank: 16,
      extraParams: { own_key: 'y', seed_delta: 1 },
    });
    expect(merged.extra[0]?.id).toBe(form.extra[1]?.id);
  });
  it('empties a field whose line was taken away', () => {
    const { epochs: _gone, ...without } = REQUEST;
    expect(mergeDraft(toValues(REQUEST), REQUEST, without).config.epochs).toBe('');
  });
  it('has the alpha of the source once that differs from the rank', () => {
    const form = toValues({ ...REQUEST, loraAlpha: undefined });
    expect(mergeDraft(form, { ...REQUEST, loraAlpha: 8 }, { ...REQUEST, loraAlpha: 8 }).config.loraAlpha).toBe('');
    expect(mergeDraft(form, { ...REQUEST, loraAlpha: 8 }, { ...REQUEST, loraAlpha: 8, loraRank: 16 }).config).toMatchObject({
      loraRank: '16',
      loraAlpha: '8',
    });
  });

  it.each(CONFIG_FORMATS)('is unchanged when nothing was changed in the source, whatever %s can express', (format) => {
    const text = (request: object) => writeSource({ ...request }, format, null).text;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 512 }), fc.integer({ min: 1, max: 64 }), (loraRank, batchSize) => {
        const form = toValues({ ...REQUEST, loraRank, batchSize, seed: 3, metadataPath: './data/m.csv', name: 'mine', note: 'why' });
        const draft = readSource(text(toRequest(form)), format).parsed!.draft;
        expect(mergeDraft(form, draft, draft)).toEqual(form);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a filling that is taken back', () => {
  const before = toValues({ ...REQUEST, name: 'mine' });
  const filled = toValues({ ...REQUEST, name: 'from the file', loraRank: 32, extraParams: { own_key: 'y', lowram: true } });

  it('leaves the form as it was', () => expect(takenBack(filled, filled, before, [])).toEqual(before));

  it('leaves what was typed since', () => {
    const now = {
      ...filled,
      note: 'why',
      tags: ['sea'],
      config: { ...filled.config, batchSize: '4' },
      extra: [...filled.extra.map((row) => (row.key === 'own_key' ? { ...row, text: 'z' } : row)), extraRow('warmup', 5)],
    };
    expect(toRequest(takenBack(now, filled, before, []))).toEqual({
      ...REQUEST,
      name: 'mine',
      note: 'why',
      tags: ['sea'],
      batchSize: 4,
      extraParams: { optimizer: 'adamw', own_key: 'z', warmup: 5 },
    });
  });

  it('leaves the form of the trainer that was chosen since, as it would be had nothing been filled in', () => {
    const trainer = (name: string, defaults: object) => ({ name, title: name, defaults }) as TrainerDto;
    const demo = trainer('demo', { loraRank: 4, epochs: 6, extraParams: { lowram: true } });
    const kohya = trainer('kohya', { loraRank: 32, seed: 1, incremental: true, extraParams: { optimizer: 'Lion', warmup: 0.1 } });
    const fresh = applyTrainer(toValues({ name: 'mine', extraParams: { optimizer: 'adamw' } }), undefined, demo);
    const read = fillFromFile(fresh, { learningRate: 1e-4, loraRank: 16, epochs: 6, extraParams: { own_key: 'y' } });
    const chosen = applyTrainer(read, demo, kohya);
    const now = { ...chosen, config: { ...chosen.config, batchSize: '4' } };
    expect(toRequest(takenBack(now, read, fresh, [demo, kohya]))).toEqual({
      trainer: 'kohya',
      name: 'mine',
      loraRank: 32,
      seed: 1,
      incremental: true,
      batchSize: 4,
      extraParams: { optimizer: 'adamw', warmup: 0.1 },
    });
  });
});

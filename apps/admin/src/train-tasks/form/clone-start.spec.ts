import type { TrainTaskDetail } from '@lora-ledger/contracts';
import { cloneOverrides, originalValues, startValues } from './clone-start.js';
import { findChanges, isExperimental, isWording } from './draft-diff.js';
import { toRequest } from './form-model.js';

const task = (part: Partial<TrainTaskDetail> = {}) =>
  ({
    name: 'sd15 r8',
    description: null,
    tags: ['portrait'],
    trainer: 'demo',
    modelName: 'sd15',
    loraRank: 8,
    learningRate: 1e-4,
    batchSize: 4,
    epochs: 10,
    trainDataDir: './d',
    extraParams: {},
    ...part,
  }) as TrainTaskDetail;
const trainers = [{ name: 'demo' }, { name: 'kohya' }];
const paths = (after: Partial<ReturnType<typeof originalValues>>) =>
  findChanges(toRequest(originalValues(task({ name: 'by hand' }))), toRequest({ ...originalValues(task({ name: 'by hand' })), ...after }));

describe('a clone', () => {
  it('of a task with a made name gets one of its own, which is no change', () => {
    const original = originalValues(task());
    const rank = { ...original, config: { ...original.config, loraRank: '16' } };
    expect(original.name).toBe('');
    expect(findChanges(toRequest(original), toRequest(rank)).map(({ path }) => path)).toEqual(['loraRank']);
    expect(cloneOverrides(original, rank)).toEqual({ loraRank: 16, name: null });
  });
  it('keeps a name that somebody has given, until it is taken out', () => {
    const original = originalValues(task({ name: 'harbour' }));
    expect(cloneOverrides(original, original)).toEqual({});
    expect(cloneOverrides(original, { ...original, name: ' ' })).toEqual({ name: null });
  });
  it('counts another trainer and going on from weights as changes, other words as words', () => {
    const changes = paths({ trainer: 'kohya', incremental: true, name: 'other', description: 'why', tags: [] });
    expect(changes.filter(isExperimental).map(({ path }) => path)).toEqual(['trainer', 'incremental']);
    expect(changes.filter(isWording).map(({ path }) => path)).toEqual(['name', 'tags', 'description']);
  });
  it('begins with a trainer that is there, which is marked as another one', () => {
    expect(startValues(task({ trainer: 'imported' }), {}, trainers).trainer).toBe('demo');
    expect(startValues(task({ trainer: 'kohya' }), {}, trainers).trainer).toBe('kohya');
  });
  it('that a link has filled has no name of the original either', () => {
    expect(startValues(task(), { with: '{"loraRank":32}' }, trainers)).toMatchObject({ name: '', config: { loraRank: '32' } });
    expect(startValues(task(), { with: '{"name":"mine"}' }, trainers).name).toBe('mine');
  });
});

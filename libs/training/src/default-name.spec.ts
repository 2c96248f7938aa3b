import { defaultName } from './default-name.js';

it('names a task after its model and rank, within what a name may have', () => {
  expect(defaultName({ modelName: 'sd15', loraRank: 8 })).toBe('sd15 r8');
  expect(defaultName({ modelName: 'm'.repeat(300), loraRank: 8 })).toHaveLength(200);
});

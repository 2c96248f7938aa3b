import { setTimeout as pause } from 'node:timers/promises';
import { claimIn, leftOver } from './support/left-over.js';
import { startProduct } from './support/product.js';
import { Script } from './support/script.js';
import { ADMIN, TEAM_ENV } from './support/team.js';

it('a suite ends the worker and the trainer it has started, though they outlive the product', async () => {
  const product = await startProduct({ ...TEAM_ENV, LEDGER_LOCAL_SLOTS: '1' });
  const admin = await new Script(product.url).signIn(ADMIN.username, ADMIN.password);
  const { taskId } = await admin.post<{ taskId: string }>('/train-tasks', {
    modelName: 'verses',
    trainDataDir: './data/verses',
    loraRank: 8,
    learningRate: 1e-3,
    batchSize: 4,
    epochs: 5000,
  });
  let claim = claimIn(product.dataDir, taskId);
  for (; claim?.trainerPid == null; claim = claimIn(product.dataDir, taskId)) await pause(50);
  const pids = () => leftOver(product.dataDir).map((line) => Number(line.split(' ')[0]));
  expect(pids()).toEqual(expect.arrayContaining([claim.workerPid, claim.trainerPid]));
  await product.stop();
  expect(pids()).toEqual([]);
});

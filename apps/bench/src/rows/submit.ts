import { closedLoop } from '../closed-loop.js';
import type { Row } from '../bench.js';
import { requestBytes } from '../connection.js';
import { withCost } from './cost.js';
import { lost } from './lost.js';

/** P1: tasks submitted by 8 clients. */
export const submit: Row = async (bench) => {
  const { api, token, seconds, yardsticks } = bench;
  const { load, cost } = await withCost('P1', 'submit', bench, () =>
    closedLoop({
      port: api.port,
      clients: 8,
      seconds,
      next: (client, turn) =>
        requestBytes('POST', '/train-tasks', {
          token,
          body: JSON.stringify({
            name: `load ${client}.${turn}`,
            modelName: 'sd15',
            loraRank: 16,
            loraAlpha: 8,
            learningRate: 1e-4,
            batchSize: 4,
            epochs: 10,
            seed: turn,
            trainDataDir: './data/art',
            extraParams: { optimizer: 'AdamW8bit', lr_scheduler: 'cosine', resolution: 512 },
          }),
        }),
      accept: ({ status }) => status === 201,
    }),
  );
  const ratio = load.perSecond / yardsticks.insertsPerSecond;
  return [
    { row: 'P1', name: 'submit', value: load.perSecond, unit: 'requests/s', better: 'higher' },
    { row: 'P1', name: 'submit ÷ single-row insert', value: ratio, unit: '×', better: 'higher', must: 0.35 },
    {
      row: 'P1',
      name: 'submit ÷ single-row insert into train_task',
      value: load.perSecond / yardsticks.taskInsertsPerSecond,
      unit: '×',
      better: 'higher',
    },
    { row: 'P1', name: 'submit p99', value: load.latency.p99, unit: 'ms', better: 'lower', must: 50 },
    ...cost,
    lost('P1', 'refused or lost', load),
  ];
};

import type { ComparedTask } from '@lora-ledger/contracts';
import { parallelAxes, tasksInside } from './parallel-axes.js';

const tasks = [0.3, 0.1, null].map((finalLoss) => ({ finalLoss })) as ComparedTask[];
const differs = (path: string, values: (number | string | null)[]) => ({ path, values, equal: false });

describe('the axes of a comparison', () => {
  it('are the numbers that differ, with the loss behind them', () => {
    const axes = parallelAxes(tasks, [differs('loraRank', [8, 16, null]), differs('extraParams.optimizer', ['a', 'b', 'a']), { path: 'batchSize', values: [1, 1, 1], equal: true }]);
    expect(axes.map(({ path }) => path)).toEqual(['loraRank', 'finalLoss']);
    expect(axes[1]?.values).toEqual([0.3, 0.1, null]);
  });
  it('go by powers of ten for learning rates and what lies far apart', () => {
    const axes = parallelAxes(tasks, [differs('learningRate', [1e-4, 2e-4, 1e-4]), differs('maxSteps', [100, 10_000, 100]), differs('seed', [0, 10_000, 1])]);
    expect(axes.map(({ isLog }) => isLog)).toEqual([true, true, false, false]);
  });
  it('are none when no number differs or no task has a loss', () => {
    expect(parallelAxes(tasks, [differs('modelName', ['a', 'b', 'c'])])).toEqual([]);
    expect(parallelAxes([{ finalLoss: null }, { finalLoss: null }] as ComparedTask[], [differs('loraRank', [1, 2])])).toEqual([]);
  });
});

describe('tasks inside what is marked', () => {
  const axes = parallelAxes(tasks, [differs('loraRank', [8, 16, null])]);
  it('lie inside on every axis with a mark', () => {
    expect(tasksInside(axes, new Map([['loraRank', [[4, 20]]]]))).toEqual([0, 1]);
    expect(tasksInside(axes, new Map([['loraRank', [[4, 20]]], ['finalLoss', [[0, 0.2]]]]))).toEqual([1]);
    expect(tasksInside(axes, new Map([['loraRank', [[1, 9], [15, 17]]]]))).toEqual([0, 1]);
  });
  it('are all when nothing is marked', () => {
    expect(tasksInside(axes, new Map())).toBeNull();
    expect(tasksInside(axes, new Map([['loraRank', []]]))).toBeNull();
  });
});

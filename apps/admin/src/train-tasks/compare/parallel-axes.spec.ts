import type { ComparedTask } from '@lora-ledger/contracts';
import { boundsOf, isSameMark, parallelAxes, stopsOf, tasksInside } from './parallel-axes.js';

const tasks = [0.3, 0.1, null].map((finalLoss) => ({ finalLoss })) as ComparedTask[];
const differs = (path: string, values: (number | string | null)[]) => ({ path, values, equal: false });

describe('the axes of a comparison', () => {
  it('are the numbers that differ, with the loss behind them', () => {
    const axes = parallelAxes(tasks, [
      differs('loraRank', [8, 16, null]),
      differs('extraParams.optimizer', ['a', 'b', 'a']),
      { path: 'batchSize', values: [1, 1, 1], equal: true },
    ]);
    expect(axes.map(({ path }) => path)).toEqual(['loraRank', 'finalLoss']);
    expect(axes[1]?.values).toEqual([0.3, 0.1, null]);
  });
  it('go by powers of ten for learning rates and what lies far apart', () => {
    const axes = parallelAxes(tasks, [
      differs('learningRate', [1e-4, 2e-4, 1e-4]),
      differs('maxSteps', [100, 10_000, 100]),
      differs('seed', [0, 10_000, 1]),
    ]);
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
    expect(
      tasksInside(
        axes,
        new Map([
          ['loraRank', [[4, 20]]],
          ['finalLoss', [[0, 0.2]]],
        ]),
      ),
    ).toEqual([1]);
    expect(
      tasksInside(
        axes,
        new Map([
          [
            'loraRank',
            [
              [1, 9],
              [15, 17],
            ],
          ],
        ]),
      ),
    ).toEqual([0, 1]);
  });
  it('are all when nothing is marked', () => {
    expect(tasksInside(axes, new Map())).toBeNull();
    expect(tasksInside(axes, new Map([['loraRank', []]]))).toBeNull();
  });
});

describe('the bounds of an axis', () => {
  const stops = stopsOf([16, 8, null, 64, 8]);
  it('go from one value that a task has to the next', () => {
    expect(stops).toEqual([8, 16, 64]);
    expect(boundsOf(stops, [])).toEqual([0, 2]);
    expect(boundsOf(stops, [[10, 70]])).toEqual([1, 2]);
    expect(
      boundsOf(stops, [
        [1, 9],
        [15, 17],
      ]),
    ).toEqual([0, 1]);
  });
  it('meet where a mark holds no value', () => {
    expect(boundsOf(stops, [[20, 30]])).toEqual([2, 2]);
    expect(boundsOf(stops, [[70, 80]])).toEqual([2, 2]);
    expect(boundsOf(stops, [[1, 2]])).toEqual([0, 0]);
  });
  it('are the same mark when they hold the same', () => {
    expect(isSameMark([[1, 2]], [[1, 2]])).toBe(true);
    expect(isSameMark([[1, 2]], [])).toBe(false);
    expect(isSameMark([[1, 2]], [[1, 3]])).toBe(false);
  });
});

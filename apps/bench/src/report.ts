import { passes, type Figure, type Skipped } from './figure.js';
import type { Machine } from './machine.js';
import type { Yardsticks } from './yardsticks.js';

/** What a run leaves: the JSON file, and the committed baseline. */
export interface Report {
  machine: Machine;
  tasks: number;
  points: number;
  yardsticks: Yardsticks;
  figures: Figure[];
  skipped: Skipped[];
}

/** The table a person reads. */
export function table({ machine, tasks, points, yardsticks, figures, skipped }: Report): string {
  const rows = figures.map((figure) => [
    figure.row,
    figure.detail ?? figure.name,
    `${number(figure.value)} ${figure.unit}`,
    figure.must === undefined ? '' : `${figure.better === 'higher' ? '≥' : '≤'} ${number(figure.must)}`,
    figure.ratio === undefined ? '' : number(figure.ratio),
    verdict(passes(figure)),
  ]);
  const failed = figures.filter((figure) => passes(figure) === false).length;
  return [
    `${tasks} tasks, ${points} points · ${machine.cores} × ${machine.cpu}, ${machine.memoryGb} GB · ${machine.system} · Node ${machine.node} · PostgreSQL ${machine.postgres} (${machine.durability}) · commit ${machine.commit} · load ${machine.loadAverage}`,
    `yardsticks: ${number(yardsticks.insertsPerSecond)} single-row inserts/s (${yardsticks.insertTool}, 8 clients)${yardsticks.insertProcessorMs === null ? '' : ` at ${number(yardsticks.insertProcessorMs)} ms of processor`}, ${number(yardsticks.taskInsertsPerSecond)} into train_task, ${number(yardsticks.copiedPerSecond)} rows/s by COPY into metric_point, ${number(yardsticks.roundTripMs)} ms for a round trip`,
    '',
    ...columns([['row', 'work', 'measured', 'must', 'ratio to yardstick', ''], ...rows]),
    ...skipped.map(({ row, reason }) => `${row}: not run, ${reason}`),
    '',
    failed === 0
      ? 'every bound is kept'
      : `${failed} of ${figures.filter((figure) => figure.must !== undefined).length} bounds are not kept`,
  ].join('\n');
}

export interface Moved {
  figure: Figure;
  /** The ratio of this run over the baseline's, turned so that above 1 is worse. */
  worseBy: number;
}

/** Figures whose ratio has changed by more than `noise` since the baseline, the worst first. */
export function compare(figures: readonly Figure[], baseline: readonly Figure[], noise = 1.25): Moved[] {
  return figures
    .flatMap((figure) => {
      const before = baseline.find(({ row, name }) => row === figure.row && name === figure.name)?.ratio;
      if (figure.ratio === undefined || before === undefined || before === 0 || figure.ratio === 0) return [];
      const worseBy = figure.better === 'higher' ? before / figure.ratio : figure.ratio / before;
      return worseBy > noise || worseBy < 1 / noise ? [{ figure, worseBy }] : [];
    })
    .sort((a, b) => b.worseBy - a.worseBy);
}

export function movedLine({ figure, worseBy }: Moved): string {
  return `${figure.row} ${figure.name}: ${worseBy > 1 ? `${number(worseBy)} × worse` : `${number(1 / worseBy)} × better`} than the baseline`;
}

function verdict(passed: boolean | null): string {
  return passed === null ? '' : passed ? 'pass' : 'FAIL';
}

/** Three significant digits; whole above a hundred. */
export function number(value: number): string {
  return Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
}

function columns(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

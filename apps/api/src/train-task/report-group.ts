import { LOSS_KEYS } from '@lora-ledger/training';
import type { PointColumns } from './points.js';

/** The report of one request on its way to the database. */
export interface PendingReport {
  /** Row id of the task. */
  id: string;
  points: PointColumns;
}

/** What the reports of one task say together about where it stands. */
interface Position {
  step: number | null;
  totalSteps: number | null;
  epoch: number | null;
  /** Loss at the highest step that comes with one, and that step. */
  loss: number | null;
  lossStep: number | null;
}

/**
 * What a group says of where its tasks stand: five arrays with an entry per task.
 * Arrays are written as PostgreSQL's text form here: the driver's general way costs more than storing the points.
 */
export function positionsOf(reports: readonly PendingReport[]): string[] {
  const positions = new Map<string, Position>();
  for (const { id, points } of reports) positions.set(id, merge(positions.get(id), points));
  const tasks = [...positions];
  const of = (pick: (position: Position) => number | null): string => numbers(tasks.map(([, position]) => pick(position)));
  return [
    plain(tasks.map(([id]) => id)),
    of(({ step }) => step),
    of(({ totalSteps }) => totalSteps),
    of(({ epoch }) => epoch),
    of(({ loss }) => loss),
  ];
}

/** The points of a group: six arrays with an entry per point. */
export function pointsOf(reports: readonly PendingReport[]): string[] {
  return [
    `{${reports
      .map(({ id, points }) => repeated(id, points.keys.length))
      .filter((part) => part !== '')
      .join(',')}}`,
    texts(reports.flatMap(({ points }) => points.keys)),
    numbers(reports.flatMap(({ points }) => points.steps)),
    numbers(reports.flatMap(({ points }) => points.epochs)),
    numbers(reports.flatMap(({ points }) => points.values)),
    numbers(reports.flatMap(({ points }) => points.times)),
  ];
}

/** What the points of a group add to one summary. */
interface Addition {
  id: string;
  key: string;
  firstStep: number;
  firstValue: number;
  lastStep: number;
  lastValue: number;
  /** Of the finite values, `null` when there are none. */
  min: number | null;
  max: number | null;
  count: number;
}

/**
 * What the reports add to the summaries, as nine arrays with an entry per curve.
 *
 * @returns `null` when the steps of a curve do not ascend: then which points are new is for the database to find out
 */
export function additionsOf(reports: readonly PendingReport[]): string[] | null {
  const curves = new Map<string, Map<string, Addition>>();
  for (const { id, points } of reports) {
    const ofTask = curves.get(id) ?? new Map<string, Addition>();
    curves.set(id, ofTask);
    for (let index = 0; index < points.keys.length; index += 1) {
      const [key, step, value] = [points.keys[index] ?? '', points.steps[index] ?? 0, points.values[index] ?? NaN];
      const curve = ofTask.get(key);
      const finite = Number.isFinite(value) ? value : null;
      if (curve === undefined) {
        ofTask.set(key, {
          id,
          key,
          firstStep: step,
          firstValue: value,
          lastStep: step,
          lastValue: value,
          min: finite,
          max: finite,
          count: 1,
        });
        continue;
      }
      if (step <= curve.lastStep) return null;
      curve.lastStep = step;
      curve.lastValue = value;
      curve.count += 1;
      if (finite !== null && (curve.min === null || finite < curve.min)) curve.min = finite;
      if (finite !== null && (curve.max === null || finite > curve.max)) curve.max = finite;
    }
  }
  const all = [...curves.values()].flatMap((ofTask) => [...ofTask.values()]);
  return [
    plain(all.map(({ id }) => id)),
    texts(all.map(({ key }) => key)),
    numbers(all.map(({ firstStep }) => firstStep)),
    numbers(all.map(({ firstValue }) => firstValue)),
    numbers(all.map(({ lastStep }) => lastStep)),
    numbers(all.map(({ lastValue }) => lastValue)),
    numbers(all.map(({ min }) => min)),
    numbers(all.map(({ max }) => max)),
    numbers(all.map(({ count }) => count)),
  ];
}

function merge(before: Position | undefined, points: PointColumns): Position {
  const step = highest(points.steps, points.currentStep);
  const loss = lastLoss(points);
  // A report that is behind what is known already does not set the loss back.
  const isBehind = loss === null || (before?.lossStep != null && step !== null && before.lossStep > step);
  return {
    step: higher(before?.step ?? null, step),
    totalSteps: points.totalSteps ?? before?.totalSteps ?? null,
    epoch: higher(before?.epoch ?? null, highest(points.epochs, points.currentEpoch)),
    ...(isBehind ? { loss: before?.loss ?? null, lossStep: before?.lossStep ?? null } : { loss, lossStep: step }),
  };
}

function higher(one: number | null, other: number | null): number | null {
  return one === null ? other : other === null ? one : Math.max(one, other);
}

function highest(values: readonly (number | null)[], given: number | null): number | null {
  let most = given;
  for (const value of values) if (value !== null && (most === null || value > most)) most = value;
  return most;
}

/** The loss at the highest step of a report, for the live row in the list. */
function lastLoss({ keys, steps, values }: PointColumns): number | null {
  for (const key of LOSS_KEYS) {
    let at = -1;
    keys.forEach((name, index) => {
      if (name === key && (at < 0 || (steps[index] ?? 0) >= (steps[at] ?? 0))) at = index;
    });
    if (at >= 0) return values[at] ?? null;
  }
  return null;
}

function repeated(text: string, times: number): string {
  return times === 0 ? '' : `${`${text},`.repeat(times - 1)}${text}`;
}

/** Ids, which need no quotes. */
function plain(values: readonly string[]): string {
  return `{${values.join(',')}}`;
}

/** `NaN` and `Infinity` are written as PostgreSQL reads them. */
function numbers(values: readonly (number | null)[]): string {
  let text = '{';
  for (let index = 0; index < values.length; index += 1) text += `${index === 0 ? '' : ','}${values[index] ?? 'NULL'}`;
  return `${text}}`;
}

function texts(values: readonly string[]): string {
  const quoted = new Map<string, string>();
  return `{${values
    .map((value) => {
      const known = quoted.get(value);
      if (known !== undefined) return known;
      const made = `"${value.replace(/["\\]/g, '\\$&')}"`;
      quoted.set(value, made);
      return made;
    })
    .join(',')}}`;
}

import { isWellFormed, POINTS_PER_REPORT, type FieldError } from '@lora-ledger/contracts';
import { Problem } from '../problem.js';

/** The points of one report as columns, the form one UNNEST takes. All arrays have the same length. */
export interface PointColumns {
  keys: string[];
  steps: number[];
  epochs: (number | null)[];
  values: number[];
  /** Milliseconds since 1970; `null`: now. */
  times: (number | null)[];
  currentStep: number | null;
  totalSteps: number | null;
  currentEpoch: number | null;
}

const KEY_MAX = 200;
const CONTROL = /[\u0000-\u001f\u007f]/;
const STEP_MAX = 1e12;
const EPOCH_MAX = 1e6;
const STEP_RULE = `step must be a whole number from 0 to ${STEP_MAX}`;
const EPOCH_RULE = `epoch must be a number from 0 to ${EPOCH_MAX}`;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
const LONG_FORM_FIELDS = new Set(['points', 'currentStep', 'totalSteps', 'currentEpoch']);
const POSITION_FIELDS = new Set(['step', 'epoch', 'at', 'currentStep', 'totalSteps', 'currentEpoch']);
const NAMED_VALUES = new Map([
  ['NaN', NaN],
  ['nan', NaN],
  ['Infinity', Infinity],
  ['inf', Infinity],
  ['-Infinity', -Infinity],
  ['-inf', -Infinity],
]);

/**
 * Reads the body of `progress`, in its long form `{points: […]}` or the short one `{epoch, step, loss, …}` in which every
 * other member is a metric. By hand, because class-validator on thousands of points costs more than storing them.
 *
 * @throws Problem VALIDATION that names the first wrong points
 */
export function readPoints(body: unknown): PointColumns {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw Problem.invalid([{ path: '', message: 'the body must be a JSON object', rule: 'type' }]);
  const report = body as Record<string, unknown>;
  const errors: FieldError[] = [];
  const columns = emptyColumns(report, errors);
  const isLong = 'points' in report;
  const points = isLong ? longForm(report, errors) : shortForm(report, columns, errors);
  const keys = new Set<unknown>();
  for (const [index, point] of points.entries()) {
    if (addUsual(columns, point, keys)) continue;
    addPoint(columns, point, isLong ? `points.${index}` : '', errors);
    if (errors.length >= 10) break;
  }
  if (errors.length > 0) throw Problem.invalid(errors);
  return columns;
}

function emptyColumns({ currentStep, totalSteps, currentEpoch }: Record<string, unknown>, errors: FieldError[]): PointColumns {
  const step = (name: string, value: unknown): number | null => {
    if (value == null || isStep(value)) return value ?? null;
    errors.push({ path: name, message: STEP_RULE.replace('step', name), rule: 'type' });
    return null;
  };
  if (currentEpoch != null && !isEpoch(currentEpoch))
    errors.push({ path: 'currentEpoch', message: EPOCH_RULE.replace('epoch', 'currentEpoch'), rule: 'type' });
  return {
    keys: [],
    steps: [],
    epochs: [],
    values: [],
    times: [],
    currentStep: step('currentStep', currentStep),
    totalSteps: step('totalSteps', totalSteps),
    currentEpoch: isEpoch(currentEpoch) ? currentEpoch : null,
  };
}

function longForm(report: Record<string, unknown>, errors: FieldError[]): unknown[] {
  const unknown = Object.keys(report).filter((name) => !LONG_FORM_FIELDS.has(name));
  errors.push(
    ...unknown.slice(0, 10).map((name) => ({
      path: name.slice(0, 100),
      message: `${name.slice(0, 100)} is not a field of this request`,
      rule: 'unknown' as const,
    })),
  );
  const { points } = report;
  if (!Array.isArray(points)) {
    errors.push({ path: 'points', message: 'points must be a list', rule: 'type' });
    return [];
  }
  if (points.length > POINTS_PER_REPORT) {
    errors.push({
      path: 'points',
      message: `points must have at most ${POINTS_PER_REPORT} entries: send the rest in another report`,
      rule: 'tooMany',
      limit: POINTS_PER_REPORT,
    });
    return [];
  }
  return points;
}

/** Metrics without a step stand at the step the report names otherwise, else at the number of the epoch. */
function shortForm(report: Record<string, unknown>, columns: PointColumns, errors: FieldError[]): unknown[] {
  const { step, epoch, at } = report;
  const names = Object.keys(report).filter((name) => !POSITION_FIELDS.has(name));
  if (step != null && !isStep(step)) errors.push({ path: 'step', message: STEP_RULE, rule: 'type' });
  if (epoch != null && !isEpoch(epoch)) errors.push({ path: 'epoch', message: EPOCH_RULE, rule: 'type' });
  if (names.length > POINTS_PER_REPORT) {
    const message = `a report must have at most ${POINTS_PER_REPORT} metrics`;
    errors.push({ path: '', message, rule: 'tooMany', limit: POINTS_PER_REPORT });
  }
  if (errors.length > 0) return [];
  const where = step ?? columns.currentStep ?? epoch;
  if (isStep(where)) columns.currentStep ??= where;
  if (isEpoch(epoch)) columns.currentEpoch ??= epoch;
  return names.map((key) => ({ key, step: where, value: report[key], epoch, at }));
}

/**
 * Adds a point as nearly all are, with the least work. Any other, wrong ones among them, takes the long way, which can say what is wrong.
 *
 * @param keys of this report that are known to be good
 */
function addUsual(columns: PointColumns, point: unknown, keys: Set<unknown>): boolean {
  if (typeof point !== 'object' || point === null) return false;
  const { key, step, epoch, value, at } = point as Record<string, unknown>;
  if (typeof value !== 'number' || at != null || !isStep(step) || (epoch != null && !isEpoch(epoch))) return false;
  if (!keys.has(key)) {
    if (!isKey(key)) return false;
    keys.add(key);
  }
  columns.keys.push(key as string);
  columns.steps.push(step);
  columns.epochs.push(epoch ?? null);
  columns.values.push(value);
  columns.times.push(null);
  return true;
}

function addPoint(columns: PointColumns, point: unknown, path: string, errors: FieldError[]): void {
  if (typeof point !== 'object' || point === null) {
    errors.push({ path, message: 'a point is an object {key, step, value}', rule: 'type' });
    return;
  }
  const { key, step, epoch, value, at } = point as Record<string, unknown>;
  const refuse = (field: string, message: string): void =>
    void errors.push({ path: path === '' ? field : `${path}.${field}`, message, rule: 'type' });
  if (!isKey(key))
    return refuse(
      path === '' ? String(key).slice(0, 100) : 'key',
      `key must be text of 1 to ${KEY_MAX} characters without control characters`,
    );
  const number = valueOf(value);
  const time = timeOf(at);
  if (number === undefined)
    refuse(path === '' ? key : 'value', `${path === '' ? key : 'value'} must be a number, "NaN", "Infinity" or "-Infinity"`);
  if (!isStep(step)) refuse('step', STEP_RULE);
  if (epoch != null && !isEpoch(epoch)) refuse('epoch', EPOCH_RULE);
  if (time === undefined) refuse('at', 'at must be an ISO-8601 time or milliseconds since 1970');
  if (errors.length > 0) return;
  columns.keys.push(key);
  columns.steps.push(step as number);
  columns.epochs.push((epoch as number | null | undefined) ?? null);
  columns.values.push(number as number);
  columns.times.push(time as number | null);
}

/** Whether a metric can be called so. */
export function isKey(key: unknown): key is string {
  return typeof key === 'string' && key.length <= KEY_MAX && key.trim() !== '' && !CONTROL.test(key) && isWellFormed(key);
}

function isStep(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= STEP_MAX;
}

function isEpoch(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= EPOCH_MAX;
}

/** A metric's value; "NaN" and the infinities come as text, because JSON has no numbers for them. `undefined`: it is none. */
export function valueOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? NAMED_VALUES.get(value) : undefined;
}

function timeOf(at: unknown): number | null | undefined {
  if (at == null) return null;
  const time = typeof at === 'number' ? at : typeof at === 'string' && TIME.test(at) ? Date.parse(at) : NaN;
  return time >= 0 && time < 4e12 ? time : undefined;
}

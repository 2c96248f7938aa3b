import { POINTS_PER_REPORT, type FieldError } from '@lora-ledger/contracts';
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
const KEY = /^[^\u0000-\u001f\u007f]+$/;
const STEP_MAX = 1e12;
const POSITION_FIELDS = new Set(['points', 'currentStep', 'totalSteps', 'currentEpoch']);
const NAMED_VALUES: Record<string, number> = { NaN: NaN, nan: NaN, Infinity: Infinity, inf: Infinity, '-Infinity': -Infinity, '-inf': -Infinity };

/**
 * Reads the body of `progress`, in its long form `{points: […]}` or the short one `{epoch, step, loss, …}` in which every
 * other member is a metric. By hand, because class-validator on thousands of points costs more than storing them.
 *
 * @throws Problem VALIDATION that names the first wrong points
 */
export function readPoints(body: unknown): PointColumns {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw Problem.invalid([{ path: '', message: 'a JSON object is expected here' }]);
  const report = body as Record<string, unknown>;
  const errors: FieldError[] = [];
  const columns = emptyColumns(report, errors);
  const points = 'points' in report ? longForm(report, errors) : shortForm(report, columns);
  points.forEach((point, index) => {
    if (errors.length < 10) addPoint(columns, point, 'points' in report ? `points.${index}` : '', errors);
  });
  if (errors.length > 0) throw Problem.invalid(errors);
  return columns;
}

function emptyColumns(report: Record<string, unknown>, errors: FieldError[]): PointColumns {
  const position = (name: string, max: number): number | null => {
    const value = report[name];
    if (value == null) return null;
    if (typeof value === 'number' && value >= 0 && value <= max) return name === 'currentEpoch' ? value : Math.floor(value);
    errors.push({ path: name, message: `${name} must be a number from 0 to ${max}` });
    return null;
  };
  return {
    keys: [], steps: [], epochs: [], values: [], times: [],
    currentStep: position('currentStep', STEP_MAX), totalSteps: position('totalSteps', STEP_MAX), currentEpoch: position('currentEpoch', 1e6),
  };
}

function longForm(report: Record<string, unknown>, errors: FieldError[]): unknown[] {
  const unknown = Object.keys(report).filter((name) => !POSITION_FIELDS.has(name));
  errors.push(...unknown.slice(0, 10).map((name) => ({ path: name.slice(0, 100), message: `${name.slice(0, 100)} is not a field of this request`, rule: 'unknown' })));
  const { points } = report;
  if (!Array.isArray(points)) {
    errors.push({ path: 'points', message: 'points must be a list' });
    return [];
  }
  if (points.length > POINTS_PER_REPORT) {
    errors.push({ path: 'points', message: `points must have at most ${POINTS_PER_REPORT} entries: send the rest in another report` });
    return [];
  }
  return points;
}

function shortForm({ step, epoch, at, currentStep, totalSteps, currentEpoch, ...metrics }: Record<string, unknown>, columns: PointColumns): unknown[] {
  const where = step ?? currentStep ?? 0;
  columns.currentEpoch ??= typeof (epoch ?? currentEpoch) === 'number' ? Number(epoch ?? currentEpoch) : null;
  if (typeof where === 'number' && Number.isInteger(where) && where >= 0) columns.currentStep ??= where;
  void totalSteps;
  return Object.entries(metrics).map(([key, value]) => ({ key, step: where, value, epoch: epoch ?? null, at: at ?? null }));
}

function addPoint(columns: PointColumns, point: unknown, path: string, errors: FieldError[]): void {
  if (typeof point !== 'object' || point === null) {
    errors.push({ path, message: 'a point is an object {key, step, value}' });
    return;
  }
  const { key, step, epoch, value, at } = point as Record<string, unknown>;
  const at_ = (field: string): string => (path === '' ? field : `${path}.${field}`);
  if (typeof key !== 'string' || key.length > KEY_MAX || !KEY.test(key)) {
    errors.push({ path: at_('key'), message: `key must be text of 1 to ${KEY_MAX} characters without control characters` });
    return;
  }
  const number = typeof value === 'number' ? value : typeof value === 'string' ? NAMED_VALUES[value] : undefined;
  if (number === undefined) errors.push({ path: path === '' ? key : at_('value'), message: `${path === '' ? key : 'value'} must be a number, "NaN", "Infinity" or "-Infinity"` });
  if (typeof step !== 'number' || !Number.isInteger(step) || step < 0 || step > STEP_MAX) {
    errors.push({ path: at_('step'), message: 'step must be a whole number, 0 or more' });
  }
  if (epoch != null && (typeof epoch !== 'number' || epoch < 0 || epoch > 1e6)) errors.push({ path: at_('epoch'), message: 'epoch must be a number, 0 or more' });
  const time = at == null ? null : typeof at === 'number' ? at : typeof at === 'string' ? Date.parse(at) : NaN;
  if (time !== null && !(time >= 0 && time < 4e12)) errors.push({ path: at_('at'), message: 'at must be an ISO-8601 time or milliseconds since 1970' });
  if (errors.length > 0) return;
  columns.keys.push(key);
  columns.steps.push(step as number);
  columns.epochs.push((epoch as number | null | undefined) ?? null);
  columns.values.push(number as number);
  columns.times.push(time);
}

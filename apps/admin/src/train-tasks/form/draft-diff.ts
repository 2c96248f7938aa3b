import type { CreateTrainTask } from '@lora-ledger/contracts';
import { ORIGINAL } from '../bookkeeping.js';

/** One parameter that differs between two requests. Extra parameters have the path `extraParams.<key>`; absent is `undefined`. */
export interface Change {
  path: string;
  before: unknown;
  after: unknown;
}

type Request = Readonly<Record<string, unknown>>;

/** What is said about a task, not what it does: changing it makes no other experiment. */
const WORDS = new Set(['name', 'description', 'tags', 'note', 'createUser']);

/** Everything that differs, in the order of the fields; `null` and absent are the same, as in every request. */
export function findChanges(before: Request, after: Request): Change[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => key !== 'extraParams');
  const changes = (keys: readonly string[], prefix: string, left: Request, right: Request): Change[] =>
    keys.flatMap((key) =>
      isSame(comparable(key, left[key]), comparable(key, right[key]))
        ? []
        : [{ path: prefix + key, before: left[key] ?? undefined, after: right[key] ?? undefined }],
    );
  const [extraBefore, extraAfter] = [extrasOf(before), extrasOf(after)];
  const extraKeys = [...new Set([...Object.keys(extraBefore), ...Object.keys(extraAfter)])];
  return [...changes(fields, '', before, after), ...changes(extraKeys, 'extraParams.', extraBefore, extraAfter)];
}

/** Whether a change makes another experiment, and is counted and marked as such. */
export function isExperimental({ path }: Change): boolean {
  return !WORDS.has(path) && path !== `extraParams.${ORIGINAL}`;
}

/** Whether a change is one of what people say about a task, and see themselves; the note is new with every clone. */
export function isWording({ path }: Change): boolean {
  return path === 'name' || path === 'description' || path === 'tags';
}

/** The overrides of a clone request: only what differs, `null` where a value is taken away. */
export function toOverrides(changes: readonly Change[]): Partial<CreateTrainTask> {
  const overrides: Record<string, unknown> = {};
  const extraParams: Record<string, unknown> = {};
  for (const { path, after } of changes) {
    if (path === 'note') continue;
    if (path.startsWith('extraParams.')) extraParams[path.slice('extraParams.'.length)] = after ?? null;
    else overrides[path] = after ?? null;
  }
  return { ...overrides, ...(Object.keys(extraParams).length === 0 ? {} : { extraParams }) } as Partial<CreateTrainTask>;
}

function extrasOf(request: Request): Request {
  return (request['extraParams'] ?? {}) as Request;
}

/** Labels have no order. */
function comparable(key: string, value: unknown): unknown {
  return key === 'tags' && Array.isArray(value) ? [...(value as unknown[])].sort() : value;
}

function isSame(a: unknown, b: unknown): boolean {
  return stable(a) === stable(b);
}

/** Text that is equal for equal values whatever the order of their keys. */
function stable(value: unknown): string {
  if (value == null) return '';
  return JSON.stringify(value, (_key, child: unknown) =>
    typeof child === 'object' && child !== null && !Array.isArray(child)
      ? Object.fromEntries(Object.entries(child).sort(([x], [y]) => (x < y ? -1 : 1)))
      : child,
  );
}

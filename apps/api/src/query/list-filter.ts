import { UNSET_FIELDS, type TrainTaskFilter } from '@lora-ledger/contracts';
import type { Where } from '../database/where.js';

/** The words of a search are looked for in here; an index of the same expression answers it. */
const WORDS = `(t.name || ' ' || t.model_name || ' ' || coalesce(left(t.error_message, 2000), ''))`;

/** Seconds from start to end, as the index on it has them. */
export const DURATION = 'extract(epoch FROM t.end_time - t.start_time)::double precision';

const RANGES = {
  loraRank: { column: 't.lora_rank', isWhole: true },
  loraAlpha: { column: 't.lora_alpha', isWhole: false },
  learningRate: { column: 't.learning_rate', isWhole: false },
  batchSize: { column: 't.batch_size', isWhole: true },
  epochs: { column: 't.epochs', isWhole: false },
  finalLoss: { column: 't.final_loss', isWhole: false },
  duration: { column: DURATION, isWhole: false },
} as const;

/**
 * Narrows a statement over `train_task t` (joined with its owner `u`) to what the filter selects. Lists, counts, exports,
 * bulk actions and analytics all go through here, so that the same filter always means the same tasks.
 */
export function applyFilter(where: Where, filter: TrainTaskFilter): void {
  where.and(filter.deleted === 'only' ? 't.deleted_at IS NOT NULL' : 't.deleted_at IS NULL');
  for (const word of filter.q
    ?.split(/\s+/)
    .filter((one) => one !== '')
    .slice(0, 10) ?? []) {
    where.and(`${WORDS} ILIKE ${where.bind(`%${escapeLike(word)}%`)}`);
  }
  if (filter.user?.length) where.and(ownedBy(where, filter.user));
  anyOf(where, 't.status', filter.status);
  anyOf(where, 't.model_name', filter.modelName);
  anyOf(where, 't.trainer', filter.trainer);
  anyOf(where, 't.failure_reason', filter.failureReason);
  anyOf(where, 't.host', filter.host);
  anyOf(where, 't.gpu', filter.gpu);
  if (filter.tag?.length) where.and(`t.tags @> ${where.bind(filter.tag, 'text[]')}`);
  if (filter.fingerprint != null) where.and(`t.fingerprint = ${where.bind(filter.fingerprint)}`);
  if (filter.family != null) where.and(`t.family_id = ${where.bind(filter.family, 'uuid')}`);
  if (filter.taskId != null) where.and(idBegins(where, filter.taskId));
  if (filter.ids?.length) where.and(`t.task_id = ANY(${where.bind(filter.ids, 'uuid[]')})`);
  times(where, filter);
  ranges(where, filter);
  for (const [key, value] of Object.entries(filter.extra ?? {})) where.and(extraEquals(where, key, value));
  for (const [key, value] of Object.entries(filter.extraMin ?? {}))
    where.and(`${extraNumber(where, key)} >= ${where.bind(String(value), 'numeric')}`);
  for (const [key, value] of Object.entries(filter.extraMax ?? {}))
    where.and(`${extraNumber(where, key)} <= ${where.bind(String(value), 'numeric')}`);
  for (const name of filter.unset ?? []) where.and(isUnset(where, name));
}

/**
 * Resolved to ids inside the statement, so that an index on the owner and an order can be used. A name may have had an owner before;
 * with a single name, which is what people ask for, the newest is meant, because one id keeps that order and several would not.
 */
function ownedBy(where: Where, usernames: readonly string[]): string {
  const names = where.bind(usernames, 'text[]');
  return usernames.length === 1
    ? `t.create_user = (SELECT o.id FROM app_user o WHERE o.username = ANY(${names}) ORDER BY o.deleted_at IS NULL DESC, o.id DESC LIMIT 1)`
    : `t.create_user = ANY(ARRAY(SELECT o.id FROM app_user o WHERE o.username = ANY(${names})))`;
}

/** As a range, which the key of the column answers. */
function idBegins(where: Where, start: string): string {
  const digits = start.replaceAll('-', '').slice(0, 32);
  return `t.task_id BETWEEN ${where.bind(digits.padEnd(32, '0'), 'uuid')} AND ${where.bind(digits.padEnd(32, 'f'), 'uuid')}`;
}

function anyOf(where: Where, column: string, values: readonly string[] | undefined): void {
  if (values?.length === 1) where.and(`${column} = ${where.bind(values[0])}`);
  // Without a cast: the facts have a type of their own for the state.
  else if (values?.length) where.and(`${column} = ANY(${where.bind(values)})`);
}

function times(where: Where, { createdFrom, createdTo, startedFrom, startedTo }: TrainTaskFilter): void {
  if (createdFrom != null) where.and(`t.created_at >= ${where.bind(createdFrom, 'timestamptz')}`);
  if (createdTo != null) where.and(`t.created_at < ${where.bind(createdTo, 'timestamptz')}`);
  if (startedFrom != null) where.and(`t.start_time >= ${where.bind(startedFrom, 'timestamptz')}`);
  if (startedTo != null) where.and(`t.start_time < ${where.bind(startedTo, 'timestamptz')}`);
}

/** A column of whole numbers is compared with whole numbers: compared with fractions its index would be of no use. */
function ranges(where: Where, filter: TrainTaskFilter): void {
  for (const [name, { column, isWhole }] of Object.entries(RANGES) as [keyof typeof RANGES, (typeof RANGES)[keyof typeof RANGES]][]) {
    const [min, max] = [filter[`${name}Min`], filter[`${name}Max`]];
    const bound = (value: number, whole: (value: number) => number): string =>
      isWhole ? where.bind(whole(value), 'bigint') : where.bind(value, 'double precision');
    if (min != null) where.and(`${column} >= ${bound(min, (value) => Math.ceil(clamp(value)))}`);
    if (max != null) where.and(`${column} <= ${bound(max, (value) => Math.floor(clamp(value)))}`);
  }
}

/** Beyond what the column can hold, but within what an integer parameter can say. */
function clamp(value: number): number {
  return Math.min(Math.max(value, -(2 ** 40)), 2 ** 40);
}

/** A query string has only text: `8`, `true` and `null` may mean the text or the value, so either counts. */
function extraEquals(where: Where, key: string, value: string): string {
  const holds = (one: unknown): string => `t.extra_params @> ${where.bind(JSON.stringify({ [key]: one }), 'jsonb')}`;
  return [holds(value), ...literal(value).map(holds)].join(' OR ');
}

/**
 * `NULL` for what is no number. As exact as JSON has it, so that 0.1 is 0.1. Without an index: which keys there are is known to the trainers only,
 * and such ranges are asked together with a model or a time, or along an order of the list that has one.
 */
function extraNumber(where: Where, key: string): string {
  const value = `t.extra_params -> ${where.bind(key, 'text')}`;
  return `CASE WHEN jsonb_typeof(${value}) = 'number' THEN (${value})::numeric END`;
}

const UNSET = { epochs: 't.epochs', gpu: 't.gpu', host: 't.host' } as const satisfies Record<(typeof UNSET_FIELDS)[number], string>;

/** Without an index for the same reason: where few have a value, many have none. */
function isUnset(where: Where, name: string): string {
  const field = UNSET_FIELDS.find((known) => known === name);
  return `${field === undefined ? `jsonb_extract_path_text(t.extra_params, ${where.bind(name.slice('extra.'.length), 'text')})` : UNSET[field]} IS NULL`;
}

function literal(text: string): unknown[] {
  if (text === 'true' || text === 'false' || text === 'null') return [JSON.parse(text)];
  return text.trim() !== '' && Number.isFinite(Number(text)) ? [Number(text)] : [];
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`);
}

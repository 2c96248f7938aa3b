import type { TrainTaskSummary } from '@lora-ledger/contracts';
import type { TaskStatus } from '@lora-ledger/training';
import type { UserCaller } from '../auth/caller.js';
import { allowedActions, isStalled } from './present.js';

/** A row as PostgreSQL sends it: a text for each column. */
export type TextRow = readonly (string | null)[];

/**
 * What the text of a column is: `json` already; a `number`, which may be none that JSON knows; a `flag`; a `word`, which never needs an escape
 * (ids, digests, states); any `text`; a `time` in UTC.
 */
type Form = 'json' | 'number' | 'flag' | 'word' | 'text' | 'time';

/** Every field of a summary that is read: an expression over `train_task t` joined with its owner `u`, and its form. In the order they are sent. */
const FIELDS: Record<Exclude<keyof TrainTaskSummary, 'stalled' | 'actions' | 'columns'>, [sql: string, form: Form]> = {
  id: ['t.id', 'word'],
  taskId: ['t.task_id', 'word'],
  name: ['t.name', 'text'],
  description: ['left(t.description, 10000)', 'text'],
  tags: ['to_json(t.tags)', 'json'],
  trainer: ['t.trainer', 'text'],
  modelName: ['t.model_name', 'text'],
  modelPath: ['t.model_path', 'text'],
  loraRank: ['t.lora_rank', 'json'],
  loraAlpha: ['t.lora_alpha', 'number'],
  learningRate: ['t.learning_rate', 'number'],
  batchSize: ['t.batch_size', 'json'],
  epochs: ['t.epochs', 'number'],
  maxSteps: ['t.max_steps', 'json'],
  seed: ['t.seed', 'json'],
  trainDataDir: ['t.train_data_dir', 'text'],
  metadataPath: ['t.metadata_path', 'text'],
  outputPath: ['t.output_path', 'text'],
  incremental: ['t.incremental', 'flag'],
  resumeFrom: ['t.resume_from', 'text'],
  extraParams: ['t.extra_params', 'json'],
  status: ['t.status', 'word'],
  failureReason: ['t.failure_reason', 'word'],
  errorMessage: ['t.error_message', 'text'],
  exitCode: ['t.exit_code', 'json'],
  progress: ['t.progress', 'number'],
  currentEpoch: ['t.current_epoch', 'number'],
  currentStep: ['t.current_step', 'json'],
  totalSteps: ['t.total_steps', 'json'],
  finalLoss: [`CASE WHEN t.status = 'RUNNING' THEN t.last_loss ELSE t.final_loss END`, 'number'],
  bestLoss: ['t.best_loss', 'number'],
  createUser: ['u.username', 'text'],
  createdAt: ['t.created_at', 'time'],
  startTime: ['t.start_time', 'time'],
  endTime: ['t.end_time', 'time'],
  lastSeenAt: ['t.last_seen_at', 'time'],
  fingerprint: ['t.fingerprint', 'word'],
  familyId: ['t.family_id', 'word'],
  attempt: ['t.attempt', 'json'],
  clonedFrom: ['t.cloned_from', 'word'],
  host: ['t.host', 'text'],
  gpu: ['t.gpu', 'text'],
  gpuSeconds: ['t.gpu_seconds', 'number'],
  cost: ['t.cost', 'number'],
  deletedAt: ['t.deleted_at', 'time'],
};

const NAMES = Object.keys(FIELDS) as (keyof typeof FIELDS)[];
const WRITERS = Object.values(FIELDS).map(([, form], index) => ({
  label: `${index === 0 ? '{' : ','}"${NAMES[index]}":`,
  write: writerOf(form),
}));
const place = (name: keyof typeof FIELDS): number => NAMES.indexOf(name);
const [STATUS, DELETED, LAST_SEEN, STARTED, EXTRA] = [
  place('status'),
  place('deletedAt'),
  place('lastSeenAt'),
  place('startTime'),
  place('extraParams'),
];
const OWNER = NAMES.length;

/** What {@link summaryJson} reads. More columns may follow, from {@link SUMMARY_WIDTH} on. */
export const SUMMARY_TEXTS = [...Object.values(FIELDS).map(([sql]) => sql), 't.create_user'].join(', ');
export const SUMMARY_WIDTH = OWNER + 1;

/**
 * A `TrainTaskSummary` as JSON, put together from the texts of its row. To read a page into objects and write them out again took more than
 * half of the time of a list.
 *
 * @param columns JSON of the further columns, when some were asked for
 * @param stalledAfter seconds of silence after which a running task counts as stalled
 */
export function summaryJson(row: TextRow, caller: UserCaller, stalledAfter: number, columns?: string): string {
  let json = '';
  WRITERS.forEach(({ label, write }, index) => {
    const text = row[index] ?? null;
    json += label + (text === null ? 'null' : write(text));
  });
  const status = row[STATUS] as TaskStatus;
  const lastSign = row[LAST_SEEN] ?? row[STARTED] ?? null;
  const stalled = status === 'RUNNING' && lastSign !== null && isStalled(Date.parse(isoTime(lastSign)), stalledAfter);
  const actions = allowedActions({ status, isTrashed: row[DELETED] !== null, ownerId: row[OWNER] ?? '' }, caller);
  return `${json},"stalled":${stalled},"actions":${actions.length === 0 ? '[]' : `["${actions.join('","')}"]`}${columns === undefined ? '' : `,"columns":${columns}`}}`;
}

/** JSON of the extra parameters of a row. */
export function extraParamsOf(row: TextRow): string {
  return row[EXTRA] ?? '{}';
}

function writerOf(form: Form): (text: string) => string {
  switch (form) {
    case 'json':
      return (text) => text;
    case 'number':
      return numberJson;
    case 'flag':
      return (text) => (text === 't' ? 'true' : 'false');
    case 'word':
      return (text) => `"${text}"`;
    case 'text':
      return (text) => JSON.stringify(text);
    case 'time':
      return (text) => `"${isoTime(text)}"`;
  }
}

/** JSON has no NaN: a loss that is none is told by the curve, not by the list. */
function numberJson(text: string): string {
  return text === 'NaN' || text.endsWith('y') ? 'null' : text;
}

/** PostgreSQL leaves out the end of a fraction that is zero. */
function isoTime(text: string): string {
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, -3).padEnd(3, '0')}Z`;
}

import { CONFIG_FIELDS, CONFIG_FORMATS, FAILURE_REASONS, TASK_ACTIONS, TASK_STATUSES, type ConfigFormat, type FailureReason, type JsonObject, type TaskAction, type TaskStatus } from '@lora-ledger/training';
import { ApiProperty } from '@nestjs/swagger';
import { Recovered } from './config-file.js';
import {
  BooleanField, BooleanQuery, ChoiceField, IntegerField, JsonField, NestedField, NestedListField, NumberField, NumberMapField, NumericQuery, RepeatableQuery, TextField, TextListField, TextMapField, TimeField, UuidField,
} from './field.js';

const F = CONFIG_FIELDS;
const NAME_MAX = 200;
/** A cursor holds the sort value of a row, at most a model name of 300 characters, twice encoded. */
const CURSOR_MAX = 4000;
const TAGS = { max: 50, itemMax: 60 };

/** The parameters of a training, as submitted. Bounds come from the canonical configuration. */
export class ConfigFields {
  @TextField({ ...F.modelName, description: 'Base model: file name without extension, or hub repository', example: 'v1-5-pruned' })
  modelName: string;

  @TextField({ ...F.modelPath, description: 'Where the trainer finds the base model: a path on its host or a hub repository', optional: true })
  modelPath?: string | null;

  @IntegerField({ ...F.loraRank, description: 'Rank of the adapter matrices ("dim", "r")', example: 16 })
  loraRank: number;

  @NumberField({ ...F.loraAlpha, description: 'Scaling numerator: updates are scaled by alpha / rank. The rank when absent', optional: true })
  loraAlpha?: number | null;

  @NumberField({ ...F.learningRate, description: 'Learning rate', example: 1e-4 })
  learningRate: number;

  @IntegerField({ ...F.batchSize, description: 'Samples per device and step', example: 4 })
  batchSize: number;

  @NumberField({ ...F.epochs, description: 'Passes over the data, fractions allowed; this or maxSteps', optional: true, example: 10 })
  epochs?: number | null;

  @IntegerField({ ...F.maxSteps, description: 'Optimizer steps; this or epochs', optional: true })
  maxSteps?: number | null;

  @IntegerField({ ...F.seed, description: 'Seed; without one a run cannot be repeated exactly', optional: true })
  seed?: number | null;

  @TextField({ ...F.trainDataDir, description: 'Folder of the training data on the trainer\'s host', example: './data/art_style' })
  trainDataDir: string;

  @TextField({ ...F.metadataPath, description: 'Captions or samples file beside the data', optional: true })
  metadataPath?: string | null;

  @TextField({ ...F.outputPath, description: 'Where the result should go; every attempt still gets a folder of its own', optional: true })
  outputPath?: string | null;

  @BooleanField({ description: 'Whether training goes on from existing weights', optional: true })
  incremental?: boolean | null;

  @TextField({ ...F.resumeFrom, description: 'Adapter weights or trainer state to go on from', optional: true })
  resumeFrom?: string | null;

  @JsonField({ description: 'Everything else the trainer reads, under the trainer\'s own keys', optional: true, example: { optimizer: 'adamw8bit' } })
  extraParams?: JsonObject | null;
}

/** A trainer's own file that a request was made from. */
export class SubmittedSource {
  @ChoiceField({ description: 'Whose format it is; extra parameters stand under that trainer\'s keys', choices: CONFIG_FORMATS })
  format: ConfigFormat;

  @TextField({ description: 'The text as it is; credentials in it are made unreadable', max: 1_048_576, lines: 'many', optional: true })
  text?: string | null;

  @TextField({ description: 'File name it came under', max: 300, optional: true })
  fileName?: string | null;
}

export class CreateTrainTask extends ConfigFields {
  @TextField({ description: 'Name; made from model and rank when absent', max: NAME_MAX, optional: true, empty: false })
  name?: string | null;

  @TextField({ description: 'What this training is for', max: 10_000, lines: 'many', optional: true })
  description?: string | null;

  @TextListField({ description: 'Labels to find it by', ...TAGS, optional: true })
  tags?: string[] | null;

  @TextField({ description: 'Trainer profile; the first one when absent', max: 100, optional: true, example: 'demo' })
  trainer?: string | null;

  @TextField({ description: 'Why this is tried, kept with the history', max: 2000, lines: 'many', optional: true })
  note?: string | null;

  @NestedField({ description: 'The file these fields were read from, kept beside them', optional: true }, () => SubmittedSource)
  source?: SubmittedSource | null;

  @TextField({ description: 'Owner\'s username. Admins may submit for somebody; members may only name themselves', max: 100, optional: true })
  createUser?: string | null;
}

export class PatchTrainTask {
  @TextField({ description: 'New name', max: NAME_MAX, optional: true, empty: false })
  name?: string;

  @TextField({ description: 'New description', max: 10_000, lines: 'many', optional: true })
  description?: string | null;

  @TextListField({ description: 'The labels it has from now on', ...TAGS, optional: true })
  tags?: string[];
}

export class CloneTrainTask {
  @JsonField({ description: 'Fields of a create request that differ from the original. `extraParams` is merged key by key; a `null` takes a value away', optional: true, example: { loraRank: 32 } })
  overrides?: Partial<CreateTrainTask> | null;

  @TextField({ description: 'What is changed and why', max: 2000, lines: 'many', optional: true })
  note?: string | null;
}

export const SORT_FIELDS = [
  'createdAt', 'startTime', 'endTime', 'name', 'status', 'modelName', 'loraRank', 'loraAlpha', 'learningRate', 'batchSize', 'epochs', 'progress', 'finalLoss', 'bestLoss', 'duration', 'cost',
] as const;
export type SortField = (typeof SORT_FIELDS)[number];
export const SORT_KEYS_MAX = 3;

/** A column that a list has on demand: `metric.<key>.last`, `.min` or `.max`, or `extra.<key>`. */
export const EXTRA_COLUMN = /^(metric\.(?<metric>.{1,200})\.(?<part>last|min|max)|extra\.(?<extra>.{1,200}))$/;
export const EXTRA_COLUMNS_MAX = 12;

/** `mine`: own tasks; `shared`: other people's that are shared with the caller; `all`: whatever the caller may see. */
export const TASK_SCOPES = ['mine', 'shared', 'all'] as const;
export type TaskScope = (typeof TASK_SCOPES)[number];

/** Fields that may have no value, beside extra parameters. */
export const UNSET_FIELDS = ['epochs', 'gpu', 'host'] as const;

/** Everything a list of tasks can be narrowed by; all of it combines. `extra.<key>=<value>` comes beside these. */
export class TrainTaskFilter {
  @TextField({ description: 'Words to find in name, model and error text', max: 500, optional: true })
  q?: string;

  @TextListField({ description: 'Owner usernames (admins; for others only their own is useful)', max: 50, itemMax: 100, optional: true })
  @RepeatableQuery()
  user?: string[];

  @TextListField({ description: 'States', max: 5, itemMax: 20, choices: TASK_STATUSES, optional: true })
  @RepeatableQuery()
  status?: TaskStatus[];

  @TimeField({ description: 'Created at or after', optional: true })
  createdFrom?: string;

  @TimeField({ description: 'Created before', optional: true })
  createdTo?: string;

  @TimeField({ description: 'Started at or after', optional: true })
  startedFrom?: string;

  @TimeField({ description: 'Started before', optional: true })
  startedTo?: string;

  @TextListField({ description: 'Base models', max: 50, itemMax: 300, optional: true })
  @RepeatableQuery()
  modelName?: string[];

  @TextListField({ description: 'Trainer profiles', max: 50, itemMax: 100, optional: true })
  @RepeatableQuery()
  trainer?: string[];

  @TextListField({ description: 'Hosts they ran on', max: 50, itemMax: 300, optional: true })
  @RepeatableQuery()
  host?: string[];

  @TextListField({ description: 'GPUs they ran on', max: 50, itemMax: 300, optional: true })
  @RepeatableQuery()
  gpu?: string[];

  @TextListField({ description: 'Labels; a task must have all of them', max: 20, itemMax: 60, optional: true })
  @RepeatableQuery()
  tag?: string[];

  @TextListField({ description: 'Failure reasons', max: 20, itemMax: 30, choices: FAILURE_REASONS, optional: true })
  @RepeatableQuery()
  failureReason?: FailureReason[];

  @NumberField({ description: 'Lowest rank', optional: true }) @NumericQuery() loraRankMin?: number;
  @NumberField({ description: 'Highest rank', optional: true }) @NumericQuery() loraRankMax?: number;
  @NumberField({ description: 'Lowest alpha', optional: true }) @NumericQuery() loraAlphaMin?: number;
  @NumberField({ description: 'Highest alpha', optional: true }) @NumericQuery() loraAlphaMax?: number;
  @NumberField({ description: 'Lowest learning rate', optional: true }) @NumericQuery() learningRateMin?: number;
  @NumberField({ description: 'Highest learning rate', optional: true }) @NumericQuery() learningRateMax?: number;
  @NumberField({ description: 'Smallest batch size', optional: true }) @NumericQuery() batchSizeMin?: number;
  @NumberField({ description: 'Largest batch size', optional: true }) @NumericQuery() batchSizeMax?: number;
  @NumberField({ description: 'Fewest epochs', optional: true }) @NumericQuery() epochsMin?: number;
  @NumberField({ description: 'Most epochs', optional: true }) @NumericQuery() epochsMax?: number;
  @NumberField({ description: 'Lowest final loss', optional: true }) @NumericQuery() finalLossMin?: number;
  @NumberField({ description: 'Highest final loss', optional: true }) @NumericQuery() finalLossMax?: number;
  @NumberField({ description: 'Least seconds from start to end; tasks that have not ended have none', optional: true }) @NumericQuery() durationMin?: number;
  @NumberField({ description: 'Most seconds from start to end', optional: true }) @NumericQuery() durationMax?: number;

  @TextField({ description: 'Fingerprint: the same experiment', max: 64, optional: true, pattern: /^[0-9a-f]{64}$/, patternHint: 'must be 64 hexadecimal digits' })
  fingerprint?: string;

  @UuidField({ description: 'Family: a task and its retries, named by the first task', optional: true })
  family?: string;

  @TextField({ description: 'The first 4 or more digits of a task\'s public id', max: 36, optional: true, pattern: /^[0-9a-f]{4,8}(-[0-9a-f-]{0,27})?$/i, patternHint: 'must be the beginning of a task id' })
  taskId?: string;

  @ChoiceField({ description: '`only`: the trash', choices: ['only'], optional: true })
  deleted?: 'only';

  @ChoiceField({ description: '`mine`, `shared` (other people\'s, with me) or `all` I may see. When absent: admins see all, others their own', choices: TASK_SCOPES, optional: true })
  scope?: TaskScope;

  @TextMapField({ description: 'Equality on extra parameters; in a query string `extra.<key>=<value>`', optional: true })
  extra?: Record<string, string>;

  @NumberMapField({ description: 'Lowest value of extra parameters that are numbers; in a query string `extraMin.<key>=<number>`', optional: true })
  extraMin?: Record<string, number>;

  @NumberMapField({ description: 'Highest value of extra parameters that are numbers; in a query string `extraMax.<key>=<number>`', optional: true })
  extraMax?: Record<string, number>;

  @TextListField({
    description: `Fields that have no value, ${UNSET_FIELDS.join(', ')} or \`extra.<key>\`; a list with commas or repeated`, max: 10, itemMax: 210, optional: true,
    pattern: new RegExp(`^(${UNSET_FIELDS.join('|')}|extra\\.[^,]{1,200})$`, 'su'), patternHint: `must be one of ${UNSET_FIELDS.join(', ')} or extra.<key>`,
  })
  @RepeatableQuery({ commas: true })
  unset?: string[];
}

export class TrainTaskQuery extends TrainTaskFilter {
  @TextField({
    description: `Fields to sort by, up to ${SORT_KEYS_MAX} with commas between, "-" in front for descending: ${SORT_FIELDS.join(', ')}. "-createdAt" when absent. Tasks without a value come last`,
    max: 60, optional: true, example: '-finalLoss,loraRank',
    pattern: new RegExp(`^-?(${SORT_FIELDS.join('|')})(,-?(${SORT_FIELDS.join('|')})){0,${SORT_KEYS_MAX - 1}}$`), patternHint: `must be up to ${SORT_KEYS_MAX} sortable fields with commas between`,
  })
  sort?: string;

  @TextListField({
    description: 'Further columns, answered as `columns` of each row: `metric.<key>.last`, `metric.<key>.min`, `metric.<key>.max` or `extra.<key>`', max: EXTRA_COLUMNS_MAX, itemMax: 220, optional: true,
    pattern: EXTRA_COLUMN, patternHint: 'must be metric.<key>.last, .min or .max, or extra.<key>',
  })
  @RepeatableQuery()
  column?: string[];

  @IntegerField({ description: 'How many rows to answer, 1 to 100; 50 when absent', min: 1, max: 100, optional: true })
  @NumericQuery()
  limit?: number;

  @TextField({ description: '`nextCursor` of the page before', max: CURSOR_MAX, optional: true })
  cursor?: string;

  @BooleanField({ description: 'Also count what the filter selects', optional: true })
  @BooleanQuery()
  withTotal?: boolean;
}

export class OutputFile {
  @TextField({ description: 'Path below the output folder', max: 1000 }) path: string;
  @IntegerField({ description: 'Bytes', min: 0 }) size: number;
  @TextField({ description: 'SHA-256 of the content, 64 hexadecimal digits', max: 64, pattern: /^[0-9a-f]{64}$/ }) sha256: string;
}

/** One task in a list: everything people filter, sort and scan by. */
export class TrainTaskSummary extends ConfigFields {
  @TextField({ description: '64-bit id as text', max: 20 }) id: string;
  @UuidField({ description: 'Public name of the task, everywhere' }) taskId: string;
  @TextField({ description: 'Name', max: NAME_MAX }) name: string;
  @TextField({ description: 'Description', max: 10_000, optional: true }) description: string | null;
  @TextListField({ description: 'Labels', ...TAGS }) tags: string[];
  @TextField({ description: 'Trainer profile', max: 100 }) trainer: string;
  @ChoiceField({ description: 'State', choices: TASK_STATUSES }) status: TaskStatus;
  @ChoiceField({ description: 'Why it failed', choices: FAILURE_REASONS, optional: true }) failureReason: FailureReason | null;
  @TextField({ description: 'Error as reported, at most 64 kB', max: 65_536, optional: true }) errorMessage: string | null;
  @IntegerField({ description: 'Exit code of the trainer process', optional: true }) exitCode: number | null;
  @NumberField({ description: 'Part done, 0 to 1', min: 0, max: 1, optional: true }) progress: number | null;
  @NumberField({ description: 'Epoch it is in', optional: true }) currentEpoch: number | null;
  @IntegerField({ description: 'Step it is at', optional: true }) currentStep: number | null;
  @IntegerField({ description: 'Steps it will make', optional: true }) totalSteps: number | null;
  @NumberField({ description: 'Last training loss', optional: true }) finalLoss: number | null;
  @NumberField({ description: 'Lowest training loss', optional: true }) bestLoss: number | null;
  @BooleanField({ description: 'RUNNING without a sign of life for longer than the threshold' }) stalled: boolean;
  @TextField({ description: 'Owner\'s username', max: 100 }) createUser: string;
  @TimeField({ description: 'Created' }) createdAt: string;
  @TimeField({ description: 'Started', optional: true }) startTime: string | null;
  @TimeField({ description: 'Ended', optional: true }) endTime: string | null;
  @TimeField({ description: 'Last report', optional: true }) lastSeenAt: string | null;
  @TextField({ description: 'SHA-256 over what decides the result', max: 64 }) fingerprint: string;
  @UuidField({ description: 'First task of the family' }) familyId: string;
  @IntegerField({ description: 'Attempt inside the family, from 1', min: 1 }) attempt: number;
  @UuidField({ description: 'Task this one was cloned from', optional: true }) clonedFrom: string | null;
  @TextField({ description: 'Host it runs on', max: 255, optional: true }) host: string | null;
  @TextField({ description: 'GPU', max: 255, optional: true }) gpu: string | null;
  @NumberField({ description: 'GPU seconds used', optional: true }) gpuSeconds: number | null;
  @NumberField({ description: 'Cost in the currency of the profile\'s price', optional: true }) cost: number | null;
  @TimeField({ description: 'Trashed', optional: true }) deletedAt: string | null;
  @TextListField({ description: 'What the caller can do with it now', max: 10, itemMax: 20, choices: TASK_ACTIONS }) actions: readonly TaskAction[];
  @JsonField({ description: 'In a list that was asked for further columns: the value of each, `null` where there is none; "NaN" and "Infinity" as text', optional: true, example: { 'metric.loss.min': 0.084, 'extra.optimizer': 'AdamW8bit' } })
  columns?: JsonObject;
}

/** What changes of a running task with every report. The live stream tells this instead of the whole task. */
export type TaskProgress = Pick<TrainTaskSummary, 'taskId' | 'progress' | 'currentEpoch' | 'currentStep' | 'totalSteps' | 'finalLoss' | 'lastSeenAt' | 'stalled'>;

export class RelatedTask {
  @UuidField({ description: 'Task' }) taskId: string;
  @TextField({ description: 'Name', max: NAME_MAX }) name: string;
  @ChoiceField({ description: 'State', choices: TASK_STATUSES }) status: TaskStatus;
  @IntegerField({ description: 'Attempt', min: 1 }) attempt: number;
  @NumberField({ description: 'Last training loss', optional: true }) finalLoss: number | null;
  @TimeField({ description: 'Created' }) createdAt: string;
}

export class MetricSummary {
  @TextField({ description: 'Metric', max: 200 }) key: string;
  @NumberField({ description: 'Value at the highest step; "NaN" and "Infinity" as text', optional: true }) last: number | string | null;
  @NumberField({ description: 'Lowest finite value', optional: true }) min: number | null;
  @NumberField({ description: 'Highest finite value', optional: true }) max: number | null;
  @IntegerField({ description: 'Points', min: 0 }) count: number;
  @IntegerField({ description: 'Highest step', min: 0 }) lastStep: number;
}

export class ConfigSource {
  @TextField({ description: 'Format of the submitted text', max: 50 }) format: string;
  @TextField({ description: 'The text as submitted', max: 1_048_576, lines: 'many' }) text: string;
  @TextField({ description: 'File name it came under', max: 300, optional: true }) fileName: string | null;
}

/** One task, whole. */
export class TrainTaskDetail extends TrainTaskSummary {
  @TextField({ description: 'Why this was tried', max: 2000, optional: true }) note: string | null;
  @NestedField({ description: 'The configuration as submitted', optional: true }, () => ConfigSource) configSource: ConfigSource | null;
  @TextField({ description: 'Log file on the worker\'s host', max: 1000, optional: true }) logPath: string | null;
  @IntegerField({ description: 'Bytes of log held here', min: 0 }) logSize: number;
  @JsonField({ description: 'What the trainer said about its environment', optional: true }) environment: JsonObject | null;
  @TextField({ description: 'The output the trainer named', max: 1000, optional: true }) output: string | null;
  @NestedField({ description: 'For tasks entered from their weights: what the file told', optional: true }, () => Recovered) recovered: Recovered | null;
  @NestedListField({ description: 'Output files', max: 1000 }, () => OutputFile) outputFiles: OutputFile[];
  @NestedListField({ description: 'Metrics, one line each', max: 1000 }, () => MetricSummary) metrics: MetricSummary[];
  @NestedListField({ description: 'The attempts of its family', max: 100 }, () => RelatedTask) family: RelatedTask[];
  @NestedListField({ description: 'Tasks cloned from it', max: 100 }, () => RelatedTask) clones: RelatedTask[];
}

export class TrainTaskPage {
  @NestedListField({ description: 'Rows', max: 100 }, () => TrainTaskSummary) items: TrainTaskSummary[];
  @TextField({ description: 'Give it back as `cursor` for the next page; null on the last', max: CURSOR_MAX, optional: true }) nextCursor: string | null;
  @IntegerField({ description: 'How many the filter selects, when asked for: exact up to 10 000, beyond that to two digits', min: 0, optional: true }) total?: number;
  @BooleanField({ description: 'Whether `total` is an estimate ("about 1.2 million"), when asked for', optional: true }) totalIsEstimate?: boolean;
}

export class TaskEvent {
  @TextField({ description: 'Id', max: 20 }) id: string;
  @TimeField({ description: 'When' }) at: string;
  @TextField({ description: 'What happened: created, started, finished, failed, cancelled, trashed, restored, edited, …', max: 50 }) type: string;
  @TextField({ description: 'Who: a username, "trainer", "worker" or "ledger"', max: 100 }) actor: string;
  @ChoiceField({ description: 'State before', choices: TASK_STATUSES, optional: true }) from: TaskStatus | null;
  @ChoiceField({ description: 'State after', choices: TASK_STATUSES, optional: true }) to: TaskStatus | null;
  @TextField({ description: 'Why', max: 4000, lines: 'many', optional: true }) why: string | null;
}

export class TaskEvents {
  @NestedListField({ description: 'Oldest first', max: 1000 }, () => TaskEvent) items: TaskEvent[];
}

export class MetricsQuery {
  @TextListField({ description: 'Metrics to answer; all when absent', max: 50, itemMax: 200, optional: true })
  @RepeatableQuery()
  keys?: string[];

  @IntegerField({ description: 'Points per curve at most; extremes are kept. 1000 when absent', min: 10, max: 20_000, optional: true })
  @NumericQuery()
  maxPoints?: number;

  @IntegerField({ description: 'From this step', min: 0, optional: true }) @NumericQuery() from?: number;
  @IntegerField({ description: 'To this step', min: 0, optional: true }) @NumericQuery() to?: number;
}

export class MetricSeries {
  @TextField({ description: 'Metric', max: 200 }) key: string;
  @ApiProperty({ description: 'Steps, ascending', type: [Number] }) steps: number[];
  @ApiProperty({ description: 'Same length as `steps`; "NaN", "Infinity" and "-Infinity" as text', type: 'array', items: { oneOf: [{ type: 'number' }, { type: 'string' }] } })
  values: (number | string)[];
  @ApiProperty({ description: 'Epochs where reported, same length', type: 'array', items: { type: 'number', nullable: true } }) epochs: (number | null)[];
  @ApiProperty({ description: 'Milliseconds since 1970, same length', type: [Number] }) times: number[];
  @IntegerField({ description: 'Points in the range before downsampling', min: 0 }) total: number;
}

export class Metrics {
  @NestedListField({ description: 'One curve per metric', max: 50 }, () => MetricSeries) series: MetricSeries[];
}

export class LogQuery {
  @IntegerField({ description: 'First byte; negative counts from the end', optional: true, min: -1_000_000_000_000, max: 1_000_000_000_000 }) @NumericQuery() offset?: number;
  @IntegerField({ description: 'Bytes at most; 65 536 when absent', min: 1, max: 1_048_576, optional: true }) @NumericQuery() limit?: number;
}

export class LogSlice {
  @TextField({ description: 'Text, cut at whole characters', max: 1_048_576, lines: 'many', empty: true }) text: string;
  @IntegerField({ description: 'Byte where `text` begins', min: 0 }) offset: number;
  @IntegerField({ description: 'Byte to go on from', min: 0 }) nextOffset: number;
  @IntegerField({ description: 'Bytes there are', min: 0 }) size: number;
}

export const BULK_ACTIONS = ['delete', 'restore', 'cancel', 'retry', 'tag'] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

import { FAILURE_REASONS, TASK_STATUSES, type FailureReason, type TaskStatus } from '@lora-ledger/training';
import {
  BooleanField,
  BooleanQuery,
  ChoiceField,
  IntegerField,
  NumberField,
  NumberMapField,
  NumericQuery,
  RepeatableQuery,
  TextField,
  TextListField,
  TextMapField,
  TimeField,
  UuidField,
} from '../field.js';

/** A cursor holds the order and the sort values of a row, at most three parameters by their names and texts, twice encoded. */
export const CURSOR_MAX = 8000;

export const SORT_FIELDS = [
  'createdAt',
  'startTime',
  'endTime',
  'name',
  'status',
  'modelName',
  'loraRank',
  'loraAlpha',
  'learningRate',
  'batchSize',
  'epochs',
  'progress',
  'finalLoss',
  'bestLoss',
  'duration',
  'cost',
  'deletedAt',
] as const;
export type SortField = (typeof SORT_FIELDS)[number];
export const SORT_KEYS_MAX = 3;

/** A column that a list has on demand: `metric.<key>.last`, `.min` or `.max`, or `extra.<key>`. */
export const EXTRA_COLUMN = /^(metric\.(?<metric>.{1,200})\.(?<part>last|min|max)|extra\.(?<extra>.{1,200}))$/;
export const EXTRA_COLUMNS_MAX = 12;

/** Such columns can be sorted by as well, unless their name has a comma: commas stand between the fields of an order. */
const SORT_FIELD = `${SORT_FIELDS.join('|')}|metric\\.[^,]{1,200}\\.(?:last|min|max)|extra\\.[^,]{1,200}`;

/** `mine`: own tasks; `shared`: other people's that are shared with the caller; `all`: whatever the caller may see. */
export const TASK_SCOPES = ['mine', 'shared', 'all'] as const;
export type TaskScope = (typeof TASK_SCOPES)[number];

/** Tasks a list can be narrowed to by name; more would not fit into an address. */
export const IDS_MAX = 100;

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
  @NumberField({ description: 'Least seconds from start to end; tasks that have not ended have none', optional: true })
  @NumericQuery()
  durationMin?: number;
  @NumberField({ description: 'Most seconds from start to end', optional: true }) @NumericQuery() durationMax?: number;

  @TextField({
    description: 'Fingerprint: the same experiment',
    max: 64,
    optional: true,
    pattern: /^[0-9a-f]{64}$/,
    patternHint: 'must be 64 hexadecimal digits',
  })
  fingerprint?: string;

  @UuidField({ description: 'Family: a task and its retries, named by the first task', optional: true })
  family?: string;

  @TextField({
    description: "The first 4 or more digits of a task's public id",
    max: 36,
    optional: true,
    pattern: /^[0-9a-f]{4,8}(-[0-9a-f-]{0,27})?$/i,
    patternHint: 'must be the beginning of a task id',
  })
  taskId?: string;

  @TextListField({
    description:
      'Only some of these tasks, by public id, a list with commas or repeated: tells which of them the rest of the filter still selects',
    max: IDS_MAX,
    itemMax: 36,
    uuid: true,
    optional: true,
  })
  @RepeatableQuery({ commas: true })
  ids?: string[];

  @ChoiceField({ description: '`only`: the trash', choices: ['only'], optional: true })
  deleted?: 'only';

  @ChoiceField({
    description: "`mine`, `shared` (other people's, with me) or `all` I may see. When absent: admins see all, others their own",
    choices: TASK_SCOPES,
    optional: true,
  })
  scope?: TaskScope;

  @TextMapField({ description: 'Equality on extra parameters; in a query string `extra.<key>=<value>`', optional: true })
  extra?: Record<string, string>;

  @NumberMapField({
    description: 'Lowest value of extra parameters that are numbers; in a query string `extraMin.<key>=<number>`',
    optional: true,
  })
  extraMin?: Record<string, number>;

  @NumberMapField({
    description: 'Highest value of extra parameters that are numbers; in a query string `extraMax.<key>=<number>`',
    optional: true,
  })
  extraMax?: Record<string, number>;

  @TextListField({
    description: `Fields that have no value, ${UNSET_FIELDS.join(', ')} or \`extra.<key>\`; a list with commas or repeated`,
    max: 10,
    itemMax: 210,
    optional: true,
    pattern: new RegExp(`^(${UNSET_FIELDS.join('|')}|extra\\.[^,]{1,200})$`, 'su'),
    patternHint: `must be one of ${UNSET_FIELDS.join(', ')} or extra.<key>`,
  })
  @RepeatableQuery({ commas: true })
  unset?: string[];
}

export class TrainTaskQuery extends TrainTaskFilter {
  @TextField({
    description: `Fields to sort by, up to ${SORT_KEYS_MAX} with commas between, "-" in front for descending: ${SORT_FIELDS.join(', ')}, or a further column. Of those, which have no index, a page takes as long as to look at every task that is asked for; texts come before numbers, truth values after both, and lists and objects count as no value. "-createdAt" when absent, in the trash "-deletedAt". Tasks without a value come last`,
    max: 700,
    optional: true,
    example: '-finalLoss,loraRank',
    pattern: new RegExp(`^-?(${SORT_FIELD})(,-?(${SORT_FIELD})){0,${SORT_KEYS_MAX - 1}}$`),
    patternHint: `must be up to ${SORT_KEYS_MAX} sortable fields with commas between`,
  })
  sort?: string;

  @TextListField({
    description:
      'Further columns, answered as `columns` of each row: `metric.<key>.last`, `metric.<key>.min`, `metric.<key>.max` or `extra.<key>`',
    max: EXTRA_COLUMNS_MAX,
    itemMax: 220,
    optional: true,
    pattern: EXTRA_COLUMN,
    patternHint: 'must be metric.<key>.last, .min or .max, or extra.<key>',
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

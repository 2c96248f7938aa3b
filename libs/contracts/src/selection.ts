import type { JsonValue } from '@lora-ledger/training';
import {
  BooleanField,
  BooleanQuery,
  ChoiceField,
  IntegerField,
  NestedField,
  NestedListField,
  NumericQuery,
  RepeatableQuery,
  TextField,
  TextListField,
  UuidField,
} from './field.js';
import { ApiProperty } from '@nestjs/swagger';
import { MetricsQuery, type MetricSeries } from './train-task/metrics.js';
import { TrainTaskFilter, TrainTaskQuery } from './train-task/query.js';
import { MetricSummary, TrainTaskSummary } from './train-task/task.js';

export const BULK_ACTIONS = ['delete', 'restore', 'cancel', 'retry', 'tag'] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

export const COMPARE_MIN = 2;
export const COMPARE_MAX = 20;
/** Tasks one bulk request may touch; a larger selection is worked off in several. */
export const BULK_MAX = 10_000;

/** Which tasks a bulk action means: named ones, or all that a list filter selects. */
export class Selection {
  @TextListField({ description: 'Tasks by their public ids', max: BULK_MAX, itemMax: 36, uuid: true, optional: true })
  taskIds?: string[] | null;

  @NestedField({ description: 'All tasks this list filter selects', optional: true }, () => TrainTaskFilter)
  filter?: TrainTaskFilter | null;
}

export class BulkRequest extends Selection {
  @ChoiceField({ description: 'What to do with each', choices: BULK_ACTIONS })
  action: BulkAction;

  @TextListField({ description: 'For `tag`: labels to add', max: 50, itemMax: 60, optional: true })
  addTags?: string[] | null;

  @TextListField({ description: 'For `tag`: labels to take away', max: 50, itemMax: 60, optional: true })
  removeTags?: string[] | null;

  @IntegerField({
    description: `Tasks this request takes at most, ${BULK_MAX} when absent; smaller steps tell more often how far they are`,
    min: 1,
    max: BULK_MAX,
    optional: true,
  })
  limit?: number | null;

  @TextField({
    description:
      '`nextCursor` of the request before, with the same selection and action: goes on with tasks that qualified when the first was sent, each once',
    max: 200,
    optional: true,
  })
  cursor?: string | null;
}

export class BulkOutcome {
  @UuidField({ description: 'Task' }) taskId: string;
  @ChoiceField({ description: '`skipped`: its state does not allow it', choices: ['done', 'skipped'] }) outcome: 'done' | 'skipped';
  @TextField({ description: 'Why it was skipped', max: 500, optional: true }) detail: string | null;
  @UuidField({ description: 'For `retry`: the new attempt', optional: true }) newTaskId: string | null;
}

export class BulkResult {
  @IntegerField({ description: 'Tasks the action took effect on', min: 0 }) done: number;
  @IntegerField({ description: 'Tasks left alone', min: 0 }) skipped: number;
  @NestedListField({ description: 'One line per task', max: BULK_MAX }, () => BulkOutcome) outcomes: BulkOutcome[];
  @IntegerField({
    description:
      'Tasks that qualify beyond the most one request takes: send it again with `nextCursor` for them. Counted by the first request',
    min: 0,
  })
  remaining: number;
  @TextField({ description: 'Where the next request goes on; null when nothing is left', max: 200, optional: true }) nextCursor:
    string | null;
}

/** How many of a selection qualify for each action: what a bulk bar says before anything happens. */
export class BulkPreview {
  @IntegerField({ description: 'Selected', min: 0 }) total: number;
  @IntegerField({ description: 'Can be moved to the trash', min: 0 }) delete: number;
  @IntegerField({ description: 'Can be taken back from it', min: 0 }) restore: number;
  @IntegerField({ description: 'Can be cancelled', min: 0 }) cancel: number;
  @IntegerField({ description: 'Can be retried', min: 0 }) retry: number;
  @IntegerField({ description: 'Can be labelled', min: 0 }) tag: number;
}

export class CompareQuery extends MetricsQuery {
  @TextListField({ description: '2 to 20 tasks, repeated or separated by commas', max: COMPARE_MAX, itemMax: 36, uuid: true })
  @RepeatableQuery({ commas: true })
  ids: string[];

  @BooleanField({ description: 'Whether to bring the curves; true when absent', optional: true })
  @BooleanQuery()
  curves?: boolean;
}

export class ComparedParameter {
  @TextField({ description: 'Field, or `extraParams.<key>`', max: 300 }) path: string;
  /** In the order of the tasks; `null` where it is not set. */
  values: JsonValue[];
  equal: boolean;
}

export class ComparedMetric {
  @TextField({ description: 'Metric', max: 200 }) key: string;
  /** In the order of the tasks; `null` where it was not reported. */
  summaries: (MetricSummary | null)[];
}

export class ComparedCurve {
  @UuidField({ description: 'Task' }) taskId: string;
  series: MetricSeries[];
}

export class ComparedTask extends TrainTaskSummary {
  @TextField({ description: 'Why it was tried', max: 2000, optional: true }) note: string | null;
}

export class Comparison {
  @NestedListField({ description: 'In the order asked for', max: COMPARE_MAX }, () => ComparedTask) tasks: ComparedTask[];
  @NestedListField({ description: 'Parameters, differing ones first', max: 5000 }, () => ComparedParameter) parameters: ComparedParameter[];
  @NestedListField({ description: 'Metrics', max: 1000 }, () => ComparedMetric) metrics: ComparedMetric[];
  @NestedListField({ description: 'Curves by task, in the order asked for', max: COMPARE_MAX }, () => ComparedCurve)
  curves: ComparedCurve[];
}

export class ExportQuery extends TrainTaskQuery {
  @ChoiceField({ description: 'csv when absent', choices: ['csv', 'json'], optional: true }) format?: 'csv' | 'json';
}

export const SPARKLINES_MAX = 100;

export class SparklinesQuery {
  @TextListField({ description: 'Up to 100 tasks, repeated or separated by commas', max: SPARKLINES_MAX, itemMax: 36, uuid: true })
  @RepeatableQuery({ commas: true })
  ids: string[];
}

/** A loss curve as wide as a word. */
export class Sparkline {
  @UuidField({ description: 'Task' }) taskId: string;
  @ApiProperty({
    description: 'From the first step to the last, at even distances; "NaN" and "Infinity" as text',
    type: 'array',
    items: { oneOf: [{ type: 'number' }, { type: 'string' }] },
  })
  values: (number | string)[];
}

export class Sparklines {
  @NestedListField({ description: 'In no order; tasks without a curve are left out', max: SPARKLINES_MAX }, () => Sparkline)
  items: Sparkline[];
}

/** What filters can be set to, most frequent first, over the newest tasks the caller may see. */
export class Facets {
  @TextListField({ description: 'Base models', max: 200, itemMax: 300 }) modelNames: string[];
  @TextListField({ description: 'Trainer profiles', max: 200, itemMax: 100 }) trainers: string[];
  @TextListField({ description: 'Labels', max: 200, itemMax: 60 }) tags: string[];
  @TextListField({ description: 'Owners', max: 200, itemMax: 100 }) users: string[];
  @TextListField({ description: 'Hosts they ran on', max: 200, itemMax: 255 }) hosts: string[];
  @TextListField({ description: 'GPUs they ran on', max: 200, itemMax: 255 }) gpus: string[];
  @TextListField({ description: 'Names of extra parameters', max: 200, itemMax: 200 }) extraKeys: string[];
  @TextListField({ description: 'Metrics', max: 200, itemMax: 200 }) metricKeys: string[];
}

export class LogSearchQuery {
  @TextField({ description: 'Text to find, upper and lower case alike', max: 200 }) q: string;
  @IntegerField({ description: 'Byte to go on from', min: 0, max: 1e12, optional: true }) @NumericQuery() from?: number;
  @IntegerField({ description: 'Matches at most; 100 when absent', min: 1, max: 1000, optional: true }) @NumericQuery() limit?: number;
}

export class LogMatch {
  @IntegerField({ description: 'Byte where the line begins', min: 0 }) offset: number;
  @TextField({ description: 'The line, at most 500 characters around the match', max: 600, lines: 'many' }) text: string;
}

export class LogMatches {
  @NestedListField({ description: 'In the order of the log', max: 1000 }, () => LogMatch) items: LogMatch[];
  @IntegerField({ description: 'Byte to go on from; null at the end', min: 0, optional: true }) nextFrom: number | null;
}

export const SAVED_VIEW_PAGES = ['tasks', 'trash', 'analytics', 'compare'] as const;

export class SavedViewInput {
  @TextField({ description: 'Name', max: 100 }) name: string;
  @ChoiceField({ description: 'Page it belongs to', choices: SAVED_VIEW_PAGES }) page: (typeof SAVED_VIEW_PAGES)[number];
  @TextField({ description: 'Query string of the page, without "?"', max: 4000, empty: true }) query: string;
  @ChoiceField({ description: 'Who sees it', choices: ['mine', 'everyone'], optional: true }) audience?: 'mine' | 'everyone';
}

export class SavedView {
  @TextField({ description: 'Id', max: 20 }) id: string;
  @TextField({ description: 'Name', max: 100 }) name: string;
  @ChoiceField({ description: 'Page it belongs to', choices: SAVED_VIEW_PAGES }) page: (typeof SAVED_VIEW_PAGES)[number];
  @TextField({ description: 'Query string of the page, without "?"', max: 4000, empty: true }) query: string;
  @ChoiceField({ description: 'Who sees it', choices: ['mine', 'everyone'] }) audience: 'mine' | 'everyone';
  @TextField({ description: 'Whose it is', max: 100 }) owner: string;
}

export class SavedViews {
  @NestedListField({ description: 'Own ones first, by name', max: 500 }, () => SavedView) items: SavedView[];
}

/** An event of `GET /stream`: a task as it stands now. `reset`: events were missed, ask again for what is on the screen. */
export const STREAM_EVENTS = ['task', 'reset', 'hello'] as const;

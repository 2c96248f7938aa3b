import { IntegerField, JsonField, NestedField, NestedListField, NumberField, TextField } from '../field.js';
import { TrainTaskFilter } from '../train-task/query.js';
import { DimensionField, ValueField } from './fields.js';
import { Basis, type DimensionValue, type ListSelection } from './values.js';

export class DurationQuery extends TrainTaskFilter {
  @DimensionField('modelName') by?: string;
}

/** Seconds, or steps per second. Right to 2 %, exact for small numbers. */
export class Percentiles {
  @IntegerField({ description: 'Tasks with a value', min: 0 }) n: number;
  @NumberField({ description: '10th percentile', optional: true }) p10: number | null;
  @NumberField({ description: 'Lower quartile', optional: true }) p25: number | null;
  @NumberField({ description: 'Median', optional: true }) p50: number | null;
  @NumberField({ description: 'Upper quartile', optional: true }) p75: number | null;
  @NumberField({ description: '90th percentile', optional: true }) p90: number | null;
  @NumberField({ description: '99th percentile', optional: true }) p99: number | null;
}

export class DurationFigures {
  @NestedField({ description: 'Seconds from start to end; of successes, unless the filter names states' }, () => Percentiles)
  duration: Percentiles;
  @NestedField({ description: 'Seconds from submission to start, of all that started' }, () => Percentiles) waiting: Percentiles;
  @NestedField({ description: 'Steps per second, of the same tasks as durations' }, () => Percentiles) throughput: Percentiles;
}

export class DurationGroup extends DurationFigures {
  @ValueField('Value, or `{from, to, min, max}` of a bin') value: DimensionValue;
  @JsonField({ description: 'List filter that selects its tasks', optional: true }) filter: ListSelection;
}

export class HistogramBar {
  @NumberField({ description: 'Seconds, excluded', min: 0 }) from: number;
  @NumberField({ description: 'Seconds, included', min: 0 }) to: number;
  @IntegerField({ description: 'Tasks', min: 0 }) count: number;
  @JsonField({ description: 'List filter that selects its tasks; null without any', optional: true }) filter: ListSelection;
}

export class Durations {
  @NestedField({ description: 'What it rests on: the newest tasks of a large selection' }, () => Basis) basis: Basis;
  @TextField({ description: 'Dimension', max: 210 }) by: string;
  @NestedField({ description: 'All together' }, () => DurationFigures) overall: DurationFigures;
  @NestedListField({ description: 'How durations are spread', max: 200 }, () => HistogramBar) histogram: HistogramBar[];
  @NestedListField({ description: 'In the order of their values', max: 50 }, () => DurationGroup) groups: DurationGroup[];
}

import { FAILURE_REASONS, type FailureReason } from '@lora-ledger/training';
import {
  ChoiceField,
  IntegerField,
  JsonField,
  NestedField,
  NestedListField,
  NumberField,
  NumericQuery,
  TextField,
  TextListField,
  TimeField,
} from '../field.js';
import { IDS_MAX, TrainTaskFilter } from '../train-task/query.js';
import { ValueField } from './fields.js';
import { Basis, Reason, type Bucket, type DimensionValue, type ListSelection } from './values.js';

export class FailureQuery extends TrainTaskFilter {
  @ChoiceField({
    description: 'Width of the series; by the length of the period when absent',
    choices: ['day', 'week', 'month'],
    optional: true,
  })
  bucket?: Bucket;
  @IntegerField({ description: 'Minutes by which days begin earlier than in UTC', min: -840, max: 840, optional: true })
  @NumericQuery()
  utcOffset?: number;
}

export class ReasonCount {
  @ChoiceField({ description: 'Reason', choices: FAILURE_REASONS }) reason: FailureReason;
  @IntegerField({ description: 'Failures', min: 0 }) count: number;
}

export class ReasonPoint {
  @TimeField({ description: 'Begin of the day, week (Monday) or month' }) from: string;
  @JsonField({ description: 'Failures by reason; absent: none' }) counts: Partial<Record<FailureReason, number>>;
}

export class ErrorGroup {
  @TextField({ description: 'The error without what varies: numbers, paths, ids, times', max: 300, empty: true }) signature: string;
  @ChoiceField({ description: 'Reason most of them have', choices: FAILURE_REASONS, optional: true }) reason: FailureReason | null;
  @IntegerField({ description: 'Failures with it', min: 1 }) count: number;
  @TextField({ description: 'One of them as it was', max: 2000, raw: true, empty: true }) example: string;
  @TimeField({ description: 'First seen, among the failures looked at' }) firstSeen: string;
  @TimeField({ description: 'Last seen' }) lastSeen: string;
  @TextListField({
    description: `The latest of them, up to ${IDS_MAX}: as the filter \`ids\` they are listed`,
    max: IDS_MAX,
    itemMax: 36,
    uuid: true,
  })
  taskIds: string[];
}

export class OverRepresented {
  @TextField({ description: 'Parameter', max: 210 }) parameter: string;
  @ValueField('Value, or `{from, to, min, max}` of a bin') value: DimensionValue;
  @IntegerField({ description: 'Failures with it', min: 0 }) failures: number;
  @IntegerField({ description: 'Successes with it', min: 0 }) successes: number;
  @NumberField({ description: 'Fraction of tasks with it that failed', min: 0, max: 1 }) failureRate: number;
  @NumberField({ description: 'The same among all others', min: 0, max: 1 }) elsewhere: number;
  @NumberField({ description: 'Odds of failing with it against without', min: 0 }) oddsRatio: number;
  @NumberField({ description: "p of Fisher's exact test", min: 0, max: 1 }) p: number;
  @NumberField({ description: 'p corrected for all values that were tested (Benjamini and Hochberg)', min: 0, max: 1 }) q: number;
  @NestedField({ description: 'The same as a sentence' }, () => Reason) reason: Reason;
  @JsonField({ description: 'List filter that selects the failures with it', optional: true }) filter: ListSelection;
  @TextListField({ description: 'The latest failures with it, up to 20', max: 20, itemMax: 36, uuid: true }) taskIds: string[];
}

export class Failures {
  @NestedField({ description: 'What reasons and series rest on' }, () => Basis) basis: Basis;
  @NestedListField({ description: 'Most frequent first', max: 20 }, () => ReasonCount) reasons: ReasonCount[];
  @ChoiceField({ description: 'Width of the series', choices: ['day', 'week', 'month'] }) bucket: Bucket;
  @NestedListField({ description: 'By time of creation, without gaps, oldest first', max: 10_000 }, () => ReasonPoint)
  series: ReasonPoint[];
  @NestedListField({ description: 'Similar errors together, most frequent first', max: 50 }, () => ErrorGroup) signatures: ErrorGroup[];
  @NestedField({ description: 'What the signatures rest on: the newest failures' }, () => Basis) signatureBasis: Basis;
  @NestedListField(
    { description: 'Parameters over-represented among failures, the surest first; empty: none that is not chance', max: 50 },
    () => OverRepresented,
  )
  overRepresented: OverRepresented[];
  @IntegerField({ description: 'Values that were tested', min: 0 }) tested: number;
  @NestedField({ description: 'What the tests rest on: the newest ended tasks' }, () => Basis) testBasis: Basis;
}

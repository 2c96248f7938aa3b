import { ApiProperty } from '@nestjs/swagger';
import { FAILURE_REASONS, type FailureReason } from '@lora-ledger/training';
import { BUDGET_SUBJECTS, COST_DIMENSIONS, DIMENSIONS, OBJECTIVES, type BudgetSubject, type CostDimension, type Objective } from './analytics-names.js';
import { BooleanField, ChoiceField, IntegerField, JsonField, NestedField, NestedListField, NumberField, NumericQuery, RepeatableQuery, TextField, TextListField, TimeField, UuidField } from './field.js';
import { TrainTaskFilter } from './train-task.js';

const DIMENSION = new RegExp(`^(${DIMENSIONS.join('|')}|extra\\..{1,200})$`, 'su');
const DIMENSION_HINT = `must be one of ${DIMENSIONS.join(', ')} or extra.<key>`;

const NumberList = (description: string): PropertyDecorator => ApiProperty({ type: 'array', items: { type: 'number', nullable: true }, description });

const BIN = { type: 'object' as const, required: ['from', 'to', 'min', 'max'], properties: Object.fromEntries(['from', 'to', 'min', 'max'].map((end) => [end, { type: 'number' as const }])) };
const SCALAR = [{ type: 'string' as const }, { type: 'number' as const }, { type: 'boolean' as const }];
const ValueField = (description: string): PropertyDecorator => ApiProperty({ oneOf: [...SCALAR, BIN], nullable: true, description });
const ScalarField = (description: string): PropertyDecorator => ApiProperty({ oneOf: SCALAR, nullable: true, description });

/** A value of a dimension, or the range of a bin: `from` excluded, `to` included; `min` and `max` are the ends of what lies in it. */
export type DimensionValue = string | number | boolean | null | { from: number; to: number; min: number; max: number };

/** Query parameters that select just these tasks in the list, to be added to the filter of the page; `null` when no filter can. */
export type ListSelection = Record<string, string> | null;

/** What an answer rests on. */
export class Basis {
  @IntegerField({ description: 'Tasks the numbers are made of', min: 0 }) tasks: number;
  @BooleanField({ description: 'There are more: the newest, or a sample drawn with a fixed seed, stand for them' }) sampled: boolean;
  @TimeField({ description: 'When it was computed' }) asOf: string;
}

export class Rate {
  @IntegerField({ description: 'Outcomes: successes and failures. Cancelled, waiting and running tasks are neither', min: 0 }) n: number;
  @IntegerField({ description: 'Succeeded', min: 0 }) successes: number;
  @IntegerField({ description: 'Failed', min: 0 }) failures: number;
  @NumberField({ description: 'Fraction that succeeded, 0 to 1', min: 0, max: 1, optional: true }) rate: number | null;
  @NumberField({ description: 'Lower end of the 95 % interval (Wilson)', min: 0, max: 1 }) low: number;
  @NumberField({ description: 'Upper end', min: 0, max: 1 }) high: number;
  @BooleanField({ description: 'Fewer than 10 outcomes: too few to say' }) tooFew: boolean;
}

/** A sentence with the facts it is made of, so that it can be said in another language. */
export class Reason {
  @TextField({ description: 'Names the sentence', max: 50 }) code: string;
  @JsonField({ description: 'The facts in it' }) params: Record<string, string | number | boolean | null>;
  @TextField({ description: 'The sentence in English', max: 1000 }) text: string;
}

export class OverviewQuery extends TrainTaskFilter {
  @ChoiceField({ description: 'Width of the series; by the length of the period when absent', choices: ['day', 'week', 'month'], optional: true }) bucket?: Bucket;
  @IntegerField({ description: 'Minutes by which days begin earlier than in UTC: 480 in Beijing', min: -840, max: 840, optional: true }) @NumericQuery() utcOffset?: number;
}
export type Bucket = 'day' | 'week' | 'month';

export class StateCounts {
  @IntegerField({ description: 'All', min: 0 }) all: number;
  @IntegerField({ description: 'Waiting', min: 0 }) pending: number;
  @IntegerField({ description: 'Running', min: 0 }) running: number;
  @IntegerField({ description: 'Succeeded', min: 0 }) success: number;
  @IntegerField({ description: 'Failed', min: 0 }) failed: number;
  @IntegerField({ description: 'Cancelled', min: 0 }) cancelled: number;
}

export class Totals extends StateCounts {
  @NestedField({ description: 'How often it went well' }, () => Rate) successRate: Rate;
  @NumberField({ description: 'Median seconds from start to end of those that succeeded, the newest 50 000 of them', min: 0, optional: true }) medianSeconds: number | null;
  @NumberField({ description: 'GPU hours used', min: 0 }) gpuHours: number;
  @NumberField({ description: 'What it cost; null when no task had a price', optional: true }) cost: number | null;
}

export class Period extends Totals {
  @TimeField({ description: 'From' }) from: string;
  @TimeField({ description: 'To, excluded' }) to: string;
}

export class SeriesPoint extends StateCounts {
  @TimeField({ description: 'Begin of the day, week (Monday) or month' }) from: string;
  @NumberField({ description: 'GPU hours', min: 0 }) gpuHours: number;
  @NumberField({ description: 'Cost', optional: true }) cost: number | null;
}

export class Overview {
  @NestedField({ description: 'What it rests on' }, () => Basis) basis: Basis;
  @NestedField({ description: 'All that the filter selects' }, () => Totals) totals: Totals;
  @ChoiceField({ description: 'Width of the series', choices: ['day', 'week', 'month'] }) bucket: Bucket;
  @NestedListField({ description: 'By time of creation, without gaps, oldest first', max: 10_000 }, () => SeriesPoint) series: SeriesPoint[];
  @NestedField({ description: 'The time just before, as long as the filter\'s; null when the filter has no createdFrom', optional: true }, () => Period) previous: Period | null;
}

export class SuccessRateQuery extends TrainTaskFilter {
  @TextListField({ description: `One or two of ${DIMENSIONS.join(', ')} or extra.<key>, repeated or separated by a comma`, max: 2, itemMax: 210 })
  @RepeatableQuery({ commas: true })
  by: string[];
}

export class RateBin extends Rate {
  @JsonField({ description: 'Value of each dimension; `{from, to, min, max}` where values are binned: above from, up to to' }) values: Record<string, DimensionValue>;
  @JsonField({ description: 'List filter that selects its tasks', optional: true }) filter: ListSelection;
}

export class SuccessRates {
  @NestedField({ description: 'What it rests on' }, () => Basis) basis: Basis;
  @TextListField({ description: 'The dimensions', max: 2, itemMax: 210 }) by: string[];
  @NestedListField({ description: 'In the order of their values', max: 2500 }, () => RateBin) bins: RateBin[];
  @NestedField({ description: 'All together' }, () => Rate) overall: Rate;
  @NumberField({ description: 'Probability of differences between the bins as large as these by chance (chi-squared); null with fewer than two bins', min: 0, max: 1, optional: true }) p: number | null;
  @IntegerField({ description: 'Values left out: only the 50 most frequent of a dimension are answered', min: 0 }) omitted: number;
}

export class ConvergenceQuery extends TrainTaskFilter {
  @TextField({ description: `What to group by: ${DIMENSIONS.join(', ')} or extra.<key>; learningRate when absent`, max: 210, optional: true, pattern: DIMENSION, patternHint: DIMENSION_HINT }) by?: string;
  @TextField({ description: 'Metric; "loss" also finds a trainer\'s own name for it', max: 200, optional: true }) metric?: string;
  @NumberField({ description: 'Also say after how many steps runs come down to this value', optional: true }) @NumericQuery() target?: number;
}

export class TargetSteps {
  @IntegerField({ description: 'Runs that came down to it', min: 0 }) reached: number;
  @IntegerField({ description: 'Runs', min: 0 }) n: number;
  @NumberField({ description: 'Median steps, runs that never do counted as later than all others', optional: true }) median: number | null;
  @NumberField({ description: 'Lower quartile', optional: true }) q1: number | null;
  @NumberField({ description: 'Upper quartile', optional: true }) q3: number | null;
}

export class ConvergenceGroup {
  @ValueField('Value, or `{from, to, min, max}` of a bin') value: DimensionValue;
  @IntegerField({ description: 'Runs', min: 0 }) n: number;
  @IntegerField({ description: 'Runs that diverged: ended by or at no number, or half as high again as they began', min: 0 }) diverged: number;
  @NumberList('Fractions of the run, 0 to 1') x: number[];
  @NumberList('Median at each') median: (number | null)[];
  @NumberList('Lower quartile at each') q1: (number | null)[];
  @NumberList('Upper quartile at each') q3: (number | null)[];
  @NumberList('Runs with a value at each: fewer where some ended early') runs: number[];
  @NestedField({ description: 'Steps to the target, when asked for', optional: true }, () => TargetSteps) stepsToTarget: TargetSteps | null;
  @JsonField({ description: 'List filter that selects its tasks', optional: true }) filter: ListSelection;
  @TextListField({ description: 'Up to 20 of its runs', max: 20, itemMax: 36, uuid: true }) taskIds: string[];
}

export class Convergence {
  @NestedField({ description: 'What it rests on' }, () => Basis) basis: Basis;
  @TextField({ description: 'Dimension', max: 210 }) by: string;
  @TextField({ description: 'Metric', max: 200 }) metric: string;
  @NestedListField({ description: 'In the order of their values', max: 50 }, () => ConvergenceGroup) groups: ConvergenceGroup[];
  @IntegerField({ description: 'Runs that stopped early and never said how many steps they would make: they cannot be aligned', min: 0 }) unaligned: number;
}

export class DurationQuery extends TrainTaskFilter {
  @TextField({ description: `What to group by: ${DIMENSIONS.join(', ')} or extra.<key>; modelName when absent`, max: 210, optional: true, pattern: DIMENSION, patternHint: DIMENSION_HINT }) by?: string;
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
  @NestedField({ description: 'Seconds from start to end; of successes, unless the filter names states' }, () => Percentiles) duration: Percentiles;
  @NestedField({ description: 'Seconds from submission to start' }, () => Percentiles) waiting: Percentiles;
  @NestedField({ description: 'Steps per second' }, () => Percentiles) throughput: Percentiles;
}

export class DurationGroup extends DurationFigures {
  @ValueField('Value, or `{from, to, min, max}` of a bin') value: DimensionValue;
  @JsonField({ description: 'List filter that selects its tasks', optional: true }) filter: ListSelection;
}

export class HistogramBar {
  @NumberField({ description: 'Seconds, excluded', min: 0 }) from: number;
  @NumberField({ description: 'Seconds, included', min: 0 }) to: number;
  @IntegerField({ description: 'Tasks', min: 0 }) count: number;
}

export class Durations {
  @NestedField({ description: 'What it rests on: the newest tasks of a large selection' }, () => Basis) basis: Basis;
  @TextField({ description: 'Dimension', max: 210 }) by: string;
  @NestedField({ description: 'All together' }, () => DurationFigures) overall: DurationFigures;
  @NestedListField({ description: 'How durations are spread', max: 200 }, () => HistogramBar) histogram: HistogramBar[];
  @NestedListField({ description: 'In the order of their values', max: 50 }, () => DurationGroup) groups: DurationGroup[];
}

export class FailureQuery extends TrainTaskFilter {
  @ChoiceField({ description: 'Width of the series; by the length of the period when absent', choices: ['day', 'week', 'month'], optional: true }) bucket?: Bucket;
  @IntegerField({ description: 'Minutes by which days begin earlier than in UTC', min: -840, max: 840, optional: true }) @NumericQuery() utcOffset?: number;
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
  @TextListField({ description: 'The latest of them, up to 50', max: 50, itemMax: 36, uuid: true }) taskIds: string[];
}

export class OverRepresented {
  @TextField({ description: 'Parameter', max: 210 }) parameter: string;
  @ValueField('Value, or `{from, to, min, max}` of a bin') value: DimensionValue;
  @IntegerField({ description: 'Failures with it', min: 0 }) failures: number;
  @IntegerField({ description: 'Successes with it', min: 0 }) successes: number;
  @NumberField({ description: 'Fraction of tasks with it that failed', min: 0, max: 1 }) failureRate: number;
  @NumberField({ description: 'The same among all others', min: 0, max: 1 }) elsewhere: number;
  @NumberField({ description: 'Odds of failing with it against without', min: 0 }) oddsRatio: number;
  @NumberField({ description: 'p of Fisher\'s exact test', min: 0, max: 1 }) p: number;
  @NumberField({ description: 'p corrected for all values that were tested (Benjamini and Hochberg)', min: 0, max: 1 }) q: number;
  @NestedField({ description: 'The same as a sentence' }, () => Reason) reason: Reason;
  @JsonField({ description: 'List filter that selects the failures with it', optional: true }) filter: ListSelection;
  @TextListField({ description: 'The latest failures with it, up to 20', max: 20, itemMax: 36, uuid: true }) taskIds: string[];
}

export class Failures {
  @NestedField({ description: 'What reasons and series rest on' }, () => Basis) basis: Basis;
  @NestedListField({ description: 'Most frequent first', max: 20 }, () => ReasonCount) reasons: ReasonCount[];
  @ChoiceField({ description: 'Width of the series', choices: ['day', 'week', 'month'] }) bucket: Bucket;
  @NestedListField({ description: 'By time of creation, without gaps, oldest first', max: 10_000 }, () => ReasonPoint) series: ReasonPoint[];
  @NestedListField({ description: 'Similar errors together, most frequent first', max: 50 }, () => ErrorGroup) signatures: ErrorGroup[];
  @NestedField({ description: 'What the signatures rest on: the newest failures' }, () => Basis) signatureBasis: Basis;
  @NestedListField({ description: 'Parameters over-represented among failures, the surest first; empty: none that is not chance', max: 50 }, () => OverRepresented) overRepresented: OverRepresented[];
  @IntegerField({ description: 'Values that were tested', min: 0 }) tested: number;
  @NestedField({ description: 'What the tests rest on: the newest ended tasks' }, () => Basis) testBasis: Basis;
}

export class CostQuery extends TrainTaskFilter {
  @ChoiceField({ description: 'What to group by; user when absent', choices: COST_DIMENSIONS, optional: true }) by?: CostDimension;
  @IntegerField({ description: 'Minutes by which weeks begin earlier than in UTC', min: -840, max: 840, optional: true }) @NumericQuery() utcOffset?: number;
}

export class CostRow {
  @TextField({ description: 'Username, model, or begin of the week as a time', max: 300 }) key: string;
  @IntegerField({ description: 'Tasks that were started', min: 0 }) tasks: number;
  @NumberField({ description: 'GPU hours', min: 0 }) gpuHours: number;
  @NumberField({ description: 'Cost; null when no task had a price', optional: true }) cost: number | null;
  @NumberField({ description: 'GPU hours of tasks that failed: what was spent without a result', min: 0 }) failedGpuHours: number;
  @JsonField({ description: 'List filter that selects its tasks', optional: true }) filter: ListSelection;
}

export class Costs {
  @NestedField({ description: 'What it rests on' }, () => Basis) basis: Basis;
  @ChoiceField({ description: 'Dimension', choices: COST_DIMENSIONS }) by: CostDimension;
  @NestedListField({ description: 'Most hours first; weeks oldest first', max: 1000 }, () => CostRow) rows: CostRow[];
  @NestedField({ description: 'All together' }, () => CostRow) total: CostRow;
}

export class SetBudget {
  @ChoiceField({ description: 'Whose', choices: BUDGET_SUBJECTS }) of: BudgetSubject;
  @TextField({ description: 'Username or model', max: 300 }) name: string;
  @NumberField({ description: 'What a calendar month (UTC) may cost; null takes the budget away', min: 0, minExclusive: true, max: 1e12, optional: true }) monthly?: number | null;
  @NumberField({ description: 'Fraction from which to warn; 0.8 when absent', min: 0, minExclusive: true, max: 1, optional: true }) warnAt?: number | null;
}

export class Budget {
  @ChoiceField({ description: 'Whose', choices: BUDGET_SUBJECTS }) of: BudgetSubject;
  @TextField({ description: 'Username or model', max: 300 }) name: string;
  @NumberField({ description: 'What a calendar month may cost', min: 0 }) monthly: number;
  @NumberField({ description: 'Fraction from which to warn', min: 0, max: 1 }) warnAt: number;
  @NumberField({ description: 'Spent this month, by tasks created in it', min: 0 }) spent: number;
  @ChoiceField({ description: '`warn`: beyond warnAt; `over`: beyond the budget', choices: ['ok', 'warn', 'over'] }) level: 'ok' | 'warn' | 'over';
}

export class Budgets {
  @TimeField({ description: 'Begin of the month' }) from: string;
  @NestedListField({ description: 'The tightest first. Admins see all, others their own', max: 10_000 }, () => Budget) items: Budget[];
}

export class ImportanceQuery extends TrainTaskFilter {
  @ChoiceField({ description: 'What parameters are important for; finalLoss when absent', choices: OBJECTIVES, optional: true }) objective?: Objective;
}

export class ParameterImportanceDto {
  @TextField({ description: 'Parameter', max: 210 }) parameter: string;
  @NumberField({ description: 'Share of the spread that cannot be predicted any more when this parameter is shuffled' }) importance: number;
  @NumberField({ description: 'Lower end of its 95 % interval' }) low: number;
  @NumberField({ description: 'Upper end' }) high: number;
  @NumberField({ description: 'Probability of as much without an effect, corrected for the number of parameters', min: 0, max: 1 }) q: number;
  @BooleanField({ description: 'Worth saying: q ≤ 0.05' }) notable: boolean;
}

export class Importance {
  @NestedField({ description: 'What it rests on' }, () => Basis) basis: Basis;
  @ChoiceField({ description: 'Objective', choices: OBJECTIVES }) objective: Objective;
  @NestedField({ description: 'Why nothing is said; null when something is', optional: true }, () => Reason) refused: Reason | null;
  @NumberField({ description: 'Share of the spread that all parameters together explain on unseen tasks; near 0: they do not decide it', optional: true }) explained: number | null;
  @NestedListField({ description: 'Most important first', max: 50 }, () => ParameterImportanceDto) parameters: ParameterImportanceDto[];
}

export class RecommendationQuery extends TrainTaskFilter {
  @ChoiceField({ description: 'What to improve; finalLoss when absent', choices: OBJECTIVES, optional: true }) objective?: Objective;
  @UuidField({ description: 'A task to compare the recommendations with', optional: true }) present?: string;
  @IntegerField({ description: 'How many of each kind, 1 to 10; 5 when absent', min: 1, max: 10, optional: true }) @NumericQuery() count?: number;
}

export class Change {
  @TextField({ description: 'Parameter', max: 210 }) parameter: string;
  @ScalarField('Value of the present task') from: string | number | boolean | null;
  @ScalarField('Recommended value') to: string | number | boolean | null;
}

/** What a clone of a task is given to become the recommendation: `overrides` of `POST /train-tasks/{taskId}/clone`. */
export class Recommended {
  @JsonField({ description: 'Values by parameter; `extra.<key>` for others than the canonical ones' }) params: Record<string, string | number | boolean>;
  @UuidField({ description: 'The task to clone: the present one, else the best with the nearest parameters', optional: true }) cloneOf: string | null;
  @JsonField({ description: '`overrides` of the clone request' }) overrides: Record<string, unknown>;
  @NestedListField({ description: 'How it differs from the present task; empty without one', max: 50 }, () => Change) changes: Change[];
  @NestedField({ description: 'Why' }, () => Reason) reason: Reason;
}

export class ProvenRecommendation extends Recommended {
  @IntegerField({ description: 'Tasks with these parameters that succeeded or failed', min: 1 }) n: number;
  @NestedField({ description: 'How often it went well' }, () => Rate) successRate: Rate;
  @NumberField({ description: 'Median final loss', optional: true }) medianFinalLoss: number | null;
  @NumberField({ description: 'Median GPU seconds', optional: true }) medianSeconds: number | null;
  @NumberField({ description: 'What it is worth at the least, 0 to 1: the order', min: 0, max: 1 }) score: number;
  @TextListField({ description: 'Its successes, the best first, up to 20', max: 20, itemMax: 36, uuid: true }) taskIds: string[];
}

export class Expectation {
  @NumberField({ description: 'Expected final loss, seconds, or success rate' }) value: number;
  @NumberField({ description: 'Lower end of the 95 % interval' }) low: number;
  @NumberField({ description: 'Upper end' }) high: number;
  @NumberField({ description: 'Probability that it ends well, by how its neighbours ended', min: 0, max: 1 }) successProbability: number;
}

export class NextRecommendation extends Recommended {
  @NestedField({ description: 'What the model expects' }, () => Expectation) expected: Expectation;
  @NestedListField({ description: 'How it differs from the best combination so far', max: 50 }, () => Change) against: Change[];
}

export class Recommendations {
  @NestedField({ description: 'What it rests on' }, () => Basis) basedOn: Basis;
  @TextListField({ description: 'The model they are for, or the models named together', max: 50, itemMax: 300 }) modelNames: string[];
  @ChoiceField({ description: 'Objective', choices: OBJECTIVES }) objective: Objective;
  @NestedField({ description: 'Why nothing is recommended; null when something is', optional: true }, () => Reason) refused: Reason | null;
  @NestedListField({ description: 'Proven combinations, the best first', max: 10 }, () => ProvenRecommendation) proven: ProvenRecommendation[];
  @NestedListField({ description: 'Not tried yet and promising, the most promising first', max: 10 }, () => NextRecommendation) next: NextRecommendation[];
}

import { OBJECTIVES, type Objective } from '../analytics-names.js';
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
  UuidField,
} from '../field.js';
import { TrainTaskFilter } from '../train-task/query.js';
import { ScalarField } from './fields.js';
import { Basis, Rate, Reason, type ListSelection } from './values.js';

export class RecommendationQuery extends TrainTaskFilter {
  @ChoiceField({ description: 'What to improve; finalLoss when absent', choices: OBJECTIVES, optional: true }) objective?: Objective;
  @UuidField({
    description: 'A task to compare the recommendations with; not compared when its model is not among those asked for',
    optional: true,
  })
  present?: string;
  @IntegerField({ description: 'How many of each kind, 1 to 10; 5 when absent', min: 1, max: 10, optional: true })
  @NumericQuery()
  count?: number;
}

export class Change {
  @TextField({ description: 'Parameter', max: 210 }) parameter: string;
  @ScalarField('Value of the present task') from: string | number | boolean | null;
  @ScalarField('Recommended value') to: string | number | boolean | null;
}

/** What a clone of a task is given to become the recommendation: `overrides` of `POST /train-tasks/{taskId}/clone`. */
export class Recommended {
  @JsonField({ description: 'Values by parameter; `extra.<key>` for others than the canonical ones' }) params: Record<
    string,
    string | number | boolean
  >;
  @UuidField({ description: 'The task to clone: the present one, else the best with the nearest parameters', optional: true }) cloneOf:
    string | null;
  @JsonField({ description: '`overrides` of the clone request' }) overrides: Record<string, unknown>;
  @NestedListField({ description: 'How it differs from the present task; empty without one', max: 50 }, () => Change) changes: Change[];
  @NestedField({ description: 'Why' }, () => Reason) reason: Reason;
}

/** What the runs of a group have in common in one parameter: a value, a range with both ends, or that it was not set. */
export type GroupValue = string | number | boolean | { min: number; max: number } | null;

/** A group of at least ten ended runs. `params` are those of its best run, which is the one to clone: the best of a trainer that is still set up, else without a trainer. */
export class ProvenRecommendation extends Recommended {
  @JsonField({
    description: 'What its runs have in common, by parameter: a value or `{min, max}`, ends included; empty: nothing makes a difference',
  })
  group: Record<string, GroupValue>;
  @JsonField({ description: 'List filter that selects its tasks', optional: true }) filter: ListSelection;
  @IntegerField({ description: 'Tasks in it that succeeded or failed', min: 1 }) n: number;
  @NestedField({ description: 'How often it went well' }, () => Rate) successRate: Rate;
  @NumberField({ description: 'Median final loss', optional: true }) medianFinalLoss: number | null;
  @NumberField({ description: 'Median GPU seconds', optional: true }) medianSeconds: number | null;
  @NumberField({ description: 'Lower end of the 95 % interval of the median of what is to become small; null by success', optional: true })
  medianLow: number | null;
  @NumberField({ description: 'Upper end: the order', optional: true }) medianHigh: number | null;
  @TextListField({ description: 'Its successes, the best first, up to 20', max: 20, itemMax: 36, uuid: true }) taskIds: string[];
}

export class Expectation {
  @NumberField({ description: 'Expected final loss, seconds, or success rate' }) value: number;
  @NumberField({ description: 'Lower end of the 95 % interval: of what one run comes to, of success rates of the rate itself' })
  low: number;
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
  @UuidField({
    description: 'The present task they are compared with and cloned from; null without one, or when it trains another model',
    optional: true,
  })
  comparedWith: string | null;
  @NestedField({ description: 'Why nothing is recommended; null when something is', optional: true }, () => Reason) refused: Reason | null;
  @NestedListField(
    { description: 'Groups that proved good, the best first, by what they are worth at the least', max: 10 },
    () => ProvenRecommendation,
  )
  proven: ProvenRecommendation[];
  @TextListField({
    description: 'Parameters the runs are grouped by: those that tell good from bad beyond chance. Others differ within a group',
    max: 10,
    itemMax: 210,
  })
  groupedBy: string[];
  @IntegerField({ description: 'Runs left out, because fewer than ten have the same in these', min: 0 }) leftOut: number;
  @NestedField({ description: 'Why nothing is proven; null when something is', optional: true }, () => Reason) unproven: Reason | null;
  @NestedListField(
    { description: 'Promising combinations without a result that neither wait nor run, the most promising first', max: 10 },
    () => NextRecommendation,
  )
  next: NextRecommendation[];
}

import { DIMENSIONS } from '../analytics-names.js';
import { IntegerField, JsonField, NestedField, NestedListField, NumberField, RepeatableQuery, TextListField } from '../field.js';
import { TrainTaskFilter } from '../train-task/query.js';
import { Basis, Rate, type DimensionValue, type ListSelection } from './values.js';

export class SuccessRateQuery extends TrainTaskFilter {
  @TextListField({
    description: `One or two of ${DIMENSIONS.join(', ')} or extra.<key>, repeated or separated by a comma`,
    max: 2,
    itemMax: 210,
  })
  @RepeatableQuery({ commas: true })
  by: string[];
}

export class RateBin extends Rate {
  @JsonField({ description: 'Value of each dimension; `{from, to, min, max}` where values are binned: above from, up to to' })
  values: Record<string, DimensionValue>;
  @JsonField({ description: 'List filter that selects its tasks', optional: true }) filter: ListSelection;
}

export class SuccessRates {
  @NestedField({ description: 'What it rests on' }, () => Basis) basis: Basis;
  @TextListField({ description: 'The dimensions', max: 2, itemMax: 210 }) by: string[];
  @NestedListField({ description: 'In the order of their values', max: 2500 }, () => RateBin) bins: RateBin[];
  @NestedField({ description: 'All together' }, () => Rate) overall: Rate;
  @NumberField({
    description: 'Probability of differences between the bins as large as these by chance (chi-squared); null with fewer than two bins',
    min: 0,
    max: 1,
    optional: true,
  })
  p: number | null;
  @IntegerField({ description: 'Values left out: only the 50 most frequent of a dimension are answered', min: 0 }) omitted: number;
}

import { OBJECTIVES, type Objective } from '../analytics-names.js';
import { BooleanField, ChoiceField, NestedField, NestedListField, NumberField, TextField } from '../field.js';
import { TrainTaskFilter } from '../train-task/query.js';
import { Basis, Reason } from './values.js';

export class ImportanceQuery extends TrainTaskFilter {
  @ChoiceField({ description: 'What parameters are important for; finalLoss when absent', choices: OBJECTIVES, optional: true })
  objective?: Objective;
}

export class ParameterImportanceDto {
  @TextField({ description: 'Parameter', max: 210 }) parameter: string;
  @NumberField({ description: 'Share of the spread that cannot be predicted any more when this parameter is shuffled' }) importance: number;
  @NumberField({ description: 'Lower end of its 95 % interval' }) low: number;
  @NumberField({ description: 'Upper end' }) high: number;
  @NumberField({ description: 'Probability of as much without an effect, corrected for the number of parameters', min: 0, max: 1 })
  q: number;
  @BooleanField({ description: 'Worth saying: q ≤ 0.05' }) notable: boolean;
}

export class Importance {
  @NestedField({ description: 'What it rests on' }, () => Basis) basis: Basis;
  @ChoiceField({ description: 'Objective', choices: OBJECTIVES }) objective: Objective;
  @NestedField({ description: 'Why nothing is said; null when something is', optional: true }, () => Reason) refused: Reason | null;
  @NumberField({
    description: 'Share of the spread that all parameters together explain on unseen tasks; near 0: they do not decide it',
    optional: true,
  })
  explained: number | null;
  @NestedListField({ description: 'Most important first', max: 50 }, () => ParameterImportanceDto) parameters: ParameterImportanceDto[];
}

import { COST_DIMENSIONS, type CostDimension } from '../analytics-names.js';
import { ChoiceField, IntegerField, JsonField, NestedField, NestedListField, NumberField, NumericQuery, TextField } from '../field.js';
import { TrainTaskFilter } from '../train-task/query.js';
import { Basis, type ListSelection } from './values.js';

export class CostQuery extends TrainTaskFilter {
  @ChoiceField({ description: 'What to group by; user when absent', choices: COST_DIMENSIONS, optional: true }) by?: CostDimension;
  @IntegerField({ description: 'Minutes by which weeks begin earlier than in UTC', min: -840, max: 840, optional: true })
  @NumericQuery()
  utcOffset?: number;
}

export class CostRow {
  @TextField({ description: 'Username, model, or begin of the week as a time', max: 300 }) key: string;
  @IntegerField({ description: 'Tasks, also those that never started', min: 0 }) tasks: number;
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

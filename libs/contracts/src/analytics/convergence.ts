import { IntegerField, JsonField, NestedField, NestedListField, NumberField, NumericQuery, TextField, TextListField } from '../field.js';
import { TrainTaskFilter } from '../train-task/query.js';
import { DimensionField, NumberList, ValueField } from './fields.js';
import { Basis, type DimensionValue, type ListSelection } from './values.js';

export class ConvergenceQuery extends TrainTaskFilter {
  @DimensionField('learningRate') by?: string;
  @TextField({ description: 'Metric; "loss" also finds a trainer\'s own name for it', max: 200, optional: true }) metric?: string;
  @NumberField({ description: 'Also say after how many steps runs come down to this value', optional: true })
  @NumericQuery()
  target?: number;
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
  @IntegerField({
    description: 'Runs that diverged: ended by or at no number, or half as high again as they began; absent for what is no loss',
    min: 0,
    optional: true,
  })
  diverged: number | null;
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
  @IntegerField({
    description:
      'Runs that stopped early and never said how many steps they would make: no curve of theirs can be aligned, but they are among the runs of their group',
    min: 0,
  })
  unaligned: number;
}

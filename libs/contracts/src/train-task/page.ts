import { BooleanField, IntegerField, NestedListField, TextField } from '../field.js';
import { CURSOR_MAX } from './query.js';
import { TrainTaskSummary } from './task.js';

export class TrainTaskPage {
  @NestedListField({ description: 'Rows', max: 100 }, () => TrainTaskSummary) items: TrainTaskSummary[];
  @TextField({ description: 'Give it back as `cursor` for the next page; null on the last', max: CURSOR_MAX, optional: true }) nextCursor:
    string | null;
  @IntegerField({
    description: 'How many the filter selects, when asked for: exact up to 10 000, beyond that to two digits',
    min: 0,
    optional: true,
  })
  total?: number;
  @BooleanField({ description: 'Whether `total` is an estimate ("about 1.2 million"), when asked for', optional: true })
  totalIsEstimate?: boolean;
}

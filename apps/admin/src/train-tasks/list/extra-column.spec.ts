import { readExtraColumn } from './extra-column.js';

it('reads what a column shows from its name, dots in keys included', () => {
  expect(readExtraColumn('metric.train/loss.avg.min')).toEqual({ metric: 'train/loss.avg', part: 'min' });
  expect(readExtraColumn('extra.network.module')).toEqual({ extra: 'network.module' });
  expect(readExtraColumn('extra.metric.last')).toEqual({ extra: 'metric.last' });
});

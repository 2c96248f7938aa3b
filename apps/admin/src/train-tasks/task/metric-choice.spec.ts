import { defaultMetrics, metricColor, rankMetrics } from './metric-choice.js';

describe('the metrics of a task', () => {
  it('stand in the order of interest', () => {
    expect(rankMetrics(['lr', 'grad_norm', 'first_eval_loss', 'eval_loss', 'loss'])).toEqual([
      'loss',
      'eval_loss',
      'first_eval_loss',
      'grad_norm',
      'lr',
    ]);
  });
  it('begin with the losses, or with the first there is', () => {
    expect(defaultMetrics(['loss', 'eval_loss', 'first_eval_loss', 'lr'])).toEqual(['loss', 'eval_loss']);
    expect(defaultMetrics(['accuracy', 'lr'])).toEqual(['accuracy']);
    expect(defaultMetrics([])).toEqual([]);
  });
  it('have neighbours of different colours', () => {
    expect(metricColor(0)).not.toBe(metricColor(1));
    expect(metricColor(8)).toBe(metricColor(0));
  });
});

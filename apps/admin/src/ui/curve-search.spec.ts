import { parseCurveSearch, zoomOf } from './curve-search.js';

describe('how curves are shown, from an address', () => {
  it('is read as it was written', () => {
    expect(
      parseCurveSearch({ metrics: ['loss', 'lr', 'loss'], axis: 'relative', log: 'true', smoothing: '0.9', from: '10', to: '20.5' }),
    ).toEqual({ metrics: ['loss', 'lr'], axis: 'relative', log: true, smoothing: 0.9, from: 10, to: 20.5 });
    expect(parseCurveSearch({ metrics: 'loss', axis: 'step' })).toEqual({ metrics: ['loss'] });
  });
  it('is as usual where it makes no sense', () => {
    expect(parseCurveSearch({ metrics: ['', 5], axis: 'moon', log: 'maybe', smoothing: '1', from: '20', to: '10' })).toEqual({});
    expect(parseCurveSearch({ smoothing: '', from: '1', to: 'x' })).toEqual({});
  });
  it('zooms only with both ends', () => {
    expect(zoomOf({ from: 1 })).toBeNull();
    expect(zoomOf({ from: 1, to: 2 })).toEqual({ from: 1, to: 2 });
  });
});

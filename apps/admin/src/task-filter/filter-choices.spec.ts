import { choicesFor, readRange } from './filter-choices.js';

const ask = (more: Partial<Parameters<typeof choicesFor>[0]>) =>
  choicesFor({ options: ['flux-dev', 'sdxl'], chosen: [], text: '', labelOf: (value) => value, closed: false, ...more });

describe('the choices of a filter', () => {
  it('begin with what is chosen, even when no recent task has it', () => {
    expect(ask({ chosen: ['sd15', 'sdxl'] })).toEqual(['sd15', 'sdxl', 'flux-dev']);
  });
  it('are found by a part of their name and let other values be typed', () => {
    expect(ask({ text: ' FLUX' })).toEqual(['flux-dev', 'FLUX']);
    expect(ask({ text: 'sdxl' })).toEqual(['sdxl']);
  });
  it('are only the known ones where there are no others', () => {
    expect(
      ask({ text: 'memory', closed: true, options: ['OOM', 'DATA'], labelOf: (value) => (value === 'OOM' ? 'Out of memory' : value) }),
    ).toEqual(['OOM']);
  });
});

describe('a range as it is typed', () => {
  it('takes scientific notation and open ends', () => {
    expect(readRange('1e-5', '')).toEqual({ min: 1e-5, max: undefined });
  });
  it('is refused the wrong way round, and may hold one number', () => {
    expect(readRange('32', '8')).toBe('wrongWay');
    expect(readRange('8', '8')).toEqual({ min: 8, max: 8 });
  });
  it('is refused when it is no number', () => {
    expect(readRange('many', '8')).toBe('notANumber');
  });
});

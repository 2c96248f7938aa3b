import { toCsv } from './figures.js';

describe('figures as CSV', () => {
  it('keep numbers exact, quote what needs it, and leave out what is not known', () => {
    const row = (name: string, raw: string | number | null) => ({ key: name, name, tasks: null, figures: [{ shown: '?', raw }] });
    expect(toCsv({ name: 'Model', columns: ['Rate'], rows: [row('sd15', 0.123456789), row('flux, "dev"', null)] })).toBe(
      'Model,Rate\r\nsd15,0.123456789\r\n"flux, ""dev""",\r\n',
    );
  });
  it('never become formulas', () => {
    expect(toCsv({ name: '=1+1', columns: [], rows: [{ key: 'a', name: '@SUM(A1)', tasks: null, figures: [] }] })).toBe(
      "'=1+1\r\n'@SUM(A1)\r\n",
    );
  });
});

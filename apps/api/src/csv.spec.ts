import { csvLine } from './csv.js';

describe('csvLine', () => {
  it('quotes separators, quotes and line breaks', () => {
    expect(csvLine(['a,b', 'say "hi"', 'two\nlines', 'plain'])).toBe('"a,b","say ""hi""","two\nlines",plain\r\n');
  });

  it('takes the power from text that a spreadsheet would run as a formula', () => {
    expect(csvLine(['=1+1', '+cmd', '-cmd', '@SUM(A1)', '\tx'])).toBe("'=1+1,'+cmd,'-cmd,'@SUM(A1),'\tx\r\n");
  });

  it('does so inside a cell too, where a program that splits at semicolons or tabs begins another one', () => {
    expect(csvLine(['a;=1+1', 'b\t@x;-y', 'c;-2;d=e', 'x\n=1;'])).toBe("a;'=1+1,b\t'@x;'-y,c;-2;d=e,\"x\n'=1;\"\r\n");
  });

  it('leaves numbers as they are, negative ones too', () => {
    expect(csvLine([-0.5, '-1e-4', 12, '+3'])).toBe('-0.5,-1e-4,12,+3\r\n');
  });

  it('writes nothing for what is not there, and JSON for what has an inside', () => {
    expect(csvLine([null, undefined, { a: 1 }, [1, 2], new Date(0)])).toBe(',,"{""a"":1}","[1,2]",1970-01-01T00:00:00.000Z\r\n');
  });
});

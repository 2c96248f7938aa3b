import fc from 'fast-check';
import { cutAt, lineAt, toLines, toSpans } from './log-lines.js';

describe('the output of a program as lines', () => {
  it('shows the last state of a progress bar', () => {
    expect(toLines('start\n 10%|#   \r 50%|##  \r100%|####\ndone\n', true)).toEqual(['start', '100%|####', 'done']);
  });
  it('keeps a state that ends with a carriage return, and lines of DOS', () => {
    expect(toLines('50%\r\nnext\r', true)).toEqual(['50%', 'next']);
  });
  it('leaves out a first line that was cut off', () => {
    expect(toLines('alf a line\nwhole\n', false)).toEqual(['whole']);
    expect(toLines('alf a line', false)).toEqual([]);
  });
  it('drops what moves the cursor or names the window, not what colours', () => {
    expect(toLines('\u001b]0;title\u0007a\u001b[2Kb\u001b[31mc\u001b[0m\n', true)).toEqual(['ab\u001b[31mc\u001b[0m']);
  });
});

describe('a style that goes on over several lines', () => {
  const shown = (text: string, isStart = true) => toLines(text, isStart).map((line) => toSpans(line)[0]);

  it('colours each of them until it is ended', () => {
    expect(shown('\u001b[1;31mTraceback\n  in train\n\u001b[0mgoes on')).toEqual([
      { text: 'Traceback', color: 'ansi-red', bold: true },
      { text: '  in train', color: 'ansi-red', bold: true },
      { text: 'goes on' },
    ]);
  });
  it('is ended part by part, and changed by what comes after', () => {
    expect(shown('\u001b[1m\u001b[38;5;208m\u001b[41ma\n\u001b[22;49mb\n\u001b[32mc\n\u001b[39md')).toEqual([
      { text: 'a', color: 'rgb(255, 135, 0)', background: 'ansi-red', bold: true },
      { text: 'b', color: 'rgb(255, 135, 0)' },
      { text: 'c', color: 'ansi-green' },
      { text: 'd' },
    ]);
  });
  it('may begin in a line that was cut off, or in a state of a bar that was written over', () => {
    expect(shown('\u001b[31malf a line\nwhole', false)).toEqual([{ text: 'whole', color: 'ansi-red' }]);
    expect(shown('\u001b[33m 50%\r100%\u001b[0m\r\u001b[0m\nnext')).toEqual([{ text: '100%', color: 'ansi-yellow' }, { text: 'next' }]);
  });
});

describe('the colours of a line', () => {
  it('are spans of text', () => {
    expect(toSpans('a \u001b[1;31mred\u001b[0m b')).toEqual([
      { text: 'a ' },
      { text: 'red', color: 'ansi-red', bold: true },
      { text: ' b' },
    ]);
  });
  it('may be any of a terminal', () => {
    expect(toSpans('\u001b[38;5;208mx\u001b[0m')[0]).toEqual({ text: 'x', color: 'rgb(255, 135, 0)' });
    expect(toSpans('\u001b[38;5;244mx\u001b[0m')[0]).toEqual({ text: 'x', color: 'rgb(128, 128, 128)' });
    expect(toSpans('\u001b[38;2;1;2;3mx\u001b[0m')[0]?.color?.replace(/ /g, '')).toBe('rgb(1,2,3)');
  });
  it('never change or interpret the text', () => {
    expect(toSpans('\u001b[31m<img src=x onerror=alert(1)>\u001b[0m')[0]?.text).toBe('<img src=x onerror=alert(1)>');
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '<', '&', ' ', '[', '3', 'm', '%') }), (text) => {
        expect(
          toSpans(`\u001b[32m${text}\u001b[0m`)
            .map((span) => span.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});

describe('a byte of the log', () => {
  it('is found in its line, whatever the letters before it weigh', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '损', '😀', ' ', '\r') }), { minLength: 1, maxLength: 8 }),
        fc.nat(),
        fc.nat(),
        (lines, which, start) => {
          const index = which % lines.length;
          const text = lines.join('\n');
          const offset =
            start +
            Buffer.byteLength(
              lines
                .slice(0, index)
                .map((line) => `${line}\n`)
                .join(''),
            );
          expect(lineAt(text, start, offset)).toBe(start === 0 ? index : Math.max(0, index - 1));
        },
      ),
    );
  });
  it('behind the end is in the last line', () => {
    expect(lineAt('a\nb', 0, 99)).toBe(1);
  });
});

describe('what is looked for in a line', () => {
  it('is every other piece', () => {
    expect(cutAt('Loss is nan, loss', 'LOSS')).toEqual(['', 'Loss', ' is nan, ', 'loss', '']);
    expect(cutAt('nothing', 'x')).toEqual(['nothing']);
    expect(cutAt('nothing', '')).toEqual(['nothing']);
  });
  it('never changes the text', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'A', 'İ', 'ß', '损', ' ') });
    fc.assert(fc.property(text, text, (line, wanted) => expect(cutAt(line, wanted).join('')).toBe(line)));
  });
});

import Anser from 'anser';

/** A piece of a line in one style. Colours are names of the 16 (`ansi-red`, `ansi-bright-blue`) or `rgb(…)`. */
export interface LogSpan {
  text: string;
  color?: string;
  background?: string;
  bold?: boolean;
  dim?: boolean;
  italic?: boolean;
  underline?: boolean;
}

/** Everything a terminal obeys except colours: cursor moves, titles, links. They would stand in the text as rubbish. */
const OTHER_ESCAPES = /\u001b(?:\[[0-9;?]*[A-LN-Za-ln-z]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[()][A-Z0-9]|[=>78])/g;

const STYLE = /\u001b\[([0-9;]*)m/g;

/**
 * The lines of a program's output as a terminal would show them: of a line that was written over with carriage returns,
 * as progress bars do, the last state remains. A style goes on until it is ended, so each line is given the one it begins with.
 * `isStart`: the text begins where the log does, so its first line is whole.
 */
export function toLines(text: string, isStart: boolean): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  let style: Style = new Map();
  const styled = lines.map((raw) => {
    const line = raw.replace(OTHER_ESCAPES, '');
    let shown = '';
    for (const state of line.split('\r')) {
      if (state.replace(STYLE, '').trim() !== '') shown = codeOf(style) + state;
      style = styleAfter(style, state);
    }
    return shown;
  });
  return isStart ? styled : styled.slice(1);
}

/** The codes in force, by what they set. */
type Style = ReadonlyMap<string, string>;

function codeOf(style: Style): string {
  return style.size === 0 ? '' : `\u001b[${[...style.values()].join(';')}m`;
}

function styleAfter(before: Style, text: string): Style {
  if (!text.includes('\u001b')) return before;
  const style = new Map(before);
  for (const [, codes = ''] of text.matchAll(STYLE)) {
    // A colour of more than the 16 is told by several numbers.
    for (const code of codes.match(/[34]8;5;\d+|[34]8;2;\d+;\d+;\d+|\d+/g) ?? ['0']) {
      const number = Number.parseInt(code, 10);
      const [what, isOn] = effectOf(number);
      if (number === 0) style.clear();
      else if (isOn) style.set(what, code);
      else style.delete(what);
      if (number === 22) style.delete('2');
    }
  }
  return style;
}

/** What a code sets, or ends. */
function effectOf(code: number): [what: string, isOn: boolean] {
  if ((code >= 30 && code <= 39) || (code >= 90 && code <= 97)) return ['color', code !== 39];
  if ((code >= 40 && code <= 49) || (code >= 100 && code <= 107)) return ['background', code !== 49];
  // 22 ends 1 and 2; from there on each has its own end.
  if (code >= 22 && code <= 29) return [String(code === 22 ? 1 : code - 20), false];
  return [String(code), true];
}

/**
 * Which of the lines of {@link toLines} holds a byte of the log.
 *
 * @param start byte where `text` begins
 */
export function lineAt(text: string, start: number, offset: number): number {
  const lines = text.split('\n');
  let end = start;
  const raw = lines.findIndex((line) => {
    end += byteLength(line) + 1;
    return offset < end;
  });
  const found = raw === -1 ? lines.length - 1 : raw;
  return Math.max(0, start === 0 ? found : found - 1);
}

/** In UTF-8, without making the bytes. */
function byteLength(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) bytes += 1;
    // A surrogate pair is four bytes for two units: each of its halves counts two.
    if (code > 0x7ff && (code < 0xd800 || code > 0xdfff)) bytes += 1;
  }
  return bytes;
}

/** A line cut at a text that is looked for, upper and lower case alike: every other piece is a match. */
export function cutAt(text: string, wanted: string): string[] {
  const needle = wanted.toLowerCase();
  const lower = text.toLowerCase();
  // Some letters change their length with their case; then the places would not fit.
  if (needle === '' || lower.length !== text.length) return [text];
  const pieces: string[] = [];
  let at = 0;
  for (let hit = lower.indexOf(needle); hit !== -1; hit = lower.indexOf(needle, at)) {
    pieces.push(text.slice(at, hit), text.slice(hit, hit + needle.length));
    at = hit + needle.length;
  }
  return [...pieces, text.slice(at)];
}

/** A line in its colours. Text stays text: nothing of it is ever read as markup. */
export function toSpans(line: string): LogSpan[] {
  if (!line.includes('\u001b')) return [{ text: line }];
  return Anser.ansiToJson(line, { json: true, use_classes: true, remove_empty: true }).map(
    ({ content, fg, bg, fg_truecolor, bg_truecolor, decorations }) => ({
      text: content,
      ...colorOf('color', fg, fg_truecolor),
      ...colorOf('background', bg, bg_truecolor),
      ...(decorations.includes('bold') ? { bold: true } : {}),
      ...(decorations.includes('dim') ? { dim: true } : {}),
      ...(decorations.includes('italic') ? { italic: true } : {}),
      ...(decorations.includes('underline') ? { underline: true } : {}),
    }),
  );
}

function colorOf(property: 'color' | 'background', name: string | null, trueColor: string | null): Partial<LogSpan> {
  if (name === null || name === '') return {};
  if (name === 'ansi-truecolor') return trueColor === null ? {} : { [property]: `rgb(${trueColor})` };
  const index = /^ansi-palette-(\d+)$/.exec(name)?.[1];
  return { [property]: index === undefined ? name : paletteColor(Number(index)) };
}

/** The colours 16–255 of a terminal: a cube of 6 × 6 × 6 and 24 greys. */
function paletteColor(index: number): string {
  if (index >= 232) {
    const grey = 8 + (index - 232) * 10;
    return `rgb(${grey}, ${grey}, ${grey})`;
  }
  const cube = index - 16;
  const level = (step: number) => (step === 0 ? 0 : 55 + step * 40);
  return `rgb(${level(Math.floor(cube / 36))}, ${level(Math.floor(cube / 6) % 6)}, ${level(cube % 6)})`;
}

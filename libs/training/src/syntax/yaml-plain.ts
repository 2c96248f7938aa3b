import type { JsonValue } from '../json.js';
import { addMember, Budget, exactNumber, MAX_DEPTH, type ParsedText, type SyntaxNote } from './limits.js';

/*
 * The part of YAML that nearly every configuration file keeps to: block mappings and lists by indentation, one-line scalars,
 * one-line lists of scalars, comments. Read here because the library takes about 100 ms for 200 kB and this takes 5.
 * Whatever goes beyond it makes the reader give up, and the library decides; a property test holds the two to the same answer.
 */

interface Line {
  indent: number;
  text: string;
  number: number;
}

/** Thrown inside to give up; never leaves this file. */
class BeyondPlain extends Error {}

const KEY = /^([A-Za-z_][\w.-]{0,200}):(?: +(.*))?$/;
/** Tabs, control characters, other line breaks, byte order marks: legal here and there, and the library knows where. */
const UNUSUAL = /[^\n\r\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]|\r(?!\n)/;

/**
 * The file as the library would read it, or `undefined` if the text uses more of YAML than this reader knows.
 *
 * @throws ConfigFormatError INVALID for a key that comes twice or is not allowed, TOO_LARGE for too many values
 */
export function parsePlainYaml(text: string, words: (plain: string) => JsonValue | undefined): ParsedText | undefined {
  const lines = linesOf(text);
  if (lines === undefined || lines.length === 0) return undefined;
  const reader = new PlainReader(lines, words);
  try {
    const root = reader.mapping(0, '', 0);
    return reader.at === lines.length ? { root, notes: reader.notes } : undefined;
  } catch (error) {
    if (error instanceof BeyondPlain) return undefined;
    throw error;
  }
}

function linesOf(text: string): Line[] | undefined {
  if (UNUSUAL.test(text)) return undefined;
  const lines: Line[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const indent = raw.search(/[^ ]/);
    if (indent === -1 || raw[indent] === '#' || (lines.length === 0 && raw === '---')) continue;
    if (indent === 0 && /^(?:---|\.\.\.)/.test(raw)) return undefined;
    lines.push({ indent, text: raw.slice(indent).trimEnd(), number: index + 1 });
  }
  return lines;
}

class PlainReader {
  at = 0;
  readonly notes: SyntaxNote[] = [];
  private readonly budget = new Budget();

  constructor(
    private readonly lines: Line[],
    private readonly words: (plain: string) => JsonValue | undefined,
  ) {}

  mapping(indent: number, path: string, depth: number): Record<string, JsonValue> {
    const target: Record<string, JsonValue> = {};
    for (let line = this.lines[this.at]; line?.indent === indent && !isItem(line); line = this.lines[this.at]) {
      const match = KEY.exec(line.text);
      const [, key, rest] = match ?? [];
      if (key === undefined) throw new BeyondPlain();
      const value = withoutComment(rest ?? '');
      const childPath = path === '' ? key : `${path}.${key}`;
      this.at += 1;
      this.budget.spend(depth, line.number);
      addMember(
        target,
        key,
        value === '' ? this.below(indent, childPath, depth) : this.scalarOrList(value, childPath, indent),
        line.number,
        line.indent + 1,
      );
    }
    this.mustNotBeDeeper(indent);
    return target;
  }

  /** What stands in the lines below a key without a value. */
  private below(indent: number, path: string, depth: number): JsonValue {
    if (depth >= MAX_DEPTH - 1) throw new BeyondPlain();
    const next = this.lines[this.at];
    if (next === undefined || next.indent < indent) return null;
    if (next.indent === indent) return isItem(next) ? this.list(indent, path, depth + 1) : null;
    return isItem(next) ? this.list(next.indent, path, depth + 1) : this.mapping(next.indent, path, depth + 1);
  }

  private list(indent: number, path: string, depth: number): JsonValue[] {
    if (depth >= MAX_DEPTH - 1) throw new BeyondPlain();
    const items: JsonValue[] = [];
    for (let line = this.lines[this.at]; line?.indent === indent && isItem(line); line = this.lines[this.at]) {
      const rest = line.text.slice(1).trimStart();
      const childPath = `${path}[${items.length}]`;
      if (isItem({ ...line, text: rest })) throw new BeyondPlain();
      this.budget.spend(depth, line.number);
      if (KEY.test(rest)) {
        // The item is a mapping that begins on the line of its dash.
        const inner = indent + line.text.length - rest.length;
        this.lines[this.at] = { ...line, indent: inner, text: rest };
        items.push(this.mapping(inner, childPath, depth + 1));
      } else {
        this.at += 1;
        items.push(this.scalarOrList(withoutComment(rest), childPath, indent));
      }
    }
    this.mustNotBeDeeper(indent);
    return items;
  }

  private scalarOrList(text: string, path: string, indent: number): JsonValue {
    this.mustNotBeDeeper(indent);
    if (text === '{}') return {};
    if (!text.startsWith('[')) return this.scalar(text, path);
    const inner = /^\[([^[\]{}"'#&*!|>%@`:]*)\]$/.exec(text)?.[1]?.trim();
    if (inner === undefined) throw new BeyondPlain();
    if (inner === '') return [];
    return inner.split(',').map((item, index) => {
      this.budget.spend(0);
      return this.scalar(item.trim(), `${path}[${index}]`);
    });
  }

  private scalar(text: string, path: string): JsonValue {
    const quoted = /^"([^"\\]*)"$|^'([^']*)'$/.exec(text);
    if (quoted) return quoted[1] ?? quoted[2] ?? '';
    // Indicators at the beginning, and what would be a mapping or a comment inside.
    if (!/^(?:[^\s\-?:,[\]{}#&*!|>'"%@`]|-[^\s-])/.test(text) || /:(?:\s|$)|\s#/.test(text)) throw new BeyondPlain();
    if (/^(?:~|null|Null|NULL)$/.test(text)) return null;
    if (/^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$|^0[ox]/.test(text)) throw new BeyondPlain();
    if (/^[-+]?(?:\d+|(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?)$/.test(text)) return exactNumber(Number(text), text, path, this.notes);
    return this.words(text) ?? text;
  }

  /** A deeper line would go on with a scalar that began above. */
  private mustNotBeDeeper(indent: number): void {
    if ((this.lines[this.at]?.indent ?? 0) > indent) throw new BeyondPlain();
  }
}

function isItem(line: Line): boolean {
  return line.text === '-' || line.text.startsWith('- ');
}

/** Cuts ` # …` off; a quoted text keeps its hash signs. */
function withoutComment(text: string): string {
  if (text.startsWith('#')) return '';
  const quoted = /^("[^"]*"|'[^']*')(?:\s+#.*)?$/.exec(text);
  return (quoted ? (quoted[1] ?? '') : text.replace(/\s#.*$/, '')).trimEnd();
}

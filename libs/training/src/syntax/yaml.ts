import {
  Composer,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  Parser,
  stringify,
  type Alias,
  type Document,
  type Node,
  type Scalar,
  type ScalarTag,
  type YAMLMap,
} from 'yaml';
import { ConfigFormatError } from '../config-format-error.js';
import type { JsonValue } from '../json.js';
import { parsePlainYaml } from './yaml-plain.js';
import {
  addMember,
  Budget,
  checkCharacters,
  exactNumber,
  MAX_DEPTH,
  MAX_VALUES,
  tooDeep,
  tooManyValues,
  type ParsedText,
  type SyntaxNote,
} from './limits.js';

export interface YamlOptions {
  /** Read plain `yes`, `no`, `on`, `off` as booleans, as Python trainers (YAML 1.1) do. */
  yaml11?: boolean;
}

/** `%YAML`, `%TAG`: nobody needs more. */
const MAX_DIRECTIVES = 8;

const BOOLEAN = /^(?:(true|True|TRUE)|false|False|FALSE)$/;
/** Words that are booleans for YAML 1.1 and text for YAML 1.2. */
const YAML11_BOOLEAN = /^(?:(yes|Yes|YES|on|On|ON)|no|No|NO|off|Off|OFF)$/;

/** Whether YAML 1.1 may see anything else in `text` than YAML 1.2 does. */
export function mayDifferInYaml11(text: string): boolean {
  return /\b(?:yes|no|on|off)\b/i.test(text);
}

/** The boolean that a plain word stands for. */
function booleanOf(word: string, yaml11: boolean): boolean | undefined {
  const match = BOOLEAN.exec(word) ?? (yaml11 ? YAML11_BOOLEAN.exec(word) : null);
  return match ? match[1] !== undefined : undefined;
}

/**
 * One YAML 1.2 document whose root is a mapping; aliases and merge keys (`<<`) are followed.
 * Throws ConfigFormatError INVALID (with the place) or TOO_LARGE.
 */
export function parseYaml(text: string, options: YamlOptions = {}): ParsedText {
  return parsePlainYaml(text, (word) => booleanOf(word, options.yaml11 ?? false)) ?? parseAnyYaml(text, options);
}

/** All of YAML, by the library. */
export function parseAnyYaml(text: string, options: YamlOptions = {}): ParsedText {
  const lines = new LineCounter();
  const document = compose(text, lines);
  const reader = new Reader(lines, options.yaml11 ?? false);
  const root = document.contents;
  if (!isMap(root)) throw new ConfigFormatError('fileNoObject', 'the file must hold one YAML mapping', { line: 1, column: 1 });
  return { root: reader.map(root, '', 0), notes: reader.notes };
}

/** The library's own parse, with the nesting checked before its recursive part sees it and the quadratic key check left out. */
function compose(text: string, lines: LineCounter): Document {
  lines.addNewLine(0);
  const parser = new Parser(lines.addNewLine);
  const composer = new Composer({ lineCounter: lines, uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  stopAtFirstError(composer, lines);
  const documents: Document[] = [];
  const tokens = function* () {
    let lexemes = 0;
    let directives = 0;
    for (const lexeme of new Lexer().lex(text)) {
      // A value takes up to ten lexemes: key, colon, spaces, indicators, line break, comment.
      if (++lexemes > 10 * MAX_VALUES) throw tooManyValues();
      for (const token of parser.next(lexeme)) {
        // One is enough to refuse the file; the library would make an error object of each.
        if (token.type === 'error') throw invalid(firstSentence(token.message), lines, token.offset);
        if (token.type === 'directive' && ++directives > MAX_DIRECTIVES)
          throw new ConfigFormatError('fileNoYaml', 'not valid YAML: too many % directives');
        yield token;
      }
      // Nesting costs the parser one or two levels of its stack.
      if (parser.stack.length > 2 * MAX_DEPTH + 8) throw tooDeep();
    }
    yield* parser.end();
  };
  for (const document of composer.compose(tokens())) {
    documents.push(document);
    if (documents.length > 1) throw new ConfigFormatError('fileSeveralDocuments', 'the file holds more than one YAML document');
  }
  const [document] = documents;
  if (!document) throw new ConfigFormatError('fileEmpty', 'the file is empty');
  return document;
}

/**
 * One error is enough to refuse a file; the library goes on and makes an object of each: seconds for half a megabyte of quotes.
 * It has no option for that, so the method it reports to is replaced; a test counts what it is told.
 */
function stopAtFirstError(composer: Composer, lines: LineCounter): void {
  let first: ConfigFormatError | undefined;
  const onError = (source: ErrorSource, _code: string, message: string, isWarning?: boolean): void => {
    if (isWarning === true) return;
    const offset = typeof source === 'number' ? source : 'offset' in source ? source.offset : source[0];
    // Inside collections the library catches what is thrown here, takes it for an exhausted stack and reports that.
    first ??= invalid(firstSentence(message), lines, offset);
    throw first;
  };
  Object.assign(composer, { onError });
}

/** Where an error is: an offset, a range, or a token. */
type ErrorSource = number | [number, number] | { offset: number };

class Reader {
  readonly notes: SyntaxNote[] = [];
  private readonly budget = new Budget();
  /** By name, the latest definition so far. The library's own look-up walks the whole document for every alias. */
  private readonly anchors = new Map<string, Node>();
  private followed = 0;

  constructor(
    private readonly lines: LineCounter,
    private readonly yaml11: boolean,
  ) {}

  map(map: YAMLMap, path: string, depth: number): Record<string, JsonValue> {
    this.define(map);
    const target: Record<string, JsonValue> = {};
    const merged: Record<string, JsonValue>[] = [];
    for (const { key, value } of map.items) {
      const name = this.key(key as Node | null);
      const childPath = path === '' ? name : `${path}.${name}`;
      if (name === '<<' && isScalar(key) && key.type === 'PLAIN') {
        merged.push(...this.sources(value as Node | null, childPath, depth));
        continue;
      }
      const { line, col } = this.place(key as Node | null);
      addMember(target, name, this.value(value as Node | null, childPath, depth + 1), line, col);
    }
    // Explicit keys win over merged ones, earlier sources over later.
    for (const source of merged) for (const [key, value] of Object.entries(source)) if (!Object.hasOwn(target, key)) target[key] = value;
    return target;
  }

  private value(node: Node | null, path: string, depth: number): JsonValue {
    const { line, col } = depth > MAX_DEPTH ? this.place(node) : { line: undefined, col: undefined };
    this.budget.spend(depth, line, col);
    if (node === null) return null;
    if (isAlias(node)) return this.follow(node, (target) => this.value(target, path, depth + 1));
    this.define(node);
    if (isMap(node)) return this.map(node, path, depth);
    if (isSeq(node)) return node.items.map((item, index) => this.value(item as Node | null, `${path}[${index}]`, depth + 1));
    return isScalar(node) ? this.scalar(node, path) : null;
  }

  private scalar(scalar: Scalar, path: string): JsonValue {
    const { value } = scalar;
    if (typeof value === 'number' || typeof value === 'bigint') return exactNumber(value, scalar.source ?? String(value), path, this.notes);
    if (typeof value === 'boolean' || value === null) return value;
    // The core schema knows no other scalars than text.
    const text = typeof value === 'string' ? value : (scalar.source ?? '');
    checkCharacters(text);
    return scalar.type === 'PLAIN' ? (booleanOf(text, this.yaml11) ?? text) : text;
  }

  private sources(node: Node | null, path: string, depth: number): Record<string, JsonValue>[] {
    if (isAlias(node)) return this.follow(node, (target) => this.sources(target, path, depth + 1));
    this.budget.spend(depth);
    if (isSeq(node)) return node.items.flatMap((item) => this.sources(item as Node | null, path, depth + 1));
    if (!isMap(node)) throw this.refuse('a merge key (<<) must name a mapping', node);
    return [this.map(node, path, depth + 1)];
  }

  private define(node: Node): void {
    // What is inside an alias was defined where it stands, and may have been redefined since.
    if (this.followed === 0 && 'anchor' in node && node.anchor !== undefined) this.anchors.set(node.anchor, node);
  }

  private follow<T>(alias: Alias, read: (target: Node) => T): T {
    const target = this.anchors.get(alias.source);
    if (!target) throw this.refuse('an alias without an anchor', alias);
    this.followed += 1;
    try {
      return read(target);
    } finally {
      this.followed -= 1;
    }
  }

  private key(node: Node | null): string {
    if (isAlias(node)) return this.follow(node, (target) => this.key(target));
    if (!isScalar(node)) throw this.refuse('a key must be plain text', node);
    this.define(node);
    return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
  }

  private refuse(message: string, node: Node | null): ConfigFormatError {
    const { line, col } = this.place(node);
    return new ConfigFormatError('fileNoYaml', `not valid YAML: ${message}`, { line, column: col });
  }

  private place(node: Node | null): { line?: number; col?: number } {
    return node?.range ? this.lines.linePos(node.range[0]) : {};
  }
}

function invalid(message: string, lines: LineCounter, offset: number): ConfigFormatError {
  const { line, col } = lines.linePos(offset);
  return new ConfigFormatError('fileNoYaml', `not valid YAML: ${message}`, { line, column: col });
}

/** The library's messages may quote the file after a colon, and the file may hold a secret. */
function firstSentence(message: string): string {
  return (message.split('\n')[0] ?? '').split(': ')[0] ?? '';
}

/**
 * YAML that 1.1 and 1.2 readers understand alike: `no`, `on`, `12:30` are quoted, small numbers get a dot (`1.0e-7`),
 * because a YAML 1.1 reader such as PyYAML sees a text in `1e-7`.
 */
export function writeYaml(root: Readonly<Record<string, JsonValue>>): string {
  return stringify(root, {
    compat: 'yaml-1.1',
    lineWidth: 0,
    aliasDuplicateObjects: false,
    customTags: (tags) => [DOTTED_FLOAT, ...tags],
  });
}

const DOTTED_FLOAT: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  identify: (value) => typeof value === 'number' && String(value).includes('e'),
  // Matches nothing: this tag only writes.
  test: /^(?!)/,
  resolve: Number,
  stringify: ({ value }) => String(value).replace(/^(-?\d+)e/, '$1.0e'),
};

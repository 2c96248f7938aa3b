import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, LineCounter, Parser, stringify, type Alias, type Document, type Node, type Scalar, type ScalarTag, type YAMLMap } from 'yaml';
import { ConfigFormatError } from '../config-format-error.js';
import type { JsonValue } from '../json.js';
import { addMember, Budget, exactNumber, MAX_DEPTH, type ParsedText, type SyntaxNote } from './limits.js';

export interface YamlOptions {
  /** Read plain `yes`, `no`, `on`, `off` as booleans, as Python trainers (YAML 1.1) do. */
  yaml11?: boolean;
}

/** Words that are booleans for YAML 1.1 and text for YAML 1.2. */
const YAML11_BOOLEAN = /^(?:(yes|Yes|YES|on|On|ON)|no|No|NO|off|Off|OFF)$/;

/**
 * One YAML 1.2 document whose root is a mapping; aliases and merge keys (`<<`) are followed.
 * Throws ConfigFormatError INVALID (with the place) or TOO_LARGE.
 */
export function parseYaml(text: string, options: YamlOptions = {}): ParsedText {
  const lines = new LineCounter();
  const document = compose(text, lines);
  const reader = new Reader(document, lines, options.yaml11 ?? false);
  const root = document.contents;
  if (!isMap(root)) throw new ConfigFormatError('INVALID', 'the file must hold one YAML mapping', 1, 1);
  return { root: reader.map(root, '', 0), notes: reader.notes };
}

/** The library's own parse, with the nesting checked before its recursive part sees it and the quadratic key check left out. */
function compose(text: string, lines: LineCounter): Document.Parsed {
  const parser = new Parser(lines.addNewLine);
  const composer = new Composer({ lineCounter: lines, uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  const documents: Document.Parsed[] = [];
  const tokens = function* () {
    // Nesting costs the parser one or two levels of its stack.
    for (const lexeme of new Lexer().lex(text)) {
      yield* parser.next(lexeme);
      if (parser.stack.length > 2 * MAX_DEPTH + 8) throw new ConfigFormatError('TOO_LARGE', `nested deeper than ${MAX_DEPTH} levels`);
    }
    yield* parser.end();
  };
  for (const document of composer.compose(tokens())) {
    const error = document.errors[0];
    if (error) throw invalid(firstSentence(error.message), lines, error.pos[0]);
    documents.push(document as Document.Parsed);
    if (documents.length > 1) throw new ConfigFormatError('INVALID', 'the file holds more than one YAML document');
  }
  const [document] = documents;
  if (!document) throw new ConfigFormatError('INVALID', 'the file is empty');
  return document;
}

class Reader {
  readonly notes: SyntaxNote[] = [];
  private readonly budget = new Budget();

  constructor(private readonly document: Document.Parsed, private readonly lines: LineCounter, private readonly yaml11: boolean) {}

  map(map: YAMLMap, path: string, depth: number): Record<string, JsonValue> {
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
    if (isAlias(node)) return this.value(this.resolve(node), path, depth + 1);
    if (isMap(node)) return this.map(node, path, depth);
    if (isSeq(node)) return node.items.map((item, index) => this.value(item as Node | null, `${path}[${index}]`, depth + 1));
    return isScalar(node) ? this.scalar(node, path) : null;
  }

  private scalar(scalar: Scalar, path: string): JsonValue {
    const { value } = scalar;
    if (typeof value === 'number' || typeof value === 'bigint') return exactNumber(value, scalar.source ?? String(value), path, this.notes);
    if (typeof value === 'boolean' || value === null) return value;
    const text = String(value);
    const boolean = this.yaml11 && scalar.type === 'PLAIN' ? YAML11_BOOLEAN.exec(text) : null;
    return boolean ? boolean[1] !== undefined : text;
  }

  private sources(node: Node | null, path: string, depth: number): Record<string, JsonValue>[] {
    const resolved = isAlias(node) ? this.resolve(node) : node;
    const list = isSeq(resolved) ? resolved.items as (Node | null)[] : [resolved];
    return list.map((item) => {
      const map = isAlias(item) ? this.resolve(item) : item;
      if (!isMap(map)) throw this.refuse('a merge key (<<) must name a mapping', item);
      this.budget.spend(depth + 1);
      return this.map(map, path, depth + 1);
    });
  }

  private resolve(alias: Alias): Node | null {
    const target = alias.resolve(this.document);
    if (!target) throw this.refuse('an alias without an anchor', alias);
    return target;
  }

  private key(node: Node | null): string {
    const target = isAlias(node) ? this.resolve(node) : node;
    if (!isScalar(target)) throw this.refuse('a key must be plain text', node);
    return typeof target.value === 'string' ? target.value : target.source ?? String(target.value);
  }

  private refuse(message: string, node: Node | null): ConfigFormatError {
    const { line, col } = this.place(node);
    return new ConfigFormatError('INVALID', `not valid YAML: ${message}`, line, col);
  }

  private place(node: Node | null): { line?: number; col?: number } {
    return node?.range ? this.lines.linePos(node.range[0]) : {};
  }
}

function invalid(message: string, lines: LineCounter, offset: number): ConfigFormatError {
  const { line, col } = lines.linePos(offset);
  return new ConfigFormatError('INVALID', `not valid YAML: ${message}`, line, col);
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

import { ConfigFormatError } from '../config-format-error.js';
import type { JsonValue } from '../json.js';
import { isStorable } from '../values.js';
import { parseJson, writeJson } from './json.js';
import { MAX_TEXT_LENGTH, type ParsedText } from './limits.js';
import { parseToml, writeToml } from './toml.js';
import { parseYaml, writeYaml } from './yaml.js';

export const SYNTAXES = ['yaml', 'toml', 'json'] as const;
export type Syntax = (typeof SYNTAXES)[number];

export const CONTENT_TYPES: Readonly<Record<Syntax, string>> = {
  yaml: 'application/yaml',
  toml: 'application/toml',
  json: 'application/json',
};

/** The text without a byte order mark. Throws ConfigFormatError for what is no text file of a sensible size. */
export function checkText(text: string): string {
  if (text.length > MAX_TEXT_LENGTH)
    throw new ConfigFormatError('fileTooLong', `the file is longer than ${MAX_TEXT_LENGTH} characters`, { limit: MAX_TEXT_LENGTH });
  if (!isStorable(text)) throw new ConfigFormatError('fileNoText', 'the file is not text: it has a NUL character or half a character');
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (plain.trim() === '') throw new ConfigFormatError('fileEmpty', 'the file is empty', { line: 1, column: 1 });
  return plain;
}

export function parseText(text: string, syntax: Syntax, options: { yaml11?: boolean } = {}): ParsedText {
  switch (syntax) {
    case 'json':
      return parseJson(text);
    case 'toml':
      return parseToml(text);
    case 'yaml':
      return parseYaml(text, options);
  }
}

export function writeText(root: Readonly<Record<string, JsonValue>>, syntax: Syntax, omitted: (path: string) => void): string {
  switch (syntax) {
    case 'json':
      return writeJson(root);
    case 'toml':
      return writeToml(root, omitted);
    case 'yaml':
      return writeYaml(root);
  }
}

/** Which syntaxes to try, the likeliest first, by how the lines begin; the content decides, a file name does not. */
export function guessSyntaxes(text: string): Syntax[] {
  const lines = text
    .split('\n', 400)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (/^(?:[{[]|\/[/*])/.test(lines[0] ?? '') && !/^\[\[?[\w."' -]+\]\]?\s*(?:#.*)?$/.test(lines[0] ?? '')) return ['json'];
  const assignments = lines.filter((line) => /^(?:[\w."'-]+\s*=|\[\[?[\w."' -]+\]\]?\s*(?:#.*)?$)/.test(line)).length;
  const members = lines.filter((line) => /^(?:- )?["']?[^\s"'#:=[\]{}][^"'#:=]*["']?\s*:(?:\s|$)/.test(line)).length;
  return assignments > members ? ['toml', 'yaml'] : ['yaml', 'toml'];
}

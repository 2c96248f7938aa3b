import { printParseErrorCode, visit, type ParseErrorCode } from 'jsonc-parser';
import { ConfigFormatError } from '../config-format-error.js';
import type { JsonValue } from '../json.js';
import { addMember, Budget, checkCharacters, exactNumber, placeOf, type ParsedText, type SyntaxNote } from './limits.js';

interface Level {
  readonly container: Record<string, JsonValue> | JsonValue[];
  /** The member that is being read, and where it stands. */
  key: string;
  line: number;
  column: number;
}

/**
 * JSON, with comments and trailing commas allowed (JSONC): people keep both in files they edit by hand.
 * Throws ConfigFormatError INVALID (with the place) or TOO_LARGE; the root must be an object.
 */
export function parseJson(text: string): ParsedText {
  const notes: SyntaxNote[] = [];
  const budget = new Budget();
  const levels: Level[] = [];
  let root: JsonValue | undefined;

  const put = (value: JsonValue): void => {
    const level = levels.at(-1);
    if (level === undefined) root = value;
    else if (Array.isArray(level.container)) level.container.push(value);
    else addMember(level.container, level.key, value, level.line, level.column);
  };
  const open = (container: Record<string, JsonValue> | JsonValue[], line: number, column: number): boolean => {
    budget.spend(levels.length + 1, line, column);
    put(container);
    levels.push({ container, key: '', line, column });
    return true;
  };
  const close = (): void => {
    levels.pop();
  };

  visit(
    text,
    {
      onObjectBegin: (_offset, _length, line, column) => open({}, line + 1, column + 1),
      onArrayBegin: (_offset, _length, line, column) => open([], line + 1, column + 1),
      onObjectEnd: close,
      onArrayEnd: close,
      onObjectProperty: (key, _offset, _length, line, column) => {
        const level = levels.at(-1);
        if (level) Object.assign(level, { key, line: line + 1, column: column + 1 });
      },
      onLiteralValue: (value: JsonValue, offset, length, line, column) => {
        budget.spend(levels.length, line + 1, column + 1);
        if (typeof value === 'string') checkCharacters(value, line + 1, column + 1);
        const source = text.slice(offset, offset + length);
        put(typeof value === 'number' ? exactNumber(value, source, levels.at(-1)?.key ?? '', notes) : value);
      },
      onError: (error: ParseErrorCode, offset) => {
        throw new ConfigFormatError('fileNoJson', `not valid JSON: ${words(printParseErrorCode(error))}`, placeOf(text, offset));
      },
    },
    { allowTrailingComma: true, disallowComments: false },
  );

  if (typeof root !== 'object' || root === null || Array.isArray(root)) {
    throw new ConfigFormatError('fileNoObject', 'the file must hold one JSON object', { line: 1, column: 1 });
  }
  return { root: root as Record<string, JsonValue>, notes };
}

/** `CloseBraceExpected` → `close brace expected`. */
function words(code: string): string {
  return code.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}

export function writeJson(root: Readonly<Record<string, JsonValue>>): string {
  return `${JSON.stringify(root, null, 2)}\n`;
}

import type { JsonObject, JsonValue } from '../json.js';

/** Longest value that can be a number, a list or a call, in characters; anything longer is text. */
const LONGEST = 4000;

/**
 * What Python's `str()` wrote: `"None"` → null, `"True"` → true, `"1e-05"` → 0.00001, `"(1024, 1024)"` and `"[1e-05, 1e-06]"` → lists.
 * Anything else stays text, as do `nan` and `inf`, which JSON cannot carry.
 */
export function fromPythonText(text: string): JsonValue {
  if (text.length > LONGEST) return text;
  const trimmed = text.trim();
  const list = /^[([](.*)[)\]]$/s.exec(trimmed);
  if (!list) return scalar(trimmed, text);
  const items = (list[1] ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return items.every((item) => /^[^()[\]{}]*$/.test(item)) ? items.map((item) => scalar(item, item)) : text;
}

function scalar(trimmed: string, text: string): JsonValue {
  switch (trimmed) {
    case 'None':
      return null;
    case 'True':
      return true;
    case 'False':
      return false;
    default:
      break;
  }
  const quoted = /^'([^'\\]*)'$|^"([^"\\]*)"$/.exec(trimmed);
  if (quoted) return quoted[1] ?? quoted[2] ?? '';
  if (!/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(trimmed)) return text;
  const value = Number(trimmed);
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value)) ? value : text;
}

/** `bitsandbytes.optim.adamw.AdamW8bit(weight_decay=0.1,betas=(0.9, 0.99))` → its path and its arguments, as text. */
export function pythonCall(text: string): { name: string; args: Record<string, string> } {
  // The pattern below is not made for long texts.
  const call = text.length > LONGEST ? null : /^\s*([\w.]+)\s*\((.*)\)\s*$/s.exec(text);
  if (!call) return { name: text.trim(), args: {} };
  const args: Record<string, string> = {};
  // A comma inside brackets belongs to the value.
  for (const [, key, value] of (call[2] ?? '').matchAll(/(\w+)\s*=\s*((?:\([^()]*\)|\[[^[\]]*\]|[^,()[\]])*)/g)) {
    if (key !== undefined && value !== undefined) args[key] = value.trim();
  }
  return { name: call[1] ?? '', args };
}

/** The object in a JSON text, or nothing: metadata values may be cut off or anything else. */
export function jsonObject(text: string | undefined): JsonObject | undefined {
  const value = jsonValue(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

export function jsonValue(text: string | undefined): JsonValue | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

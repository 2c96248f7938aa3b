import type { JsonObject } from '@lora-ledger/training';
import type { RequestDraft } from './form-model.js';

/** `with`: what the clone is to change, the `overrides` of a clone request as JSON, so that a link can hand over a filled form. */
export interface CloneSearch {
  with?: string;
}

/** Reads an address that anybody may have edited: what is no object is left out. */
export function parseCloneSearch(raw: Record<string, unknown>): CloneSearch {
  return typeof raw['with'] === 'string' && overridesOf(raw['with']) !== null ? { with: raw['with'] } : {};
}

/** The draft of a clone that changes what the address says; `null` takes a value away. */
export function withOverrides(original: RequestDraft, { with: text }: CloneSearch): RequestDraft {
  const { extraParams, ...overrides } = overridesOf(text ?? '{}') ?? {};
  const extra: JsonObject = { ...(original.extraParams as JsonObject | undefined), ...(isObject(extraParams) ? extraParams : {}) };
  return { ...original, ...overrides, extraParams: Object.fromEntries(Object.entries(extra).filter(([, value]) => value !== null)) };
}

function overridesOf(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../json.js';
import { isForbiddenKey } from '../syntax/limits.js';
import type { Tree } from './format.js';

const INDEX = /^\d+$/;

type Container = Record<string, JsonValue> | JsonValue[];

/** Takes the value at a dotted path out of `tree`, with the containers that become empty by it; `undefined` if there is none. */
export function take(tree: Tree, path: string): JsonValue | undefined {
  const segments = path.split('.');
  const parents: { container: Container; segment: string }[] = [];
  let here: JsonValue | undefined = tree;
  for (const segment of segments) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, segment) || Array.isArray(here) !== INDEX.test(segment))
      return undefined;
    parents.push({ container: here as Container, segment });
    here = (here as Tree)[segment];
  }
  for (const [back, { container, segment }] of parents.reverse().entries()) {
    if (Array.isArray(container)) {
      // The neighbours must keep their index, so an emptied element goes only if it is alone.
      if (back === 0 || container.length > 1) break;
      container.pop();
    } else {
      delete container[segment];
    }
    if (Object.keys(container).length > 0) break;
  }
  return here;
}

/** Puts a value at a dotted path of `tree`, making objects and, for numbers, lists on the way. */
export function put(tree: Tree, path: string, value: JsonValue): void {
  const segments = path.split('.');
  let here: Tree = tree;
  for (const [at, segment] of segments.slice(0, -1).entries()) {
    const next = here[segment];
    const child = typeof next === 'object' && next !== null ? next : INDEX.test(segments[at + 1] ?? '') ? [] : {};
    here[segment] = child;
    here = child as Tree;
  }
  here[segments.at(-1) ?? path] = value;
}

/** Nested objects as one level of dotted paths; lists and empty objects are values. Dots inside a key are escaped (`a\.b`). */
export function flatten(tree: JsonObject, prefix = '', flat: Tree = {}): Tree {
  for (const key of Object.keys(tree)) {
    const value = tree[key] ?? null;
    const path = prefix + (/[\\.]/.test(key) ? key.replace(/[\\.]/g, '\\$&') : key);
    if (isJsonObject(value) && Object.keys(value).length > 0) flatten(value, `${path}.`, flat);
    else flat[path] = value;
  }
  return flat;
}

/** Parameters under dotted names: what is nested below a name becomes dotted, the names themselves stay. */
export function dotted(params: JsonObject): Tree {
  return Object.fromEntries(
    Object.entries(params).flatMap(([path, value]) =>
      isJsonObject(value) && Object.keys(value).length > 0 ? Object.entries(flatten(value, `${path}.`)) : [[path, value]],
    ),
  );
}

/**
 * Adds to `tree` what stands at the (escaped) dotted paths of `flat`; what `tree` already says stays.
 * Returns the paths that had to give way to a different value.
 */
export function fill(tree: Tree, flat: JsonObject): string[] {
  return Object.entries(flat).flatMap(([path, value]) => {
    const segments = splitPath(path);
    if (segments.some(isForbiddenKey)) return [path];
    let nested = value;
    for (const segment of segments.reverse()) nested = { [segment]: nested };
    return isJsonObject(nested) && merge(tree, nested) ? [] : [path];
  });
}

function splitPath(path: string): string[] {
  const segments = [''];
  for (let at = 0; at < path.length; at += 1) {
    const sign = path.charAt(at);
    if (sign === '.') segments.push('');
    else segments[segments.length - 1] += sign === '\\' ? path.charAt(++at) : sign;
  }
  return segments;
}

/** Whether all of `source` found a place in `target` or was there already. */
function merge(target: Container, source: JsonObject | readonly JsonValue[]): boolean {
  let complete = true;
  for (const [key, value] of Object.entries<JsonValue>(source)) {
    if (isForbiddenKey(key)) {
      complete = false;
      continue;
    }
    const present = Object.hasOwn(target, key) ? (target as Tree)[key] : undefined;
    if (present === undefined) (target as Tree)[key] = copy(value);
    else if (areContainers(present, value)) complete = merge(present as Container, value as JsonObject) && complete;
    else complete = present === value && complete;
  }
  return complete;
}

function areContainers(a: JsonValue, b: JsonValue): boolean {
  if (isJsonObject(a)) return isJsonObject(b);
  // Lists of plain values are one value: they are never mixed.
  return isJsonArray(a) && isJsonArray(b) && [...a, ...b].every((item) => typeof item === 'object' && item !== null);
}

function copy(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(copy);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !isForbiddenKey(key))
      .map(([key, child]) => [key, copy(child)]),
  );
}

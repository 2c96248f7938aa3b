import { isJsonArray, isJsonObject, type JsonValue } from '../json.js';
import type { Tree } from './format.js';

/** The parameters of sd-scripts whose value is a list of `key=value` words. */
const ARGS_LISTS = ['network_args', 'optimizer_args', 'lr_scheduler_args'] as const;

/**
 * `network_args = ["conv_dim=4", "algo=loha"]` as `network_args: {conv_dim: "4", algo: "loha"}`, so that each argument
 * can be searched and compared. A list with other words, or one key twice, stays as it is. Also splits the one-line form of the GUI.
 */
export function unfoldArgs(tree: Tree): Tree {
  let unfolded = tree;
  for (const list of ARGS_LISTS) {
    const value = tree[list];
    const words = typeof value === 'string' ? value.split(/\s+/).filter((word) => word !== '') : value;
    if (!isJsonArray(words) || words.length === 0) continue;
    const pairs = words.flatMap((word): [string, string][] => {
      const [, key, text] = typeof word === 'string' ? (/^([^=\s]+)=(.*)$/s.exec(word) ?? []) : [];
      return key === undefined || text === undefined ? [] : [[key, text]];
    });
    const object = Object.fromEntries(pairs);
    if (Object.keys(object).length === words.length) unfolded = { ...unfolded, [list]: object };
  }
  return unfolded;
}

/** The reverse: objects back to lists of `key=value`. */
export function foldArgs(tree: Tree): Tree {
  const folded: Tree = { ...tree };
  for (const list of ARGS_LISTS) {
    const value = tree[list];
    if (isJsonObject(value))
      folded[list] = Object.entries(value).map(([key, word]) => `${key}=${typeof word === 'string' ? word : pythonText(word)}`);
  }
  return folded;
}

/** A value as Python spells it, which is how sd-scripts reads these words. */
function pythonText(value: JsonValue): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return value === null ? 'None' : typeof value === 'number' ? String(value) : JSON.stringify(value);
}

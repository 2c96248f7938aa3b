import { ownKey, readStored, writeStored } from '../../ui/stored.js';
import { randomId } from '../../ui/random-id.js';
import { forgetDraft, keepDraft, readDraft, type Draft } from './draft-store.js';
import { isUnderway } from './hand-in.js';

/** The drafts of new tasks beside each other, by name. There is always one. */
export interface Tray {
  names: readonly string[];
  active: string;
}

const KEY = 'drafts';
const FIRST = 'new';
/** More at once are no drafts that anybody would look through; a script submits them better. */
export const DRAFTS_MAX = 30;

/**
 * The tray as it was left. Drafts that the browser has lost meanwhile are gone from it, too, and those that are just being handed in are
 * not shown: they come back when the server refuses them.
 */
export function readTray(): Tray {
  const { names, active } = storedTray();
  const open = names.filter((name) => !isUnderway(name));
  const [first = isUnderway(FIRST) ? freshName() : FIRST] = open;
  return { names: open.length === 0 ? [first] : open, active: open.find((name) => name === active) ?? first };
}

/** Keeps the tray, with the drafts that are kept beside it. */
export function keepTray({ names, active }: Tray): void {
  const all = [...storedTray().names.filter((name) => !names.includes(name)), ...names];
  writeStored(ownKey(KEY), all.length === 1 && active === FIRST ? undefined : { names: all, active });
}

function storedTray(): { names: string[]; active: string | undefined } {
  const { names = [FIRST], active } = (readStored(ownKey(KEY)) ?? {}) as Partial<Tray>;
  return {
    names: Array.isArray(names) ? names.filter((name): name is string => typeof name === 'string' && readDraft(name) !== undefined) : [],
    active,
  };
}

function freshName(): string {
  return `${FIRST}.${randomId()}`;
}

/** Adds drafts behind the others and shows the first of them. `replaced` gives way: a form that nobody has touched. */
export function addDrafts({ names }: Tray, drafts: readonly Draft[], replaced: string | null): Tray {
  const added = drafts.map((draft) => {
    const name = freshName();
    keepDraft(name, draft);
    return name;
  });
  if (replaced !== null) forgetDraft(replaced);
  const kept = names.filter((name) => name !== replaced);
  return { names: [...kept, ...added], active: added[0] ?? kept[0] ?? FIRST };
}

/** Without one draft. Its neighbour is shown, or a fresh form when it was the last. */
export function withoutDraft({ names, active }: Tray, name: string): Tray {
  const at = names.indexOf(name);
  const rest = names.filter((one) => one !== name);
  forgetDraft(name);
  if (rest.length === 0) return { names: [FIRST], active: FIRST };
  return { names: rest, active: active === name ? (rest[Math.min(at, rest.length - 1)] ?? FIRST) : active };
}

/** Puts a draft that was taken out back to its place. */
export function restoreDraft({ names }: Tray, name: string, at: number, draft: Draft): Tray {
  keepDraft(name, draft);
  return { names: [...names.slice(0, at), name, ...names.slice(at).filter((one) => one !== name)], active: name };
}

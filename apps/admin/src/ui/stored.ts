/** What this browser, or one tab of it, keeps for a person. Storage may be full, forbidden or filled by an older version: nothing here throws. */

let owner = '';

/** From now on what is kept by `ownKey` is of this person, by user id. */
export function keepFor(userId: string): void {
  owner = userId;
}

/** A key for what only the person who is signed in may find again: several may use one browser. */
export function ownKey(name: string): string {
  return `lora-ledger.${owner}.${name}`;
}

/** A tab forgets when it is closed; what it was reloaded with, it still knows. */
type Keeper = 'browser' | 'tab';

function storageOf(keeper: Keeper): Storage {
  return keeper === 'tab' ? sessionStorage : localStorage;
}

export function readStored(key: string, keeper: Keeper = 'browser'): unknown {
  try {
    const text = storageOf(keeper).getItem(key);
    return text === null ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

/** @returns whether it was kept. A preference that cannot be is no reason to stop anybody. */
export function writeStored(key: string, value: unknown, keeper: Keeper = 'browser'): boolean {
  try {
    const storage = storageOf(keeper);
    if (value === undefined) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

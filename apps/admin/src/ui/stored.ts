/** What this browser keeps for a person. Storage may be full, forbidden or filled by an older version: nothing here throws. */

let owner = '';

/** From now on what is kept by `ownKey` is of this person, by user id. */
export function keepFor(userId: string): void {
  owner = userId;
}

/** A key for what only the person who is signed in may find again: several may use one browser. */
export function ownKey(name: string): string {
  return `lora-ledger.${owner}.${name}`;
}

export function readStored(key: string): unknown {
  try {
    const text = localStorage.getItem(key);
    return text === null ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

/** @returns whether it was kept. A preference that cannot be is no reason to stop anybody. */
export function writeStored(key: string, value: unknown): boolean {
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

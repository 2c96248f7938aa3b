/** Stands in for the browser's storage in unit tests. @returns what it holds, by key */
export function storageInMemory(): Map<string, string> {
  const held = new Map<string, string>();
  Object.assign(globalThis, {
    localStorage: {
      getItem: (key: string) => held.get(key) ?? null,
      setItem: (key: string, value: string) => held.set(key, value),
      removeItem: (key: string) => held.delete(key),
    },
  });
  return held;
}

import { isSecretKey, maskSecrets } from '@lora-ledger/training';

/** What changed, field by field. */
export type Changes = Record<string, { from?: unknown; to?: unknown }>;

const TEXT_MAX = 500;
const MASKED = '•••';

/** The fields of `after` that differ from `before`; fields that `after` does not have did not change. */
export function changesBetween(before: object, after: object): Changes {
  const former = before as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(after)
      .filter(([field, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(former[field] ?? null))
      .map(([field, value]) => [field, { from: former[field] ?? null, to: value as unknown }]),
  );
}

/** As stored: credentials masked whatever field they come in, long texts cut. */
export function changesAsJson(changes: Changes): string {
  return JSON.stringify(changes, (key, value: unknown) => {
    if (isSecretKey(key) && typeof value !== 'boolean') return MASKED;
    if (typeof value !== 'string') return value;
    return maskSecrets(value.length > TEXT_MAX ? `${value.slice(0, TEXT_MAX)}…` : value);
  });
}

import { legible } from '../ui/address.js';

/**
 * The query string as the API itself would write it: `?status=FAILED&status=CANCELLED&extra.optimizer=adamw&sort=-finalLoss`.
 * A link can be read, edited by hand, and turned into a curl command by changing its path.
 */
export type RawSearch = Record<string, string | string[] | Record<string, string | string[]>>;
/** Maps of the list's filter, written with a dot. */
const MAPS = ['extra', 'extraMin', 'extraMax'];

/**
 * Repeated keys become lists, `extra.<key>` entries of `extra` and so for the other maps; everything stays text until the page that knows better reads it.
 * The router keeps what it was given beside what the page made of it: were the two called differently, both would stand in the address.
 */
export function parseSearch(text: string): RawSearch {
  const search = new Map<string, string | string[]>();
  for (const [key, value] of new URLSearchParams(text)) {
    const before = search.get(key);
    search.set(key, before === undefined ? value : [before, value].flat());
  }
  const mapOf = (key: string): string | undefined => MAPS.find((map) => key.startsWith(`${map}.`));
  const rest = [...search].filter(([key]) => mapOf(key) === undefined);
  const maps = MAPS.map((map) => [map, [...search].filter(([key]) => mapOf(key) === map)] as const).filter(
    ([, entries]) => entries.length > 0,
  );
  return {
    ...Object.fromEntries(rest),
    ...Object.fromEntries(
      maps.map(([map, entries]) => [map, Object.fromEntries(entries.map(([key, value]) => [key.slice(map.length + 1), value]))]),
    ),
  };
}

/** The opposite; `undefined`, `null`, empty text and empty lists leave no trace, nested objects become dotted keys. */
export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  const append = (key: string, value: unknown): void => {
    if (Array.isArray(value)) value.forEach((one) => append(key, one));
    else if (typeof value === 'object' && value !== null) Object.entries(value).forEach(([child, one]) => append(`${key}.${child}`, one));
    else if (typeof value === 'string' ? value !== '' : typeof value === 'number' || typeof value === 'boolean')
      params.append(key, String(value));
  };
  Object.entries(search).forEach(([key, value]) => append(key, value));
  const text = legible(params.toString());
  return text === '' ? '' : `?${text}`;
}

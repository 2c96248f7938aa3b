import type { Read } from './snapshot.js';

/** Names of people by their ids. */
export async function usernames(read: Read, ids: readonly (string | number | null)[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await read<{ id: string; username: string }>('SELECT id, username FROM app_user WHERE id = ANY($1::bigint[])', [
    [...new Set(ids.map(String))],
  ]);
  return new Map(rows.map(({ id, username }) => [id, username]));
}

/** The state of the list of users in the address. */
export interface UsersSearch {
  deleted?: 'only';
}

export function parseUsersSearch(raw: Record<string, unknown>): UsersSearch {
  return raw['deleted'] === 'only' ? { deleted: 'only' } : {};
}

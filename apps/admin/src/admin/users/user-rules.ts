import type { UserDto } from '@lora-ledger/contracts';

/** A person as others know them. */
export function nameOf({ displayName, username }: Pick<UserDto, 'displayName' | 'username'>): string {
  return displayName ?? username;
}

/**
 * Whether nobody else could administer. The server refuses to lose the last admin whatever this says; knowing it before lets the page
 * explain instead of fail. `complete`: `users` are all there are.
 */
export function isLastAdmin(user: UserDto, users: readonly UserDto[], complete: boolean): boolean {
  const isAdmin = ({ role, disabled }: UserDto) => role === 'admin' && !disabled;
  return complete && isAdmin(user) && users.filter(isAdmin).length === 1;
}

/** Good enough to catch a slip; whether it can be delivered, only a mail can tell. */
export function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(text);
}

export type UserAction = 'edit' | 'reset' | 'disable' | 'enable' | 'delete' | 'restore';

/**
 * What an admin may do with somebody. Nobody disables or deletes themselves by a slip, and their own password is changed where the
 * present one is asked for.
 */
export function userActions(
  user: UserDto,
  { me, deleted, lastAdmin }: { me: string; deleted: boolean; lastAdmin: boolean },
): readonly { action: UserAction; allowed: boolean }[] {
  if (deleted) return [{ action: 'restore', allowed: true }];
  if (user.id === me) return [{ action: 'edit', allowed: true }];
  return [
    { action: 'edit', allowed: true },
    { action: 'reset', allowed: true },
    user.disabled ? { action: 'enable', allowed: true } : { action: 'disable', allowed: !lastAdmin },
    { action: 'delete', allowed: !lastAdmin },
  ];
}

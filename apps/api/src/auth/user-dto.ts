import type { UserDto } from '@lora-ledger/contracts';
import type { User } from './user.entity.js';

/** What leaves the server of a person: never the hash of the password. */
export function userDto(user: User): UserDto {
  return {
    id: user.id,
    username: user.username,
    displayName: user.displayName,
    email: user.email,
    role: user.role,
    disabled: user.disabled,
    createdAt: user.createdAt.toISOString(),
    lastLoginAt: user.lastLoginAt?.toISOString() ?? null,
  };
}

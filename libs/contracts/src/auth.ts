import { PASSWORD_MAX, PASSWORD_MIN, USERNAME_MAX, USERNAME_PATTERN } from './account-rules.js';
import { BooleanField, ChoiceField, NestedField, NestedListField, TextField, TextListField, TimeField, UuidField } from './field.js';
import { PageQuery } from './page.js';

export const ROLES = ['member', 'admin'] as const;
export type Role = (typeof ROLES)[number];
export const TOKEN_SCOPES = ['read', 'submit', 'report'] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];
const USERNAME = {
  max: USERNAME_MAX,
  pattern: USERNAME_PATTERN,
  patternHint: 'may have letters, digits and . _ @ -, and begins with a letter or digit',
};

export class Credentials {
  @TextField({ description: 'Username', max: 100 }) username: string;
  @TextField({ description: 'Password', max: PASSWORD_MAX, raw: true }) password: string;
}

export class SetupRequest {
  @TextField({ description: 'One-time code printed at the console', max: 200 }) code: string;
  @TextField({ description: 'Username of the first admin', ...USERNAME }) username: string;
  @TextField({ description: `Password, ${PASSWORD_MIN} characters or more`, max: PASSWORD_MAX, raw: true }) password: string;
}

export class ChangePassword {
  @TextField({ description: 'Present password', max: PASSWORD_MAX, raw: true }) currentPassword: string;
  @TextField({ description: `New password, ${PASSWORD_MIN} characters or more`, max: PASSWORD_MAX, raw: true }) newPassword: string;
}

export class UserDto {
  @TextField({ description: 'Id', max: 20 }) id: string;
  @TextField({ description: 'Username', max: 60 }) username: string;
  @TextField({ description: 'Name to show', max: 200, optional: true }) displayName: string | null;
  @TextField({ description: 'E-mail address', max: 320, optional: true }) email: string | null;
  @ChoiceField({ description: 'Role', choices: ROLES }) role: Role;
  @BooleanField({ description: 'May not sign in' }) disabled: boolean;
  @TimeField({ description: 'Created' }) createdAt: string;
  @TimeField({ description: 'Last sign-in', optional: true }) lastLoginAt: string | null;
}

export class SignedIn {
  @NestedField({ description: 'Who signed in' }, () => UserDto) user: UserDto;
  @TextField({ description: 'Send as `X-CSRF-Token` with every change made with the session cookie', max: 200 }) csrfToken: string;
  @TextField({ description: 'Short-lived bearer token for scripts', max: 4000 }) accessToken: string;
}

export class Me {
  @NestedField({ description: 'The caller' }, () => UserDto) user: UserDto;
  @TextField({ description: 'For cookie sessions', max: 200, optional: true }) csrfToken: string | null;
}

/** What a page shows before anybody has signed in. */
export class AuthStatus {
  @BooleanField({ description: 'No admin exists yet: the set-up page with the code from the console is next' }) setupRequired: boolean;
  @TextField({ description: 'Name of the single sign-on provider, when there is one', max: 100, optional: true }) singleSignOn:
    string | null;
}

export class SsoQuery {
  @TextField({ description: 'Page to go on to afterwards, a path on this site', max: 1000, optional: true }) next?: string;
}

export class CreateUser {
  @TextField({ description: 'Username', ...USERNAME }) username: string;
  @TextField({ description: `Password, ${PASSWORD_MIN} characters or more`, max: PASSWORD_MAX, raw: true }) password: string;
  @ChoiceField({ description: 'Role', choices: ROLES }) role: Role;
  @TextField({ description: 'Name to show', max: 200, optional: true }) displayName?: string | null;
  @TextField({ description: 'E-mail address', max: 320, optional: true }) email?: string | null;
}

export class PatchUser {
  @ChoiceField({ description: 'Role', choices: ROLES, optional: true }) role?: Role;
  @TextField({ description: 'Name to show', max: 200, optional: true }) displayName?: string | null;
  @TextField({ description: 'E-mail address', max: 320, optional: true }) email?: string | null;
  @BooleanField({ description: 'May not sign in; ends all sessions', optional: true }) disabled?: boolean;
  @TextField({ description: 'New password; ends all sessions', max: PASSWORD_MAX, raw: true, optional: true }) password?: string;
}

export class CreateToken {
  @TextField({ description: 'What it is for', max: 100 }) name: string;
  @TextListField({ description: 'What it may do', max: 3, itemMax: 10, choices: TOKEN_SCOPES }) scopes: TokenScope[];
  @TimeField({ description: 'When it stops working; never when absent', optional: true }) expiresAt?: string | null;
}

export class TokenDto {
  @TextField({ description: 'Id', max: 20 }) id: string;
  @TextField({ description: 'Name', max: 100 }) name: string;
  @TextField({ description: 'First characters, to recognise it by', max: 20 }) prefix: string;
  @TextListField({ description: 'Scopes', max: 3, itemMax: 10 }) scopes: TokenScope[];
  @TimeField({ description: 'Created' }) createdAt: string;
  @TimeField({ description: 'Expires', optional: true }) expiresAt: string | null;
  @TimeField({ description: 'Last used', optional: true }) lastUsedAt: string | null;
}

export class CreatedToken extends TokenDto {
  @TextField({ description: 'The token itself, shown this once', max: 200 }) secret: string;
}

export class TokenList {
  @NestedListField({ description: 'Newest first', max: 1000 }, () => TokenDto) items: TokenDto[];
}

export class UserList {
  @NestedListField({ description: 'By username', max: 100 }, () => UserDto) items: UserDto[];
  @TextField({ description: 'Next page', max: 1000, optional: true }) nextCursor: string | null;
}

/** One signed-in browser or script. */
export class SessionDto {
  @UuidField({ description: 'Id' }) id: string;
  @TimeField({ description: 'Signed in' }) createdAt: string;
  @TimeField({ description: 'Last seen, to the minute' }) lastSeenAt: string;
  @TimeField({ description: 'Ends at the latest' }) expiresAt: string;
  @TextField({ description: 'Address it was begun from', max: 100, optional: true }) address: string | null;
  @TextField({ description: 'What the browser says it is', max: 300, optional: true }) userAgent: string | null;
  @BooleanField({ description: 'The one this request belongs to' }) current: boolean;
}

export class SessionList {
  @NestedListField({ description: 'Newest first', max: 50 }, () => SessionDto) items: SessionDto[];
}

export class UserQuery extends PageQuery {
  @ChoiceField({ description: '`only`: deleted users', choices: ['only'], optional: true }) deleted?: 'only';
}

export class PeopleQuery {
  @TextField({ description: 'Part of a username or name', max: 100 }) q: string;
}

export class Person {
  @TextField({ description: 'Username', max: 60 }) username: string;
  @TextField({ description: 'Name to show', max: 200, optional: true }) displayName: string | null;
}

export class People {
  @NestedListField({ description: 'By username, at most 20', max: 20 }, () => Person) items: Person[];
}

export const SHARES_MAX = 100;

/** Who may read a task beside its owner and the admins. */
export class PutShares {
  @BooleanField({ description: 'Everyone signed in' }) everyone: boolean;
  @TextListField({ description: 'Usernames', max: SHARES_MAX, itemMax: 60 }) usernames: string[];
}

export class Shares {
  @BooleanField({ description: 'Everyone signed in' }) everyone: boolean;
  @NestedListField({ description: 'By username', max: SHARES_MAX }, () => Person) people: Person[];
}

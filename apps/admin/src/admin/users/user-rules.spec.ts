import type { UserDto } from '@lora-ledger/contracts';
import { isEmail, isLastAdmin, userActions } from './user-rules.js';

const aUser = (more: Partial<UserDto> = {}): UserDto => ({
  id: '1',
  username: 'lin',
  displayName: null,
  email: null,
  role: 'member',
  disabled: false,
  createdAt: '2026-01-01T00:00:00.000Z',
  lastLoginAt: null,
  ...more,
});
const ada = aUser({ id: '2', username: 'ada', role: 'admin' });

describe('the last admin', () => {
  it('is the only one who can administer', () => {
    expect(isLastAdmin(ada, [ada, aUser()], true)).toBe(true);
  });
  it('is not alone beside another admin', () => {
    expect(isLastAdmin(ada, [ada, aUser({ id: '3', role: 'admin' })], true)).toBe(false);
  });
  it('is alone beside a disabled admin', () => {
    expect(isLastAdmin(ada, [ada, aUser({ id: '3', role: 'admin', disabled: true })], true)).toBe(true);
  });
  it('cannot be told while some users are not loaded', () => {
    expect(isLastAdmin(ada, [ada], false)).toBe(false);
  });
});

describe('what an admin can do with somebody', () => {
  const names = (user: UserDto, deleted = false) =>
    userActions(user, { me: ada.id, deleted, lastAdmin: false }).map(({ action }) => action);
  it('depends on whether they are disabled or deleted', () => {
    expect(names(aUser())).toEqual(['edit', 'reset', 'disable', 'delete']);
    expect(names(aUser({ disabled: true }))).toEqual(['edit', 'reset', 'enable', 'delete']);
    expect(names(aUser(), true)).toEqual(['restore']);
  });
  it('is only editing when it is themselves', () => {
    expect(names(ada)).toEqual(['edit']);
  });
  it('leaves the last admin in place', () => {
    const refused = userActions(ada, { me: '9', deleted: false, lastAdmin: true })
      .filter(({ allowed }) => !allowed)
      .map(({ action }) => action);
    expect(refused).toEqual(['disable', 'delete']);
  });
});

describe('an e-mail address', () => {
  it.each(['lin@lab', 'lin.wei@lab.example'])('may be %p', (text) => expect(isEmail(text)).toBe(true));
  it.each(['lin', 'lin@', '@lab', 'lin @lab', 'a@b@c'])('may not be %p', (text) => expect(isEmail(text)).toBe(false));
});

import { isUsername, passwordComplaint } from './account-rules.js';

describe('usernames', () => {
  it.each(['a', 'lin.wei', 'ml-team_2@lab'])('may be %p', (name) => expect(isUsername(name)).toBe(true));
  it.each(['', '.lin', 'lin wei', '林', 'a'.repeat(61)])('may not be %p', (name) => expect(isUsername(name)).toBe(false));
});

describe('a password', () => {
  it.each(['lantern river orbit', '红灯笼挂在河边的老树上面', 'tr0ub4dor&3-extra'])('may be %p', (password) =>
    expect(passwordComplaint(password, 'lin.wei')).toBeNull(),
  );
  it('is counted in characters, not in code units', () => {
    expect(passwordComplaint('🦊🐢🦉🐝🐙🦋', 'lin.wei')).toBe('passwordTooShort');
  });
  it('may contain the username but not be made of it', () => {
    expect(passwordComplaint('lin.wei likes rivers', 'lin.wei')).toBeNull();
    expect(passwordComplaint('Lin.Wei-lin.wei', 'lin.wei')).toBe('passwordHasUsername');
  });
  it.each(['aaaaaaaaaaaaaa', 'abcdefghijkl', 'qwertyuiop123', 'passwordpassword', 'welcome12345'])('is too easy as %p', (password) =>
    expect(passwordComplaint(password, 'lin.wei')).toBe('passwordTooEasy'),
  );
  it('is not measured against a username nobody has chosen yet', () => {
    expect(passwordComplaint('lantern river orbit', '')).toBeNull();
  });
});

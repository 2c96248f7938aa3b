import { codeFromFragment, isUsername } from './account-rules.js';

describe('the set-up link', () => {
  it('carries its code in the fragment', () => {
    expect(codeFromFragment('#code=ab%2Bc-1')).toBe('ab+c-1');
    expect(codeFromFragment('code=abc')).toBe('abc');
  });
  it('without a code leaves the field empty', () => {
    expect(codeFromFragment('')).toBe('');
    expect(codeFromFragment('#other=1')).toBe('');
  });
});

describe('usernames', () => {
  it.each(['a', 'lin.wei', 'ml-team_2@lab'])('may be %p', (name) => expect(isUsername(name)).toBe(true));
  it.each(['', '.lin', 'lin wei', '林', 'a'.repeat(61)])('may not be %p', (name) => expect(isUsername(name)).toBe(false));
});

import { codeFromFragment } from './setup-link.js';

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

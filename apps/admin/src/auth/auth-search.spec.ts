import { parseAuthSearch, singleSignOnUrl } from './auth-search.js';

describe('the way back after signing in', () => {
  it('keeps a path of this site with its query', () => {
    expect(parseAuthSearch({ next: '/tasks?status=FAILED', expired: 'true' })).toEqual({ next: '/tasks?status=FAILED', expired: true });
  });
  it.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/a\nb', 7, undefined])(
    'refuses %p',
    (next) => {
      expect(parseAuthSearch({ next })).toEqual({});
    },
  );
});

describe('signing in at a provider', () => {
  it('leads back to the page that was asked for', () => {
    expect(singleSignOnUrl('/tasks?status=FAILED&q=a b')).toBe('/api/auth/sso?next=%2Ftasks%3Fstatus%3DFAILED%26q%3Da+b');
    expect(singleSignOnUrl(undefined)).toBe('/api/auth/sso?next=%2Ftasks');
  });
  it('tells how it ended only in words that are known', () => {
    expect(parseAuthSearch({ sso: 'refused' })).toEqual({ sso: 'refused' });
    expect(parseAuthSearch({ sso: '<b>' })).toEqual({});
  });
});

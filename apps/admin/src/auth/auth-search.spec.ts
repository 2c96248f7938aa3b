import { parseAuthSearch } from './auth-search.js';

describe('the way back after signing in', () => {
  it('keeps a path of this site with its query', () => {
    expect(parseAuthSearch({ next: '/tasks?status=FAILED', expired: 'true' })).toEqual({ next: '/tasks?status=FAILED', expired: true });
  });
  it.each(['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', '/a\nb', 7, undefined])('refuses %p', (next) => {
    expect(parseAuthSearch({ next })).toEqual({});
  });
});

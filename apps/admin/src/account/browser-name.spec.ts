import { browserName } from './browser-name.js';

describe('the name of the program of a session', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36', 'Chrome', 'Linux'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0',
      'Edge',
      'Windows',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
      'Safari',
      'macOS',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
      'Safari',
      'iPhone',
    ],
    ['Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0', 'Firefox', 'Android'],
  ])('is read from %p', (userAgent, browser, system) => {
    expect(browserName(userAgent)).toEqual({ browser, system });
  });
  it('is that of a script when no browser calls', () => {
    expect(browserName('curl/8.5.0')).toEqual({ browser: 'curl', system: null });
    expect(browserName('python-requests/2.32')).toEqual({ browser: 'python-requests', system: null });
  });
  it('is unknown when nothing is said', () => {
    expect(browserName(null)).toBeNull();
    expect(browserName('(nothing)')).toBeNull();
  });
});

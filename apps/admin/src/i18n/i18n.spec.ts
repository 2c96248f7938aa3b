import { preferredLanguage } from './i18n.js';

describe('the language', () => {
  it('is the one chosen here, whatever the browser asks for', () => {
    expect(preferredLanguage('en', ['zh-CN'])).toBe('en');
  });
  it('is the first of the browser that has a catalogue', () => {
    expect(preferredLanguage(null, ['fr-FR', 'zh-Hans-CN', 'en'])).toBe('zh');
  });
  it('is English when nothing fits', () => {
    expect(preferredLanguage('klingon', ['fr'])).toBe('en');
  });
});

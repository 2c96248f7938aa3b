import { expiryDate, expiryState } from './token-expiry.js';

const now = Date.UTC(2026, 0, 1);

describe('the end of a token', () => {
  it('lies as many days ahead as chosen', () => {
    expect(expiryDate('d30', now)).toBe('2026-01-31T00:00:00.000Z');
    expect(expiryDate('never', now)).toBeNull();
  });
  it.each([
    ['2026-01-20T00:00:00.000Z', 'good'],
    ['2026-01-07T23:59:59.000Z', 'soon'],
    ['2026-01-01T00:00:00.000Z', 'expired'],
    ['2025-12-31T00:00:00.000Z', 'expired'],
    [null, 'good'],
  ])('at %p makes it %p', (expiresAt, state) => {
    expect(expiryState(expiresAt, now)).toBe(state);
  });
});

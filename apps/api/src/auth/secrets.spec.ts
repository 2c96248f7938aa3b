import { looksLikeSecret, maskSecrets } from '@lora-ledger/training';
import fc from 'fast-check';
import { hashSecret, isWellFormedToken, mintToken, randomSecret, sameSecret } from './secrets.js';

it('mints tokens that are never the same and always well-formed', () => {
  const tokens = Array.from({ length: 1000 }, (_one, index) => mintToken(index % 2 === 0 ? 'llp_' : 'llt_'));
  expect(new Set(tokens).size).toBe(1000);
  expect(tokens.every(isWellFormedToken)).toBe(true);
});

it('knows a mistyped token without asking anybody', () => {
  fc.assert(
    fc.property(fc.nat(75), fc.constantFrom(...'0123456789abcdefgGz_ '), (position, character) => {
      const token = mintToken('llp_');
      const mistyped = token.slice(0, position) + character + token.slice(position + 1);
      return mistyped === token || !isWellFormedToken(mistyped);
    }),
  );
});

it('mints tokens that the rest of the product recognises as secrets and masks', () => {
  for (const token of [mintToken('llp_'), mintToken('llt_')]) {
    expect(looksLikeSecret(token)).toBe(true);
    expect(maskSecrets(`curl -H "Authorization: Bearer ${token}"`)).not.toContain(token);
  }
});

it('compares secrets of any length without failing', () => {
  const secret = randomSecret();
  expect(sameSecret(secret, secret)).toBe(true);
  expect([secret.slice(1), `${secret}x`, '', 'x'].some((other) => sameSecret(secret, other))).toBe(false);
  expect(hashSecret(secret)).toHaveLength(32);
});

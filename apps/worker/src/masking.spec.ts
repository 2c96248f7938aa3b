import fc from 'fast-check';
import { maskerFor } from './masking.js';

describe('masking program output', () => {
  it('hides a known credential wherever it stands, and what looks like one', () => {
    const mask = maskerFor(['geheim-äöü-1', 'geheim-äöü-12345']);
    expect(mask('x=geheim-äöü-12345; geheim-äöü-1, hf_token=abcdefghi')).toBe(`x=${'*'.repeat(19)}; ${'*'.repeat(15)}, hf_token=*********`);
  });

  it('never changes the number of bytes', () => {
    const mask = maskerFor(['a', 'password', '€']);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const line = `${text} password=${text} €`;
        expect(Buffer.byteLength(mask(line))).toBe(Buffer.byteLength(line));
      }),
    );
  });
});

import fc from 'fast-check';
import { byteTrueText, wholeCharacters, wholeLines } from './byte-text.js';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe('text made of any bytes', () => {
  it('has exactly as many UTF-8 bytes as were given', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (given) => {
        expect(Buffer.byteLength(byteTrueText(given))).toBe(given.length);
      }),
    );
  });

  it('is the text itself where the bytes are valid UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(byteTrueText(Buffer.from(text))).toBe(text.replaceAll('\0', '?'));
      }),
    );
  });

  it.each([
    ['a lone continuation byte', [0x61, 0x80, 0x62], 'a?b'],
    ['an overlong form', [0xc0, 0xaf], '??'],
    ['a surrogate', [0xed, 0xa0, 0x80], '???'],
    ['more than Unicode has', [0xf4, 0x90, 0x80, 0x80], '????'],
    ['a character cut short', [0x61, 0xe2, 0x96], 'a??'],
    ['NUL', [0x61, 0], 'a?'],
  ])('has question marks for %s', (_what, given, text) => {
    expect(byteTrueText(bytes(...given))).toBe(text);
  });
});

it('whole characters end before a character that has only begun', () => {
  const text = Buffer.from('ä€🜚');
  fc.assert(
    fc.property(fc.integer({ min: 0, max: text.length }), (end) => {
      const whole = wholeCharacters(text.subarray(0, end));
      expect(text.subarray(0, whole).toString()).not.toContain('\ufffd');
      expect(end - whole).toBeLessThan(4);
    }),
  );
  expect(wholeCharacters(bytes(0x80, 0x80, 0x80, 0x80))).toBe(4);
});

it('whole lines end with a line feed or a carriage return', () => {
  expect(wholeLines(Buffer.from('one\ntwo\rthr'))).toBe(8);
  expect(wholeLines(Buffer.from('one'))).toBe(0);
});

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const SUBSTITUTE = 0x3f; // "?"

/**
 * `bytes` as text with exactly as many UTF-8 bytes: every byte that is not part of valid UTF-8 becomes a question mark, and so does NUL,
 * which no database text can hold. (The usual replacement character has three bytes and would shift all offsets behind it.)
 */
export function byteTrueText(bytes: Uint8Array): string {
  const clean = Uint8Array.from(bytes);
  for (let at = 0; at < clean.length;) {
    const length = sequenceLength(clean, at);
    if (length === 0 || clean[at] === 0) clean[at] = SUBSTITUTE;
    at += Math.max(1, length);
  }
  return UTF8.decode(clean);
}

/** The length of `bytes` up to and with the last line end (a carriage return is one), 0 without any. */
export function wholeLines(bytes: Uint8Array): number {
  return Math.max(bytes.lastIndexOf(0x0a), bytes.lastIndexOf(0x0d)) + 1;
}

/** The length of `bytes` without a character that has only begun at their end. */
export function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needed > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** Bytes of the valid UTF-8 character at `at`, 0 when there is none (Unicode 16, table 3-7: no overlong forms, no surrogates). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const [first = 0, second = 0] = [bytes[at], bytes[at + 1]];
  if (first < 0x80) return 1;
  const length = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  const lowest = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const highest = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (second < lowest || second > highest) return 0;
  for (let next = at + 2; next < at + length; next += 1) {
    if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}

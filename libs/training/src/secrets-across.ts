import { maskSecrets } from './secrets.js';

/** Bytes before a border that are looked at again: the longest private key in use, and every credential known by its shape, is shorter. */
export const ACROSS = 8192;

const STAR = 0x2a;
/** What a credential of that length left behind when it was masked before its end was there, and that end. */
const MASKED_ENDING = /\*{20}$/;
const CONTINUED = /^[A-Za-z0-9_-]+/;

/**
 * Masks credentials that begin in one piece of a log and end in the next, in place.
 *
 * @param tail the end of what is there already, masked by itself (at least `ACROSS` bytes, or all there is)
 * @param next what follows it, masked by itself
 * @returns whether `tail` changed; the number of bytes never does
 */
export function maskAcross(tail: Uint8Array, next: Uint8Array): boolean {
  if (tail.length === 0 || next.length === 0) return false;
  // Byte by byte, because a border may stand inside a character; the other sign tells new asterisks from old ones.
  const before = latin1(tail);
  const after = latin1(next.subarray(0, ACROSS));
  const continued = MASKED_ENDING.test(before) ? (CONTINUED.exec(after)?.[0] ?? '') : '';
  next.fill(STAR, 0, continued.length);
  const masked = maskSecrets(before + latin1(next.subarray(0, ACROSS)), '•');
  let changed = false;
  for (let at = masked.indexOf('•'); at !== -1; at = masked.indexOf('•', at + 1)) {
    if (at >= tail.length) next[at - tail.length] = STAR;
    else if (tail[at] !== STAR) {
      tail[at] = STAR;
      changed = true;
    }
  }
  return changed;
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Prefixes by which people and secret scanners recognise what they found. */
export const API_TOKEN_PREFIX = 'llp_';
export const TASK_TOKEN_PREFIX = 'llt_';

const SECRET_BYTES = 32;
const TOKEN = /^ll[pt]_([0-9a-f]{64})([0-9a-f]{8})$/;

/** 256 random bits as URL-safe text. */
export function randomSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** `llp_` or `llt_`, 64 hexadecimal digits of randomness, 8 of CRC-32: a mistyped token is known without asking the database. */
export function mintToken(prefix: typeof API_TOKEN_PREFIX | typeof TASK_TOKEN_PREFIX): string {
  const body = randomBytes(SECRET_BYTES).toString('hex');
  return `${prefix}${body}${checksum(prefix + body)}`;
}

export function isWellFormedToken(token: string): boolean {
  return TOKEN.test(token) && checksum(token.slice(0, -8)) === token.slice(-8);
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

/** What is kept of a secret. The secrets are 256 random bits, so one round of SHA-256 cannot be searched. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}

/** Compares without telling by its duration where the first difference is. */
export function sameSecret(one: string, other: string): boolean {
  return timingSafeEqual(hashSecret(one), hashSecret(other));
}

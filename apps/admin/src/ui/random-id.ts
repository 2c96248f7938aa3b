/** 32 random hexadecimal digits. `crypto.randomUUID` would need https, and many installations are plain http inside a lab. */
export function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

import { maskSecrets } from '@lora-ledger/training';

/**
 * Replaces credentials in program output by asterisks: everything that looks like one, and `known` ones wherever they stand.
 * The result has as many UTF-8 bytes as the text, so that offsets into the log stay true.
 */
export function maskerFor(known: readonly string[]): (text: string) => string {
  const longestFirst = [...known].sort((a, b) => b.length - a.length);
  return (text) =>
    longestFirst.reduce((masked, secret) => masked.replaceAll(secret, '*'.repeat(Buffer.byteLength(secret))), maskSecrets(text));
}

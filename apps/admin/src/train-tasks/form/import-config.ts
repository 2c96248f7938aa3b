import type { ParsedFile } from '@lora-ledger/contracts';
import { send } from '../../api/http.js';

/** Bytes; far above any real configuration. */
export const CONFIG_FILE_MAX = 1024 * 1024;
const SAFETENSORS_HEADER_MAX = 100 * 1024 * 1024;

/** A configuration file was too large; `limit` in bytes. */
export class FileTooLarge extends Error {
  constructor(readonly limit: number) {
    super(`larger than ${limit} bytes`);
  }
}

/**
 * Reads a YAML, TOML, JSON or `.safetensors` file into a draft; nothing is stored. Of the latter only the header leaves this machine.
 * @throws FileTooLarge, ApiProblem
 */
export async function importConfig(file: File): Promise<ParsedFile> {
  const isWeights = file.name.toLowerCase().endsWith('.safetensors');
  const content = isWeights ? await headerOf(file) : file;
  if (!isWeights && file.size > CONFIG_FILE_MAX) throw new FileTooLarge(CONFIG_FILE_MAX);
  return send<ParsedFile>('POST', '/train-tasks/parse', { query: { filename: file.name }, raw: { content, contentType: 'application/octet-stream' } });
}

/** The first bytes of a safetensors file: eight with the length of the header, little endian, and the header itself. */
async function headerOf(file: File): Promise<Blob> {
  const prefix = await file.slice(0, 8).arrayBuffer();
  if (prefix.byteLength < 8) return file;
  const length = new DataView(prefix).getBigUint64(0, true);
  if (length > BigInt(SAFETENSORS_HEADER_MAX)) throw new FileTooLarge(SAFETENSORS_HEADER_MAX);
  return file.slice(0, 8 + Number(length));
}

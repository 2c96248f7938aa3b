import { ConfigFormatError } from '../config-format-error.js';
import { isJsonObject } from '../json.js';

/** The format's own limit of a header, in bytes (safetensors, `MAX_HEADER_SIZE`). */
export const SAFETENSORS_MAX_HEADER = 100_000_000;
/** What we read unless told otherwise, in bytes: thumbnails and tag counts make headers of some 100 kB. */
export const SAFETENSORS_DEFAULT_CAP = 16 * 1024 * 1024;

/**
 * Length in bytes of the header that follows the first 8 bytes of a safetensors file (unsigned, little-endian).
 * To be called before anything more is read. Throws ConfigFormatError: INVALID, or TOO_LARGE for more than `cap` bytes
 * (never more than the format allows).
 */
export function safetensorsHeaderLength(first8: Uint8Array, cap: number = SAFETENSORS_DEFAULT_CAP): number {
  if (first8.length < 8) throw new ConfigFormatError('fileNoSafetensors', 'no safetensors file: it is shorter than 8 bytes');
  const length = new DataView(first8.buffer, first8.byteOffset, 8).getBigUint64(0, true);
  const limit = Math.min(cap, SAFETENSORS_MAX_HEADER);
  if (length > BigInt(SAFETENSORS_MAX_HEADER))
    throw new ConfigFormatError('fileNoSafetensors', 'no safetensors file: its first 8 bytes give no sensible header length');
  if (length > BigInt(limit)) throw new ConfigFormatError('fileHeaderTooLong', `the header is longer than ${limit} bytes`, { limit });
  if (length < 2n) throw new ConfigFormatError('fileNoSafetensors', 'no safetensors file: its header is empty');
  return Number(length);
}

export interface TensorEntry {
  name: string;
  dtype: string;
  shape: readonly number[];
}

export interface SafetensorsHeader {
  /** String to string; a map, because the names come from a stranger. */
  metadata: Map<string, string>;
  tensors: TensorEntry[];
  /** Bytes that follow the header in a whole file. */
  tensorBytes: number;
}

/** The header's N bytes, taken apart. Throws ConfigFormatError INVALID. */
export function readHeader(bytes: Uint8Array): SafetensorsHeader {
  // Checked before decoding: anything else is another kind of file.
  if (bytes[0] !== 0x7b) throw invalid('its header does not begin with "{"');
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw invalid('its header is not JSON');
  }
  if (!isJsonObject(parsed)) throw invalid('its header is not an object');
  const metadata = new Map<string, string>();
  const tensors: TensorEntry[] = [];
  let tensorBytes = 0;
  for (const [name, entry] of Object.entries(parsed)) {
    if (name !== '__metadata__') {
      const { end, ...tensor } = tensorEntry(name, entry);
      tensors.push(tensor);
      tensorBytes = Math.max(tensorBytes, end);
    } else if (!isJsonObject(entry)) throw invalid('its metadata is not an object');
    else for (const [key, value] of Object.entries(entry)) if (typeof value === 'string') metadata.set(key, value);
  }
  return { metadata, tensors, tensorBytes };
}

/** `end`: where its bytes end, counted from the end of the header. */
function tensorEntry(name: string, entry: unknown): TensorEntry & { end: number } {
  const { dtype, shape, data_offsets: offsets } = (isJsonObject(entry) ? entry : {}) as Record<string, unknown>;
  const shapeOk = Array.isArray(shape) && shape.length <= 32 && shape.every(isCount);
  const offsetsOk = Array.isArray(offsets) && offsets.length === 2 && offsets.every(isCount) && Number(offsets[0]) <= Number(offsets[1]);
  if (typeof dtype !== 'string' || !shapeOk || !offsetsOk)
    throw invalid(`the entry ${JSON.stringify(name.slice(0, 80))} describes no tensor`);
  return { name, dtype, shape: shape as number[], end: Number((offsets as number[])[1]) };
}

function isCount(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function invalid(reason: string): ConfigFormatError {
  return new ConfigFormatError('fileNoSafetensors', `no safetensors file: ${reason}`);
}

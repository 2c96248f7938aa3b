import type { ParsedFile, ParseQuery, Recovered } from '@lora-ledger/contracts';
import { parseSafetensors, safetensorsHeaderLength, type ConfigFormat, type JsonObject, type RecoveredConfig } from '@lora-ledger/training';
import { Problem } from '../problem.js';
import { asProblem, readConfigText, textOf } from './config-body.js';
import { ByteSource, type Upload } from './upload.js';

/** A configuration file is far below this; what is larger is another kind of file. */
const TEXT_LIMIT = 1024 * 1024;
const OPENING_BRACE = 0x7b;

/** Reads a configuration, or the header of a weights file, out of an upload. Nothing is stored. @throws Problem */
export async function readFile({ content, fileName }: Upload, { format }: ParseQuery): Promise<ParsedFile> {
  const source = new ByteSource(content);
  try {
    const isWeights = format === 'safetensors' || (format === undefined && looksLikeWeights(await source.peek(9)));
    return isWeights
      ? fromWeights(await readWeightsHeader(source, fileName))
      : fromText(await source.take(TEXT_LIMIT + 1), format, fileName);
  } finally {
    await source.drain();
  }
}

function fromWeights({ recovered }: WeightsHeader): ParsedFile {
  return {
    draft: recovered.draft as JsonObject,
    format: 'safetensors',
    confidence: 1,
    unmapped: recovered.unmapped,
    warnings: recovered.warnings,
    recovered: presentRecovered(recovered),
  };
}

function fromText(bytes: Buffer, format: ConfigFormat | undefined, fileName: string | null): ParsedFile {
  if (bytes.length > TEXT_LIMIT)
    throw new Problem('TOO_LARGE', 'A configuration file has at most 1 MiB. If this is a LoRA file, its header is damaged.', {
      reason: 'fileTooLong',
      members: { limit: TEXT_LIMIT },
    });
  const parsed = readConfigText(textOf(bytes), { ...(format === undefined ? {} : { format }), ...(fileName === null ? {} : { fileName }) });
  return {
    draft: parsed.draft as JsonObject,
    format: parsed.format,
    confidence: parsed.confidence,
    unmapped: parsed.unmapped,
    warnings: parsed.warnings,
    recovered: null,
  };
}

export interface WeightsHeader {
  recovered: RecoveredConfig;
  /** Length and header as they stand in the file. */
  bytes: Buffer;
}

/** Takes the length and the header from the beginning; the tensors stay unread. @throws Problem */
export async function readWeightsHeader(source: ByteSource, fileName: string | null): Promise<WeightsHeader> {
  const first = await source.take(8);
  const length = asProblem(() => safetensorsHeaderLength(first));
  const header = await source.take(length);
  if (header.length < length)
    throw Problem.invalid([{ path: 'file', message: 'the file ends before its header does: it is not whole', rule: 'notWhole' }]);
  return {
    recovered: asProblem(() => parseSafetensors(header, fileName === null ? {} : { fileName })),
    bytes: Buffer.concat([first, header]),
  };
}

export function presentRecovered({ source, fields, result, metadata }: RecoveredConfig): Recovered {
  return { source, fields, result: result as unknown as JsonObject, metadata };
}

/** A safetensors file begins with the length of its header, whose upper bytes are zero, and the header with a brace. No text does. */
function looksLikeWeights(first: Buffer): boolean {
  return first.length === 9 && first.readUInt32LE(4) === 0 && first[8] === OPENING_BRACE;
}

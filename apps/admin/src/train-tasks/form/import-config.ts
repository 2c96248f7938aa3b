import type { ParsedFile, TrainTaskDetail } from '@lora-ledger/contracts';
import { send } from '../../api/http.js';
import type { Draft } from './draft-store.js';
import type { FormValues, RequestDraft } from './form-model.js';
import { sourceKey } from './source-key.js';
import { fillFromFile } from './trainer-defaults.js';

/** Bytes; far above any real configuration. */
export const CONFIG_FILE_MAX = 1024 * 1024;
const SAFETENSORS_HEADER_MAX = 100 * 1024 * 1024;

/** A configuration file was too large; `limit` in bytes. */
export class FileTooLarge extends Error {
  constructor(readonly limit: number) {
    super(`larger than ${limit} bytes`);
  }
}

/** The form takes one file: it fills one clone. */
export class OneFileOnly extends Error {}

/** There are as many drafts as anybody could look through. */
export class TooManyDrafts extends Error {}

export function isWeights({ name }: Pick<File, 'name'>): boolean {
  return name.toLowerCase().endsWith('.safetensors');
}

/**
 * Reads a YAML, TOML, JSON or `.safetensors` file into a draft over `values`; nothing is stored on the server. Of weights only the header
 * leaves this machine.
 * @throws FileTooLarge, ApiProblem
 */
export async function draftFromFile(file: File, values: FormValues): Promise<Draft> {
  const weights = isWeights(file);
  if (!weights && file.size > CONFIG_FILE_MAX) throw new FileTooLarge(CONFIG_FILE_MAX);
  const content = weights ? await headerOf(file) : file;
  const parsed = await send<ParsedFile>('POST', '/train-tasks/parse', {
    query: { filename: file.name },
    raw: { content, contentType: 'application/octet-stream' },
  });
  const draft = parsed.draft as RequestDraft;
  const filled = fillFromFile(values, draft);
  return {
    values: filled,
    source:
      parsed.format === 'safetensors'
        ? null
        : { format: parsed.format, text: await masked(file), fileName: file.name, key: sourceKey(filled) },
    report: {
      fileName: file.name,
      format: parsed.format,
      draft,
      unmapped: parsed.unmapped,
      warnings: parsed.warnings,
      recovered: parsed.recovered === null ? null : { source: parsed.recovered.source, fields: parsed.recovered.fields },
    },
  };
}

/** What the browser keeps of a file holds no credentials. */
async function masked(file: File): Promise<string> {
  const [{ maskSource }, text] = await Promise.all([import('./source-codec.js'), file.text()]);
  return maskSource(text.replace(/^\uFEFF/, ''));
}

/** The first bytes of a safetensors file: eight with the length of the header, little endian, and the header itself. */
async function headerOf(file: File): Promise<Blob> {
  const prefix = await file.slice(0, 8).arrayBuffer();
  if (prefix.byteLength < 8) return file;
  const length = new DataView(prefix).getBigUint64(0, true);
  if (length > BigInt(SAFETENSORS_HEADER_MAX)) throw new FileTooLarge(SAFETENSORS_HEADER_MAX);
  return file.slice(0, 8 + Number(length));
}

/** Enters weights as a finished task. The whole file is sent, because it is its content that must not be entered twice. @throws ApiProblem */
export function importWeights(file: File, request: Readonly<Record<string, unknown>>): Promise<TrainTaskDetail> {
  const { trainer: _nobody, ...fields } = request;
  return send<TrainTaskDetail>('POST', '/train-tasks/import', {
    query: { filename: file.name, fields: JSON.stringify(fields) },
    raw: { content: file, contentType: 'application/octet-stream' },
  });
}

/** Weights stay in this page's memory, by draft: a browser stores no files of that size. */
const heldFiles = new Map<string, File>();

export function holdFile(draftName: string, file: File): void {
  heldFiles.set(draftName, file);
}

export function heldFile(draftName: string): File | undefined {
  return heldFiles.get(draftName);
}

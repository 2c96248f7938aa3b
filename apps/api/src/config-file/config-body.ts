import { CreateTrainTask } from '@lora-ledger/contracts';
import { ConfigFormatError, maskSource, parseConfig, type ConfigFormat, type ParsedConfig, type ParseOptions } from '@lora-ledger/training';
import { Problem } from '../problem.js';
import { validateAs } from '../validation.js';

export interface ReadSubmission {
  request: CreateTrainTask;
  source?: { text: string; format: ConfigFormat; fileName: string | null };
}

/**
 * A submission in any form it may come: the JSON of a create request, or a trainer's own configuration file as it is.
 *
 * @param body an object (parsed JSON) or bytes (any other content type)
 * @throws Problem VALIDATION, UNSUPPORTED_FORMAT, TOO_LARGE, SECRET_IN_CONFIG
 */
export function readSubmission(body: unknown): ReadSubmission {
  if (!Buffer.isBuffer(body)) return { request: validateAs(CreateTrainTask, body) };
  const text = textOf(body);
  const { draft, format } = readConfigText(text, { secrets: 'refuse' });
  return { request: validateAs(CreateTrainTask, { ...draft }), source: { text: maskSource(text), format, fileName: null } };
}

/** Nothing is replaced in silence: what is no UTF-8 is no configuration file. @throws Problem UNSUPPORTED_FORMAT */
export function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem('UNSUPPORTED_FORMAT', 'This is neither text in UTF-8 nor a safetensors file.', { reason: 'fileNoText' });
  }
}

/** `parseConfig` with its errors as problems. */
export function readConfigText(text: string, options: ParseOptions = {}): ParsedConfig {
  return asProblem(() => parseConfig(text, options));
}

const CODES = {
  UNSUPPORTED_FORMAT: 'UNSUPPORTED_FORMAT',
  INVALID: 'VALIDATION',
  TOO_LARGE: 'TOO_LARGE',
  SECRET: 'SECRET_IN_CONFIG',
} as const;

/** Runs a reader of files and turns what it refuses into a problem that names the place. */
export function asProblem<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigFormatError)) throw error;
    const { code, flaw, message, facts } = error;
    const { line, column } = facts;
    const place = line === undefined ? '' : ` (line ${line}${column === undefined ? '' : `, column ${column}`})`;
    throw new Problem(CODES[code], `The file cannot be read: ${message}${place}.`, { reason: flaw, members: facts });
  }
}

import { CreateTrainTask } from '@lora-ledger/contracts';
import { ConfigFormatError, maskSecrets, parseConfig, type ConfigFormat } from '@lora-ledger/training';
import { Problem } from '../problem.js';
import { validateAs } from '../validation.js';

export interface ReadSubmission {
  request: CreateTrainTask;
  source?: { text: string; format: ConfigFormat; fileName: string | null };
}

/**
 * A submission in any form it may come: the JSON of a create request, or a trainer's own configuration file as it is.
 *
 * @param body an object (parsed JSON) or text (any other content type)
 * @throws Problem VALIDATION, UNSUPPORTED_FORMAT, TOO_LARGE, SECRET_IN_CONFIG
 */
export function readSubmission(body: unknown): ReadSubmission {
  if (typeof body !== 'string') return { request: validateAs(CreateTrainTask, body) };
  const { draft, format } = readConfigText(body);
  return { request: validateAs(CreateTrainTask, { ...draft }), source: { text: maskSecrets(body), format, fileName: null } };
}

/** `parseConfig` with its errors as problems. */
export function readConfigText(text: string, options: { format?: ConfigFormat; fileName?: string } = {}): ReturnType<typeof parseConfig> {
  try {
    return parseConfig(text, options);
  } catch (error) {
    if (!(error instanceof ConfigFormatError)) throw error;
    const place = error.line === undefined ? '' : ` (line ${error.line}${error.column === undefined ? '' : `, column ${error.column}`})`;
    const codes = { UNSUPPORTED_FORMAT: 'UNSUPPORTED_FORMAT', INVALID: 'VALIDATION', TOO_LARGE: 'TOO_LARGE', SECRET: 'SECRET_IN_CONFIG' } as const;
    throw new Problem(codes[error.code], `${error.message}${place}`);
  }
}

export const CONFIG_FORMAT_ERROR_CODES = ['UNSUPPORTED_FORMAT', 'INVALID', 'TOO_LARGE', 'SECRET'] as const;
export type ConfigFormatErrorCode = (typeof CONFIG_FORMAT_ERROR_CODES)[number];

/**
 * Why a file is refused. The message is for the person who brought the file and quotes nothing of its content
 * but key names; `line` and `column` are 1-based and present where the parser knows them.
 */
export class ConfigFormatError extends Error {
  override readonly name = 'ConfigFormatError';

  constructor(
    readonly code: ConfigFormatErrorCode,
    message: string,
    readonly line?: number,
    readonly column?: number,
  ) {
    super(message);
  }
}

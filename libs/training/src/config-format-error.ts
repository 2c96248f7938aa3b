export type ConfigFormatErrorCode = 'UNSUPPORTED_FORMAT' | 'INVALID' | 'TOO_LARGE' | 'SECRET';

/** What can be wrong with a file, and the code it is refused with. The user interface has a sentence for each in every language. */
export const CONFIG_FLAWS = {
  fileEmpty: 'INVALID',
  fileNoText: 'INVALID',
  fileCharacters: 'INVALID',
  fileNoYaml: 'INVALID',
  fileNoToml: 'INVALID',
  fileNoJson: 'INVALID',
  fileNoObject: 'INVALID',
  fileSeveralDocuments: 'INVALID',
  fileKeyTwice: 'INVALID',
  fileKeyForbidden: 'INVALID',
  fileNoSafetensors: 'INVALID',
  fileTooLong: 'TOO_LARGE',
  fileTooDeep: 'TOO_LARGE',
  fileTooManyValues: 'TOO_LARGE',
  fileHeaderTooLong: 'TOO_LARGE',
  fileOfNoTrainer: 'UNSUPPORTED_FORMAT',
  fileSecret: 'SECRET',
} as const satisfies Record<string, ConfigFormatErrorCode>;
export type ConfigFlaw = keyof typeof CONFIG_FLAWS;

/** What a sentence about a flaw names: `line` and `column` from 1 where the parser knows them, the key, the bound that was passed over. */
export interface FlawFacts {
  line?: number | undefined;
  column?: number | undefined;
  key?: string;
  limit?: number;
}

/** Why a file is refused. The message is for the person who brought the file and quotes nothing of its content but key names. */
export class ConfigFormatError extends Error {
  override readonly name = 'ConfigFormatError';
  readonly code: ConfigFormatErrorCode;
  readonly line?: number | undefined;
  readonly column?: number | undefined;

  constructor(
    readonly flaw: ConfigFlaw,
    message: string,
    readonly facts: FlawFacts = {},
  ) {
    super(message);
    this.code = CONFIG_FLAWS[flaw];
    this.line = facts.line;
    this.column = facts.column;
  }
}

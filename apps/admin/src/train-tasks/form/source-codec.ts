import {
  completeConfig,
  ConfigFormatError,
  fingerprint,
  formatSyntax,
  maskSource,
  parseConfig,
  serialiseConfig,
  type ConfigFormat,
  type FormatWarning,
  type LoraConfig,
  type ParsedConfig,
  type Syntax,
  type WritableConfig,
} from '@lora-ledger/training';

/** Why a text is no configuration. The parser's own message is English. */
export type SourceProblem = Pick<ConfigFormatError, 'flaw' | 'facts' | 'message'>;

export type SourceReading = { parsed: ParsedConfig; problem: null } | { parsed: null; problem: SourceProblem };

/** A text as the draft of a task: in the given format, or in the one its content looks like. */
export function readSource(text: string, format: ConfigFormat | null, fileName?: string): SourceReading {
  try {
    return {
      parsed: parseConfig(text, { ...(format === null ? {} : { format }), ...(fileName === undefined ? {} : { fileName }) }),
      problem: null,
    };
  } catch (error) {
    if (!(error instanceof ConfigFormatError)) throw error;
    return { parsed: null, problem: error };
  }
}

/** The text a request would have as a trainer's file. `own` is the format whose keys its extra parameters stand under. */
export function writeSource(
  request: Readonly<Record<string, unknown>>,
  format: ConfigFormat,
  own: ConfigFormat | null,
): { text: string; warnings: FormatWarning[] } {
  // The Ledger takes the rank where alpha is empty; the trainers do not.
  const alpha = request['loraAlpha'] ?? request['loraRank'];
  const config = { ...request, ...(alpha === undefined ? {} : { loraAlpha: alpha }) } as WritableConfig;
  return serialiseConfig(config, format, own === null ? {} : { source: own });
}

/** The fingerprint a valid request will have as a task. */
export function fingerprintOf(request: Readonly<Record<string, unknown>>): string {
  return fingerprint(completeConfig({ extraParams: {}, ...request } as unknown as LoraConfig));
}

/** The syntax a text of that format is coloured in: the one it is written in, or the other one that the trainer reads, too. */
export function syntaxOf(format: ConfigFormat, text: string): Syntax {
  const written = formatSyntax(format);
  if (written === 'toml') return written;
  return /^\s*(?:\{|\/[/*])/.test(text) ? 'json' : written === 'json' && text.trim() !== '' ? 'yaml' : written;
}

export { maskSource };

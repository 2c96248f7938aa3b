import { CONFIG_FORMATS, FORMAT_WARNING_CODES, type ConfigFormat, type FormatWarningCode, type JsonObject } from '@lora-ledger/training';
import { ChoiceField, JsonField, NestedField, NestedListField, NumberField, TextField, TextListField } from './field.js';

export const UPLOAD_FORMATS = [...CONFIG_FORMATS, 'safetensors'] as const;

export class ParseQuery {
  @TextField({ description: 'Name of the file; only breaks ties', max: 300, optional: true }) filename?: string;
  @ChoiceField({ description: 'Format, instead of finding it out', choices: UPLOAD_FORMATS, optional: true }) format?:
    ConfigFormat | 'safetensors';
}

export class FileWarning {
  @ChoiceField({ description: 'Kind', choices: FORMAT_WARNING_CODES }) code: FormatWarningCode;
  @TextField({ description: 'Key or field it is about', max: 1000, optional: true }) path?: string;
  @TextField({ description: 'In words', max: 4000, lines: 'many' }) message: string;
}

/** What is known of a result from the weights alone. */
export class Recovered {
  @TextField({ description: 'Program that wrote the file: sd-scripts, ai-toolkit, onetrainer, peft, diffusers, unknown', max: 50 })
  source: string;
  @JsonField({ description: 'Field → "file" (it stands there) or "guess" (it follows from something that does)' }) fields: Record<
    string,
    'file' | 'guess'
  >;
  @JsonField({ description: 'Steps, epochs, times, hashes, folders and tags of the data' }) result: JsonObject;
  @JsonField({ description: "The file's own metadata, without thumbnails and credentials" }) metadata: JsonObject;
}

export class ParsedFile {
  @JsonField({ description: 'Fields of a create request' }) draft: JsonObject;
  @ChoiceField({ description: 'Format found', choices: UPLOAD_FORMATS }) format: ConfigFormat | 'safetensors';
  @NumberField({ description: 'How sure that is, 0 to 1', min: 0, max: 1 }) confidence: number;
  @TextListField({ description: 'Keys without a shared meaning; kept in extraParams', max: 100_000, itemMax: 2000 }) unmapped: string[];
  @NestedListField({ description: 'What the person should know', max: 100_000 }, () => FileWarning) warnings: FileWarning[];
  @NestedField({ description: 'For weights', optional: true }, () => Recovered) recovered: Recovered | null;
}

export class ConfigQuery {
  @ChoiceField({ description: "Format of the file; the one of the task's trainer when absent", choices: CONFIG_FORMATS, optional: true })
  format?: ConfigFormat;
  @ChoiceField({
    description: '`file`: the file itself. `preview`: JSON with the text and what the format cannot say',
    choices: ['file', 'preview'],
    optional: true,
  })
  as?: 'file' | 'preview';
  @ChoiceField({ description: "The trainer's second file, which describes the data", choices: ['dataset'], optional: true })
  part?: 'dataset';
}

export class ConfigPreview {
  @TextField({ description: 'The file', max: 4_000_000, lines: 'many' }) text: string;
  @TextField({ description: 'Its name', max: 300 }) fileName: string;
  @TextField({ description: 'Its content type', max: 100 }) contentType: string;
  @NestedListField({ description: 'What the format cannot say, or says differently', max: 100_000 }, () => FileWarning)
  warnings: FileWarning[];
}

export class ImportQuery {
  @TextField({ description: 'Name of the file', max: 300, optional: true }) filename?: string;
  @TextField({
    description: 'JSON of the create-request fields the file does not tell (or tells wrongly), e.g. {"learningRate":1e-4}',
    max: 20_000,
    optional: true,
  })
  fields?: string;
}

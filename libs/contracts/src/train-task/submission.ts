import { CONFIG_FIELDS, CONFIG_FORMATS, type ConfigFormat, type JsonObject } from '@lora-ledger/training';
import { BooleanField, ChoiceField, IntegerField, JsonField, NestedField, NumberField, TextField, TextListField } from '../field.js';
import { DESCRIPTION_MAX, NAME_MAX, NOTE_MAX, TAGS } from '../task-words.js';

const F = CONFIG_FIELDS;

/** The parameters of a training, as submitted. Bounds come from the canonical configuration. */
export class ConfigFields {
  @TextField({ ...F.modelName, description: 'Base model: file name without extension, or hub repository', example: 'v1-5-pruned' })
  modelName: string;

  @TextField({
    ...F.modelPath,
    description: 'Where the trainer finds the base model: a path on its host or a hub repository',
    optional: true,
  })
  modelPath?: string | null;

  @IntegerField({ ...F.loraRank, description: 'Rank of the adapter matrices ("dim", "r")', example: 16 })
  loraRank: number;

  @NumberField({
    ...F.loraAlpha,
    description: 'Scaling numerator: updates are scaled by alpha / rank. The rank when absent',
    optional: true,
  })
  loraAlpha?: number | null;

  @NumberField({ ...F.learningRate, description: 'Learning rate', example: 1e-4 })
  learningRate: number;

  @IntegerField({ ...F.batchSize, description: 'Samples per device and step', example: 4 })
  batchSize: number;

  @NumberField({ ...F.epochs, description: 'Passes over the data, fractions allowed; this or maxSteps', optional: true, example: 10 })
  epochs?: number | null;

  @IntegerField({ ...F.maxSteps, description: 'Optimizer steps; this or epochs', optional: true })
  maxSteps?: number | null;

  @IntegerField({ ...F.seed, description: 'Seed; without one a run cannot be repeated exactly', optional: true })
  seed?: number | null;

  @TextField({ ...F.trainDataDir, description: "Folder of the training data on the trainer's host", example: './data/art_style' })
  trainDataDir: string;

  @TextField({ ...F.metadataPath, description: 'Captions or samples file beside the data', optional: true })
  metadataPath?: string | null;

  @TextField({ ...F.outputPath, description: 'Where the result should go; every attempt still gets a folder of its own', optional: true })
  outputPath?: string | null;

  @BooleanField({ description: 'Whether training goes on from existing weights', optional: true })
  incremental?: boolean | null;

  @TextField({ ...F.resumeFrom, description: 'Adapter weights or trainer state to go on from', optional: true })
  resumeFrom?: string | null;

  @JsonField({
    description: "Everything else the trainer reads, under the trainer's own keys",
    optional: true,
    example: { optimizer: 'adamw8bit' },
  })
  extraParams?: JsonObject | null;
}

/** A trainer's own file that a request was made from. */
export class SubmittedSource {
  @ChoiceField({ description: "Whose format it is; extra parameters stand under that trainer's keys", choices: CONFIG_FORMATS })
  format: ConfigFormat;

  @TextField({ description: 'The text as it is; credentials in it are made unreadable', max: 1_048_576, lines: 'many', optional: true })
  text?: string | null;

  @TextField({ description: 'File name it came under', max: 300, optional: true })
  fileName?: string | null;
}

export class CreateTrainTask extends ConfigFields {
  @TextField({ description: 'Name; made from model and rank when absent', max: NAME_MAX, optional: true, empty: false })
  name?: string | null;

  @TextField({ description: 'What this training is for', max: DESCRIPTION_MAX, lines: 'many', optional: true })
  description?: string | null;

  @TextListField({ description: 'Labels to find it by', ...TAGS, optional: true })
  tags?: string[] | null;

  @TextField({ description: 'Trainer profile; the first one when absent', max: 100, optional: true, example: 'demo' })
  trainer?: string | null;

  @TextField({ description: 'Why this is tried, kept with the history', max: NOTE_MAX, lines: 'many', optional: true })
  note?: string | null;

  @NestedField({ description: 'The file these fields were read from, kept beside them', optional: true }, () => SubmittedSource)
  source?: SubmittedSource | null;

  @TextField({
    description: "Owner's username. Admins may submit for somebody; members may only name themselves",
    max: 100,
    optional: true,
  })
  createUser?: string | null;
}

export class PatchTrainTask {
  @TextField({ description: 'New name', max: NAME_MAX, optional: true, empty: false })
  name?: string;

  @TextField({ description: 'New description', max: DESCRIPTION_MAX, lines: 'many', optional: true })
  description?: string | null;

  @TextListField({ description: 'The labels it has from now on', ...TAGS, optional: true })
  tags?: string[];
}

export class CloneTrainTask {
  @JsonField({
    description:
      'Fields of a create request that differ from the original. `extraParams` is merged key by key; a `null` takes a value away',
    optional: true,
    example: { loraRank: 32 },
  })
  overrides?: Partial<CreateTrainTask> | null;

  @TextField({ description: 'What is changed and why', max: NOTE_MAX, lines: 'many', optional: true })
  note?: string | null;
}

import { FORMAT_NAMES } from '../format-names.js';

/** What is said of a configuration on many pages; the rest comes with the form. */
export const form = {
  /** While files hover over a page. */
  release: 'Drop to fill the form; several files become drafts',
  optional: 'optional',
  /** Labels of fields, in the form and wherever a parameter is named. */
  field: {
    name: 'Name',
    description: 'Description',
    tags: 'Tags',
    trainer: 'Trainer',
    note: 'Note',
    modelName: 'Base model',
    modelPath: 'Model path',
    loraRank: 'Rank',
    loraAlpha: 'Alpha',
    learningRate: 'Learning rate',
    batchSize: 'Batch size',
    epochs: 'Epochs',
    maxSteps: 'Max steps',
    seed: 'Seed',
    trainDataDir: 'Training data folder',
    metadataPath: 'Metadata file',
    outputPath: 'Output path',
    incremental: 'Incremental training',
    resumeFrom: 'Resume from',
    extraParams: 'Extra parameters',
  },
  /** Names of file formats: those of other programs stay as they are. */
  format: { ...FORMAT_NAMES, safetensors: 'LoRA file' },
  /** A warning as below, and the keys of the file it is about. */
  warningAt: '{{what}}: {{where}}',
  /** What reading or writing a configuration file could not do exactly. */
  warning: {
    SECRET_REMOVED: 'A credential was taken out',
    MISSING_FIELD: 'The file does not say',
    TRAINER_DEFAULT: 'The file is silent; the default of its trainer was taken',
    NOT_UNDERSTOOD: 'Kept as it is, but it makes no sense there',
    NOT_EXPRESSED: 'The format has no place for it',
    CHANGED: 'Could only be said approximately',
    FOREIGN_KEYS: 'A key of another trainer was left out',
    OVERRIDDEN: 'Two keys disagree; one of them won',
    DATA_ELSEWHERE: 'The data is described in another file',
    PARTLY_READ: 'Only a part of the file became one task',
    NUMBER_AS_TEXT: 'A number is kept as text',
    DATE_AS_TEXT: 'A date is kept as text',
    KEY_AS_TEXT: 'A key that was no text became one',
  },
} as const;

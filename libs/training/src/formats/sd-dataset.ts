import { isJsonObject, type JsonValue } from '../json.js';
import type { FormatDefinition } from './format.js';
import { numeric, row, shared, textual } from './rows.js';
import { sdResolution } from './sd-words.js';

/**
 * The dataset file of sd-scripts: `[general]`, `[[datasets]]`, `[[datasets.subsets]]`. The first subset of the first dataset
 * stands for the data of the task; the whole structure is kept. It says nothing about the network or the learning rate.
 */
export const SD_DATASET: FormatDefinition = {
  title: 'sd-scripts dataset file',
  syntaxes: ['toml', 'json'],
  extras: 'dotted',
  score: (tree) => {
    const first: JsonValue | undefined = Array.isArray(tree['datasets']) ? (tree['datasets'] as readonly JsonValue[])[0] : undefined;
    return isJsonObject(first) && Array.isArray(first['subsets']) ? 1 : 0;
  },
  rows: [
    textual('trainDataDir', 'datasets.0.subsets.0.image_dir'),
    textual('metadataPath', 'datasets.0.subsets.0.metadata_file'),
    numeric('num_repeats', 'datasets.0.subsets.0.num_repeats'),
    numeric('batchSize', 'datasets.0.batch_size'),
    row('resolution', 'datasets.0.resolution', sdResolution.read, (value) => {
      if (typeof value === 'number') return value;
      return typeof value === 'string' && /^\d+x\d+$/.test(value) ? value.split('x').map(Number) : undefined;
    }),
    shared('caption_extension', 'general.caption_extension'),
  ],
  open: (tree, warn) => {
    warn({
      code: 'PARTLY_READ',
      message: 'this file describes only the data; model, network and learning rate stand in the main configuration',
    });
    return tree;
  },
  ownKey: isDatasetKey,
  defaults: {},
  fileName: 'dataset.toml',
};

export function isDatasetKey(key: string): boolean {
  return /^(?:general|datasets)(?:\.|$)/.test(key);
}

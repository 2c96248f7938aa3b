import { CONFIG_FIELDS, CONFIG_FIELD_NAMES, type ConfigFieldName } from '../lora-config.js';
import { boolean, number, text } from '../values.js';
import type { FormatDefinition, Row } from './format.js';
import { row, share } from './rows.js';

const MEMBERS = new Set<string>([...CONFIG_FIELD_NAMES, 'name', 'description', 'tags', 'extraParams']);

/** The Ledger's own JSON: the fields of a create request. */
export const LEDGER: FormatDefinition = {
  title: 'LoRA Ledger',
  syntaxes: ['json', 'yaml'],
  extras: 'member',
  score: (tree) =>
    ['modelName', 'loraRank', 'learningRate', 'trainDataDir'].some((key) => Object.hasOwn(tree, key))
      ? 0.5 + 0.5 * share(tree, ['modelName', 'loraRank', 'learningRate', 'batchSize', 'trainDataDir'])
      : 0,
  rows: [
    ...CONFIG_FIELD_NAMES.map(fieldRow),
    row('name', 'name', text),
    row('description', 'description', text),
    row('tags', 'tags', (value) => (Array.isArray(value) && value.every((tag) => typeof tag === 'string') ? value : undefined)),
  ],
  open: (tree, warn) => {
    // An exported task also has its state, times and results: no parameters of a training.
    const strange = Object.keys(tree).filter((key) => !MEMBERS.has(key));
    if (strange.length > 0)
      warn({ code: 'PARTLY_READ', message: `no parameters of a training, left out: ${strange.slice(0, 20).join(', ')}` });
    return tree;
  },
  defaults: {},
};

function fieldRow(name: ConfigFieldName): Row {
  const { kind } = CONFIG_FIELDS[name];
  switch (kind) {
    case 'boolean':
      return row(name, name, boolean);
    case 'integer':
    case 'number':
      return row(name, name, number);
    case 'text':
    case 'path':
      return row(name, name, text);
  }
}

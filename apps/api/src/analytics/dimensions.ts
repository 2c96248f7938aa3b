import { DIMENSIONS } from '@lora-ledger/contracts';
import { fineEdges, nextUp } from '@lora-ledger/training';
import type { Where } from '../database/where.js';
import { Problem } from '../problem.js';

/** One parameter that tasks are grouped by, as SQL over `t`. */
export interface Dimension {
  name: string;
  /**
   * - `text`: names without an order
   * - `number`: numbers, grouped by value, binned afterwards where there are many
   * - `fine`: numbers so varied that they are grouped by the finest bins at once; `key` is the number of the bin
   * - `json`: an extra parameter, of any type
   */
  kind: 'text' | 'number' | 'fine' | 'json';
  key: string;
  /** The value itself, for the ends of a bin. */
  value: string;
}

const COLUMNS: Record<(typeof DIMENSIONS)[number], { column: string; kind: Dimension['kind'] }> = {
  loraRank: { column: 't.lora_rank', kind: 'number' },
  loraAlpha: { column: 't.lora_alpha', kind: 'number' },
  learningRate: { column: 't.learning_rate', kind: 'fine' },
  batchSize: { column: 't.batch_size', kind: 'number' },
  epochs: { column: 't.epochs', kind: 'number' },
  modelName: { column: 't.model_name', kind: 'text' },
  trainer: { column: 't.trainer', kind: 'text' },
  user: { column: 't.create_user', kind: 'text' },
  gpu: { column: 't.gpu', kind: 'text' },
  host: { column: 't.host', kind: 'text' },
};

/**
 * From below any learning rate to above the highest that is accepted. PostgreSQL counts edges at or below a value; moved up to the next number there is,
 * they leave the upper edge in the bin.
 */
const FINE = fineEdges(-13, 4).map(nextUp);

export function isExtra(name: string): boolean {
  return name.startsWith('extra.');
}

/** @throws Problem VALIDATION for a name that is no dimension */
export function dimension(where: Where, name: string): Dimension {
  if (isExtra(name) && name.length > 'extra.'.length) {
    const value = `t.extra_params -> ${where.bind(name.slice('extra.'.length), 'text')}`;
    return { name, kind: 'json', key: `(${value})::text`, value };
  }
  const known = DIMENSIONS.find((one) => one === name);
  if (known === undefined)
    throw Problem.invalid([{ path: 'by', message: `by must be one of ${DIMENSIONS.join(', ')} or extra.<key>`, rule: 'choice' }]);
  const { column, kind } = COLUMNS[known];
  return {
    name,
    kind,
    value: column,
    key: kind === 'fine' ? `width_bucket(${column}, ${where.bind(FINE, 'double precision[]')})` : column,
  };
}

/** Whether tasks can be grouped by `name` without their extra parameters. */
export function needsExtra(names: readonly string[]): boolean {
  return names.some(isExtra);
}

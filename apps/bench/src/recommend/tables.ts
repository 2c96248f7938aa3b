import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dimension, Params, ParamValue } from '@lora-ledger/training';
import type { Surface } from './surfaces.js';

/**
 * Recorded trainings as surfaces: every configuration of a grid was trained once, and to "train" is to look its result up.
 * A file is CSV: the parameters, then the loss; an empty loss is a run that failed.
 */
export function replayedTables(folder: string): Surface[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.csv'))
    .sort()
    .map((name) => replayed(`replay of ${name.slice(0, -'.csv'.length)}`, readFileSync(join(folder, name), 'utf8')));
}

export function replayed(name: string, csv: string): Surface {
  const [header = '', ...lines] = csv.trim().split('\n');
  const names = header.trim().split(',').slice(0, -1);
  const rows = lines.map((line) => line.trim().split(','));
  const space = names.map((one, column): Dimension => {
    const cells = [...new Set(rows.map((row) => row[column] ?? ''))];
    return cells.some((cell) => !Number.isFinite(Number(cell)))
      ? { name: `extra.${one}`, scale: 'choice', values: cells }
      : { name: one, scale: 'log', values: cells.map(Number).sort((a, b) => a - b) };
  });
  const key = (values: readonly (ParamValue | undefined)[]): string => values.map(String).join(' ');
  const losses = new Map(
    rows.map((row) => [
      key(space.map(({ scale }, column) => (scale === 'choice' ? row[column] : Number(row[column])))),
      row[names.length] === '' || row[names.length] === undefined ? null : Number(row[names.length]),
    ]),
  );
  return {
    name,
    space,
    isRecorded: true,
    noise: 0,
    failing: () => 0,
    loss: (params: Params) => losses.get(key(space.map((one) => params[one.name]))) ?? null,
  };
}

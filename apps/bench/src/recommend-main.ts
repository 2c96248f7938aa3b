import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { median } from '@lora-ledger/training';
import { measureCoverage } from './recommend/coverage.js';
import { measureFalseFindings } from './recommend/false-findings.js';
import { MARKS, race, type Race } from './recommend/race.js';
import { SURFACES } from './recommend/surfaces.js';
import { replayedTables } from './recommend/tables.js';

const TABLES = fileURLToPath(new URL('../tables/', import.meta.url));
const SETS = 200;
/** Fraction of data sets without any effect in which something may be found. */
const ALLOWED = 0.05;
/** Fraction of the runs of suggestions that must come to a value within the interval of 95 %, all surfaces together. */
const HELD = 0.9;

/**
 * `npm run bench:recommend [-- --seeds N]`: how much sooner the recommender finds good parameters than random search, how often runs come to
 * what it told of them, and how often analytics find what is not there. Fails when random search is as good anywhere, intervals hold too
 * few runs, or they find it too often.
 */
function main(): void {
  const { values } = parseArgs({ options: { seeds: { type: 'string', default: '30' } } });
  const seeds = Number(values.seeds);
  if (!Number.isInteger(seeds) || seeds < 1) throw new Error('--seeds is a whole number');
  print(`Best loss after ${MARKS.join(', ')} suggestions, median of ${seeds} seeds (random search → recommender)\n`);
  const lost: string[] = [];
  for (const surface of [...SURFACES, ...replayedTables(TABLES)]) {
    const races = Array.from({ length: seeds }, (_one, seed) => race(surface, seed));
    const columns = MARKS.map((_mark, index) => [middle(races, 'random', index), middle(races, 'recommended', index)] as const);
    print(
      `${surface.name.padEnd(46)} ${columns.map(([random, recommended]) => `${figure(random)} → ${figure(recommended)} (${percent(1 - recommended / random)})`).join('   ')}`,
    );
    if (columns.some(([random, recommended]) => recommended >= random)) lost.push(surface.name);
  }
  print(`\nRuns of suggestions within the interval of 95 % that was told of them, ${seeds} seeds\n`);
  const coverage = SURFACES.map((surface) => ({ name: surface.name, ...measureCoverage(surface, seeds) }));
  for (const { name, runs, within } of coverage) print(`${name.padEnd(46)} ${percent(within / runs)} of ${runs}`);
  const held = sumOf(coverage.map(({ within }) => within)) / sumOf(coverage.map(({ runs }) => runs));
  print(`all together ${percent(held)} (at least ${percent(HELD)} must be)${held < HELD ? ': too few' : ''}`);
  const { suspects, importance, grouped } = measureFalseFindings(SETS, 200);
  const isTooOften = [suspects, importance, grouped].some((found) => found > ALLOWED);
  print(
    `\nData sets without any effect in which something was found, of ${SETS}: failures ${percent(suspects)}, importance ${percent(importance)}, proven groups ${percent(grouped)} (at most ${percent(ALLOWED)} are allowed)${isTooOften ? ': too often' : ''}`,
  );
  print(
    lost.length === 0
      ? '\nThe recommender is better than random search on every surface.'
      : `\nNot better than random search: ${lost.join('; ')}`,
  );
  process.exitCode = lost.length === 0 && held >= HELD && !isTooOften ? 0 : 1;
}

function middle(races: readonly Race[], who: keyof Race, index: number): number {
  return median(races.map((one) => one[who][index] ?? Infinity)) ?? Infinity;
}

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function figure(loss: number): string {
  return loss.toPrecision(4).padStart(7);
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)} %`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

main();

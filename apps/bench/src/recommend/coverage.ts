import { seededRandom, seedOf } from '@lora-ledger/training';
import { historyOf, suggestedBy, tryOut } from './race.js';
import type { Surface } from './surfaces.js';

const ROUNDS = 5;
const AT_ONCE = 5;

/** How many runs there were of suggestions, and how many of them came to a value within the interval that was told before. */
export interface Coverage {
  runs: number;
  within: number;
}

/**
 * Lets everything be tried that is suggested, five at a time and five times over: suggestions are those of which most is hoped, from a
 * history that consists more and more of such, so that intervals that would hold anywhere need not hold of them.
 */
export function measureCoverage(surface: Surface, seeds: number): Coverage {
  let [runs, within] = [0, 0];
  for (let seed = 0; seed < seeds; seed += 1) {
    const luck = seededRandom(seedOf(`${surface.name} ${seed}`));
    let trials = historyOf(surface, luck);
    for (let round = 0; round < ROUNDS; round += 1) {
      const tried = suggestedBy(surface, trials, AT_ONCE, seed).map(({ params, expected }) => ({
        expected,
        trial: tryOut(surface, params, luck),
      }));
      for (const {
        expected: { low, high },
        trial: { value },
      } of tried) {
        if (value === null) continue;
        runs += 1;
        if (value >= low && value <= high) within += 1;
      }
      trials = [...trials, ...tried.map(({ trial }) => trial)];
    }
  }
  return { runs, within };
}

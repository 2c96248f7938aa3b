import type { Trial } from './observed-points.js';
import { coordinates, type Dimension } from './search-space.js';

/** Weight of the overall success rate, in runs: what is believed where nobody has been. */
const PRIOR_RUNS = 0.3;

/** Latest runs it goes by. */
const MOST_ENDS = 200;

/** How runs ended, smoothed over the neighbourhood: a fifth of each range, wider the more parameters there are. */
export function successNear(trials: readonly Trial[], space: readonly Dimension[]): (at: Float64Array) => number {
  const ends = trials.slice(-MOST_ENDS).map(({ params, succeeded }) => ({ at: coordinates(space, params), well: Number(succeeded) }));
  const overall = (1 + ends.filter(({ well }) => well === 1).length) / (2 + ends.length);
  const crowd = Math.max(1, space.length / 2);
  const isChoice = space.map(({ scale }) => scale === 'choice');
  return (at) => {
    let [well, all] = [PRIOR_RUNS * overall, PRIOR_RUNS];
    for (const end of ends) {
      let squares = 0;
      for (let index = 0; index < at.length; index += 1) {
        const difference = (at[index] ?? 0) - (end.at[index] ?? 0);
        squares += isChoice[index] === true ? Number(difference !== 0) : (difference / 0.2) ** 2;
      }
      const weight = Math.exp((-0.5 * squares) / crowd);
      well += weight * end.well;
      all += weight;
    }
    return well / all;
  };
}

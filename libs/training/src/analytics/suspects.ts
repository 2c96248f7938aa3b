import { benjaminiHochberg } from './false-discovery.js';
import { fisherExact } from './independence.js';

/** How one value of one parameter went. */
export interface ValueOutcome {
  parameter: string;
  /** As text; what is compared is equality. */
  value: string;
  failures: number;
  successes: number;
}

export interface Suspect extends ValueOutcome {
  /** Fraction of the tasks with this value that failed. */
  failureRate: number;
  /** The same among all other tasks. */
  elsewhere: number;
  /** Odds of failing with the value against without it, each count half a task up so that none is infinite (Haldane and Anscombe). */
  oddsRatio: number;
  p: number;
  /** `p` after correction for the number of values looked at. */
  q: number;
}

export const FINDING_Q = 0.05;
/** A value seen more seldom cannot be told from chance, and asking would only cost the other questions their power. */
const SEEN = 5;

/**
 * Values that are over-represented among failures: each against the rest of its parameter by Fisher's exact test, all together corrected by
 * Benjamini and Hochberg, so that of the findings at most 5 % are expected to be chance, however many parameters there are.
 * A parameter with one value only says nothing and is not asked about. It names a company a failure keeps, not its cause.
 *
 * @returns the findings, the surest first, and how many values were tested
 */
export function findSuspects(outcomes: readonly ValueOutcome[]): { suspects: Suspect[]; tested: number } {
  const totals = new Map<string, { failures: number; successes: number }>();
  for (const { parameter, failures, successes } of outcomes) {
    const total = totals.get(parameter) ?? { failures: 0, successes: 0 };
    totals.set(parameter, { failures: total.failures + failures, successes: total.successes + successes });
  }
  const tested = outcomes.flatMap((outcome): Suspect[] => {
    const total = totals.get(outcome.parameter) ?? { failures: 0, successes: 0 };
    const rest = { failures: total.failures - outcome.failures, successes: total.successes - outcome.successes };
    if (outcome.failures + outcome.successes < SEEN || rest.failures + rest.successes < SEEN) return [];
    return [suspect(outcome, rest)];
  });
  const qs = benjaminiHochberg(tested.map(({ p }) => p));
  const suspects = tested
    .map((one, index) => ({ ...one, q: qs[index] ?? 1 }))
    .filter(({ q, failureRate, elsewhere }) => q <= FINDING_Q && failureRate > elsewhere)
    .sort((a, b) => a.q - b.q || b.oddsRatio - a.oddsRatio);
  return { suspects, tested: tested.length };
}

function suspect(outcome: ValueOutcome, rest: { failures: number; successes: number }): Suspect {
  const { failures, successes } = outcome;
  return {
    ...outcome,
    failureRate: failures / (failures + successes),
    elsewhere: rest.failures / (rest.failures + rest.successes),
    oddsRatio: ((failures + 0.5) * (rest.successes + 0.5)) / ((successes + 0.5) * (rest.failures + 0.5)),
    p: fisherExact([failures, successes, rest.failures, rest.successes]),
    q: 1,
  };
}

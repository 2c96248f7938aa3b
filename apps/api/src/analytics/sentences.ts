import type { Reason } from '@lora-ledger/contracts';

type Facts = Reason['params'];

const percent = (value: Facts[string] | undefined): string => `${Math.round(Number(value) * 100)} %`;
const figure = (value: Facts[string] | undefined): string => Number(Number(value).toPrecision(3)).toString();
const minutes = (seconds: Facts[string] | undefined): string => `${figure(Number(seconds) / 60)} minutes`;
const succeeded = ({ n, successes, low }: Facts): string =>
  `${String(successes)} of ${String(n)} runs like these succeeded, at least ${percent(low)} with 95 % confidence.`;
const endLow = ({ high, median }: Facts): string =>
  `Half of those end at ${figure(high)} or lower with 95 % confidence (median ${figure(median)}).`;
const endSoon = ({ high, median }: Facts): string =>
  `Half of those take ${minutes(high)} or less with 95 % confidence (median ${minutes(median)}).`;
const ALIKE = 'No parameter tells good runs from bad beyond chance, so all stand together.';

/** Every sentence analytics say, in English. Whoever shows another language says the code in it, with the same facts. */
const SENTENCES = {
  OVER_REPRESENTED: ({ parameter, value, failures, n, failureRate, elsewhere }: Facts) =>
    `With ${String(parameter)} ${String(value)}, ${String(failures)} of ${String(n)} failed (${percent(failureRate)}), elsewhere ${percent(elsewhere)}.`,
  TOO_FEW_TASKS: ({ have, needed }: Facts) => `${String(have)} ended tasks are too few to say anything: ${String(needed)} are needed.`,
  ONE_OUTCOME: ({ have, needed }: Facts) => `Only ${String(have)} tasks ended the other way; ${String(needed)} are needed to compare with.`,
  NOTHING_VARIES: () => 'All these tasks have the same parameters: there is nothing to compare.',
  NO_SUCCESS: ({ have }: Facts) => `None of ${String(have)} ended tasks succeeded: look at the failures first.`,
  NONE_PROVEN: ({ have, group, needed }: Facts) =>
    `None of the groups of ${String(group)} or more among ${String(have)} ended tasks has the ${String(needed)} successes it takes to say what it is worth.`,
  TRAINERS_GONE: ({ trainers }: Facts) =>
    `What proved good rests on trainers that no task can be submitted to any more: ${String(trainers)}.`,
  BETTER_LOSS: (facts: Facts) => `${succeeded(facts)} ${endLow(facts)} Elsewhere the median is ${figure(facts['others'])}.`,
  BETTER_TIME: (facts: Facts) => `${succeeded(facts)} ${endSoon(facts)} Elsewhere the median is ${minutes(facts['others'])}.`,
  PROVEN_LOSS: (facts: Facts) => `${succeeded(facts)} ${endLow(facts)}`,
  PROVEN_TIME: (facts: Facts) => `${succeeded(facts)} ${endSoon(facts)}`,
  PROVEN_SUCCESS: (facts: Facts) => succeeded(facts),
  ALIKE_LOSS: (facts: Facts) => `${ALIKE} ${succeeded(facts)} ${endLow(facts)}`,
  ALIKE_TIME: (facts: Facts) => `${ALIKE} ${succeeded(facts)} ${endSoon(facts)}`,
  ALIKE_SUCCESS: (facts: Facts) => `${ALIKE} ${succeeded(facts)}`,
  EXPECTED_BETTER: ({ changes, value, low, high, success }: Facts) =>
    `No result with these yet. Against the best so far it changes ${String(changes)}; ${figure(value)} is expected (${figure(low)} to ${figure(high)}), and it ends well with ${percent(success)}.`,
  LITTLE_KNOWN: ({ changes, value, low, high, success }: Facts) =>
    `No result with these yet, and little is known there: it may be better than the best so far, from which it differs in ${String(changes)}. Expected ${figure(value)} (${figure(low)} to ${figure(high)}), ends well with ${percent(success)}.`,
} satisfies Record<string, (facts: Facts) => string>;

export type SentenceCode = keyof typeof SENTENCES;

export function sentence(code: SentenceCode, params: Facts): Reason {
  return { code, params, text: SENTENCES[code](params) };
}

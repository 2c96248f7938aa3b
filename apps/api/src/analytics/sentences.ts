import type { Reason } from '@lora-ledger/contracts';

type Facts = Reason['params'];

const percent = (value: Facts[string] | undefined): string => `${Math.round(Number(value) * 100)} %`;
const figure = (value: Facts[string] | undefined): string => Number(Number(value).toPrecision(3)).toString();
const runs = (value: Facts[string] | undefined): string => (value === 1 ? '1 run' : `${String(value)} runs`);

/** Every sentence analytics say, in English. Whoever shows another language says the code in it, with the same facts. */
const SENTENCES = {
  OVER_REPRESENTED: ({ parameter, value, failures, n, failureRate, elsewhere }: Facts) =>
    `With ${String(parameter)} ${String(value)}, ${String(failures)} of ${String(n)} failed (${percent(failureRate)}), elsewhere ${percent(elsewhere)}.`,
  TOO_FEW_TASKS: ({ have, needed }: Facts) => `${String(have)} ended tasks are too few to say anything: ${String(needed)} are needed.`,
  ONE_OUTCOME: ({ have, needed }: Facts) => `Only ${String(have)} tasks ended the other way; ${String(needed)} are needed to compare with.`,
  NOTHING_VARIES: () => 'All these tasks have the same parameters: there is nothing to compare.',
  NO_SUCCESS: ({ have }: Facts) => `None of ${String(have)} ended tasks succeeded: look at the failures first.`,
  PROVEN_LOSS: ({ n, successes, low, median }: Facts) =>
    `${runs(n)} with these parameters, ${String(successes)} succeeded (a rate of ${percent(low)} at the least); median final loss ${figure(median)}.`,
  PROVEN_BETTER: ({ n, successes, low, median, others, p }: Facts) =>
    `${runs(n)} with these parameters, ${String(successes)} succeeded (a rate of ${percent(low)} at the least); median final loss ${figure(median)} against ${figure(others)} with others (p = ${figure(p)}).`,
  PROVEN_SUCCESS: ({ n, successes, low }: Facts) => `${String(successes)} of ${runs(n)} with these parameters succeeded: a rate of ${percent(low)} at the least.`,
  PROVEN_TIME: ({ n, successes, low, median }: Facts) =>
    `${runs(n)} with these parameters, ${String(successes)} succeeded (a rate of ${percent(low)} at the least); median ${figure(Number(median) / 60)} minutes of GPU time.`,
  EXPECTED_BETTER: ({ changes, value, low, high, success }: Facts) =>
    `Not tried yet. Against the best so far it changes ${String(changes)}; ${figure(value)} is expected (${figure(low)} to ${figure(high)}), and it ends well with ${percent(success)}.`,
  LITTLE_KNOWN: ({ changes, value, low, high, success }: Facts) =>
    `Not tried yet, and little is known there: it may be better than the best so far, from which it differs in ${String(changes)}. Expected ${figure(value)} (${figure(low)} to ${figure(high)}), ends well with ${percent(success)}.`,
} satisfies Record<string, (facts: Facts) => string>;

export type SentenceCode = keyof typeof SENTENCES;

export function sentence(code: SentenceCode, params: Facts): Reason {
  return { code, params, text: SENTENCES[code](params) };
}

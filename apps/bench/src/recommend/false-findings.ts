import {
  choiceFeature,
  findSuspects,
  importanceSteps,
  orderedFeature,
  randomNormal,
  rankProven,
  runToEnd,
  scaledRanks,
  seededRandom,
  type ValueOutcome,
} from '@lora-ledger/training';

const PARAMETERS = { loraRank: 5, learningRate: 8, batchSize: 4, epochs: 6, host: 4, optimizer: 4, trainer: 3, seedling: 12 };

export interface FalseFindings {
  sets: number;
  /** Fraction of data sets in which a parameter was called over-represented among failures. */
  suspects: number;
  /** Fraction of data sets in which a parameter was called important. */
  importance: number;
  /** Fraction of data sets in which recommendations were grouped by a parameter, as if it told good runs from bad. */
  grouped: number;
}

/** Data sets in which nothing depends on anything: every finding is a false one, so the fraction with a finding is the false discovery rate. */
export function measureFalseFindings(sets: number, tasks: number): FalseFindings {
  let [suspects, importance, grouped] = [0, 0, 0];
  for (let set = 0; set < sets; set += 1) {
    const random = seededRandom(7919 * (set + 1));
    const rows = Array.from({ length: tasks }, () => ({
      levels: Object.values(PARAMETERS).map((count) => Math.floor(random() * count)),
      failed: random() < 0.2,
      loss: randomNormal(random),
    }));
    const outcomes = Object.keys(PARAMETERS).flatMap((parameter, index): ValueOutcome[] =>
      [...new Set(rows.map(({ levels }) => levels[index]))].map((level) => {
        const held = rows.filter(({ levels }) => levels[index] === level);
        return {
          parameter,
          value: String(level),
          failures: held.filter(({ failed }) => failed).length,
          successes: held.filter(({ failed }) => !failed).length,
        };
      }),
    );
    if (findSuspects(outcomes).suspects.length > 0) suspects += 1;
    const features = Object.keys(PARAMETERS).map((parameter, index) =>
      index < 4
        ? orderedFeature(
            parameter,
            rows.map(({ levels }) => levels[index] ?? 0),
          )
        : choiceFeature(
            parameter,
            rows.map(({ levels }) => String(levels[index])),
          ),
    );
    if (runToEnd(importanceSteps(features, scaledRanks(rows.map(({ loss }) => loss)), set)).parameters.some(({ notable }) => notable))
      importance += 1;
    const runs = rows.map(({ levels, failed, loss }, index) => ({
      taskId: String(index),
      succeeded: !failed,
      value: failed ? null : loss,
      params: Object.fromEntries(
        Object.keys(PARAMETERS).map((parameter, place) => [parameter, place < 4 ? (levels[place] ?? 0) : `value ${String(levels[place])}`]),
      ),
    }));
    if (rankProven(runs, true).groupedBy.length > 0) grouped += 1;
  }
  return { sets, suspects: suspects / sets, importance: importance / sets, grouped: grouped / sets };
}

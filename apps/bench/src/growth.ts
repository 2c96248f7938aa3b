import type { Bench } from './bench.js';
import type { Figure } from './figure.js';
import { inTurns } from './in-turns.js';
import { FLAT, page, QUESTIONS } from './rows/list.js';

/** P4: the same questions to a hundredth of the tasks, on the same server, turn by turn. Stops the API of the small database. */
export async function growth(large: Bench, small: Bench): Promise<Figure[]> {
  try {
    const figures: Figure[] = [];
    for (const [name, query] of Object.entries(QUESTIONS)) {
      const [few, many] = await inTurns([small, page(small, query)], [large, page(large, query)]);
      figures.push({
        row: 'P4',
        name: `${name}: ${large.tasks} ÷ 10000 tasks`,
        value: many / few,
        unit: '×',
        better: 'lower',
        ...(FLAT.includes(name) ? { must: 1.5 } : {}),
      });
    }
    return figures;
  } finally {
    await small.api.stop();
  }
}

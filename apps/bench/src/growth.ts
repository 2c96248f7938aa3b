import type { Bench } from './bench.js';
import type { Figure } from './figure.js';
import { FLAT, medians } from './rows/list.js';

/** P4: the same questions to a hundredth of the tasks, on the same server in the same minutes. Stops the API of the small database. */
export async function growth(large: Bench, small: Bench): Promise<Figure[]> {
  try {
    const [few, many] = [await medians(small), await medians(large)];
    return Object.entries(many).map(([name, time]) => (
      { row: 'P4', name: `${name}: ${large.tasks} ÷ 10000 tasks`, value: time / (few[name] ?? time), unit: '×', better: 'lower' as const, ...(FLAT.includes(name) ? { must: 1.5 } : {}) }
    ));
  } finally {
    await small.api.stop();
  }
}

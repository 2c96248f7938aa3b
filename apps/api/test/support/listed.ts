import type { TrainTaskSummary } from '@lora-ledger/contracts';
import type { Api } from './api.js';
import type { TestApp } from './app.js';
import { submit } from './tasks.js';

/** Parameters of a list, those with several values several times. */
export type Filter = Record<string, string | string[]>;

const COUNT = 60;
const NAMES = ['Ink', 'ink wash', 'INK 100%', 'Ölbild', '墨', 'a_b', 'ab'];
export const RANKS = [4, 8, 16, 32];
export const RATES = [1e-5, 1e-4, 5e-4];
export const TAGS = ['style', 'person', 'flux'];
const pick = <T>(from: readonly T[], index: number): T => from[index % from.length]!;

/** Tasks of one owner in every state, alike in some things and different in others. @returns them as the list shows them, newest first */
export async function aMixedList(app: TestApp, owner: Api): Promise<TrainTaskSummary[]> {
  await Promise.all(
    Array.from({ length: COUNT }, async (_one, index) => {
      const { taskId, trainer } = await submit(app, owner, {
        name: pick(NAMES, index),
        modelName: pick(['sd15', 'sdxl', 'flux-dev'], index * 7),
        loraRank: pick(RANKS, index * 3),
        learningRate: pick(RATES, index),
        tags: TAGS.slice(index % 4),
        extraParams: { optimizer: pick(['adamw', 'lion'], index), warmup: index % 3, dora: index % 2 === 0 },
      });
      if (index % 5 === 0) return;
      await trainer.post(`/train-tasks/${taskId}/start`, {});
      if (index % 5 === 1) return;
      await trainer.post(`/train-tasks/${taskId}/progress`, { step: 1, loss: (index % 7) / 10 });
      if (index % 5 === 2) await owner.post(`/train-tasks/${taskId}/cancel`);
      else
        await trainer.post(
          `/train-tasks/${taskId}/${index % 5 === 3 ? 'finish' : 'fail'}`,
          index % 5 === 3 ? {} : { error: pick(['CUDA out of memory', 'it broke'], index) },
        );
    }),
  );
  return (await owner.get('/train-tasks?limit=100')).items;
}

export function query(path: Filter): string {
  return Object.entries(path)
    .flatMap(([key, values]) => [values].flat().map((value) => `${key}=${encodeURIComponent(value)}`))
    .join('&');
}

/** All pages of the list, one after the other. */
export async function walk(reader: Api, question: string, limit: number): Promise<TrainTaskSummary[]> {
  const found: TrainTaskSummary[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: TrainTaskSummary[]; nextCursor: string | null } = await reader.get(
      `/train-tasks?${question}&limit=${limit}${cursor === '' ? '' : `&cursor=${cursor}`}`,
    );
    expect(page.items.length).toBeLessThanOrEqual(limit);
    if (page.nextCursor !== null) expect(page.items).toHaveLength(limit);
    found.push(...page.items);
    cursor = page.nextCursor;
  }
  return found;
}

import type { Bench, Row } from '../bench.js';
import { closedLoop, type LoadResult } from '../closed-loop.js';
import { requestBytes } from '../connection.js';
import type { Figure } from '../figure.js';
import { inTurns } from '../in-turns.js';
import { withClient } from '../postgres.js';
import { withCost } from './cost.js';
import { lost } from './lost.js';

/** The questions people ask of the list. */
export const QUESTIONS: Record<string, string> = {
  default: '',
  'user, status, time of start':
    'user=member-02&status=FAILED&startedFrom=2025-09-01T00:00:00Z&startedTo=2026-09-01T00:00:00Z&sort=-startTime',
  'user, status, time of creation': 'user=member-02&status=FAILED&createdFrom=2025-09-01T00:00:00Z&createdTo=2026-09-01T00:00:00Z',
  text: 'q=harbour',
  'two words': 'q=glitch%20long',
  'rare text': 'q=12345',
  'rank and lr': 'loraRankMin=24&loraRankMax=64&learningRateMin=0.00005&learningRateMax=0.0002',
  'extra.optimizer': 'extra.optimizer=Prodigy',
  'by final loss': 'sort=finalLoss',
  'by duration': 'sort=-duration',
  'model, by loss': 'modelName=qwen2.5-7b&sort=finalLoss',
  'with total': 'withTotal=true',
};

/** Questions that find a full page however many tasks there are, so that a hundred times the tasks must not make them dearer. */
export const FLAT = [
  'default',
  'user, status, time of start',
  'text',
  'rank and lr',
  'extra.optimizer',
  'by final loss',
  'by duration',
  'model, by loss',
  'with total',
];

/** P4: pages of 100 tasks. */
export const list: Row = async (bench) => {
  const figures: Figure[] = [];
  for (const [name, query] of Object.entries(QUESTIONS)) figures.push(...(await latency('P4', name, bench, () => page(bench, query), 25)));
  return [...figures, ...(await depth(bench))];
};

/** How long one person waits, which is what is bounded, and each of four at once on cores that they share with one another and with this program. */
export async function latency(row: string, name: string, bench: Bench, next: () => Buffer, must: number): Promise<Figure[]> {
  const alone = await ask(bench, next, 1);
  const { load: together, cost } = await withCost(row, name, bench, () => ask(bench, next, 4));
  return [
    { row, name: `${name} p95, alone`, value: alone.latency.p95, unit: 'ms', better: 'lower', must },
    { row, name: `${name} p95, 4 at once`, value: together.latency.p95, unit: 'ms', better: 'lower' },
    ...cost,
    ...[alone, together].filter(({ failures }) => Object.keys(failures).length > 0).map((load) => lost(row, `${name} failed`, load)),
  ];
}

/** One client, first page against a page 90 % down. */
async function depth(bench: Bench): Promise<Figure[]> {
  const deep = await cursorAt(bench, 0.1);
  if (deep === null) return [];
  const [shallow, below] = await inTurns([bench, page(bench, '')], [bench, page(bench, `cursor=${deep}`)]);
  return [
    {
      row: 'P4',
      name: `page at depth ${Math.round(bench.tasks * 0.9)} ÷ page 1`,
      value: below / shallow,
      unit: '×',
      better: 'lower',
      must: 1.2,
    },
  ];
}

/** A cursor of the default order that lies after `1 - share` of all tasks, made as the API makes it. */
async function cursorAt({ databaseUrl, tasks }: Bench, share: number): Promise<string | null> {
  return withClient(databaseUrl, async (client) => {
    const {
      rows: [row],
    } = await client.query<{ id: string }>('SELECT id FROM train_task WHERE deleted_at IS NULL ORDER BY id OFFSET $1 LIMIT 1', [
      Math.floor(tasks * share),
    ]);
    return row === undefined ? null : Buffer.from(JSON.stringify(['-createdAt', row.id, row.id])).toString('base64url');
  });
}

export function page({ token }: Pick<Bench, 'token'>, query: string): Buffer {
  return requestBytes('GET', `/train-tasks?limit=100${query === '' ? '' : `&${query}`}`, { token });
}

export function ask({ api, seconds }: Pick<Bench, 'api' | 'seconds'>, next: () => Buffer, clients: number): Promise<LoadResult> {
  return closedLoop({ port: api.port, clients, seconds: Math.max(1, seconds / 4), next });
}

import type { Sparkline, Sparklines, TrainTaskSummary } from '@lora-ledger/contracts';
import { queryOptions } from '@tanstack/react-query';
import { apiGet } from '../../api/http.js';
import { taskKeys } from '../queries.js';

/** Rows that come into view together ask together. */
const GATHER_MS = 60;
const AT_ONCE = 100;
const RUNNING_MS = 10_000;

type Values = Sparkline['values'];
interface Waiting {
  taskId: string;
  done: (values: Values | null) => void;
  fail: (error: unknown) => void;
}
let waiting: Waiting[] = [];

/** The loss curve of one task of a list; `null` where there is none. It grows while the task runs and then stays as it is. */
export function sparklineOptions({ taskId, status, endTime }: Pick<TrainTaskSummary, 'taskId' | 'status' | 'endTime'>) {
  return queryOptions({
    queryKey: [...taskKeys.detail(taskId), 'sparkline', endTime],
    queryFn: () => new Promise<Values | null>((done, fail) => {
      if (waiting.length === 0) setTimeout(() => void askForAll(), GATHER_MS);
      waiting.push({ taskId, done, fail });
    }),
    staleTime: Infinity,
    retry: false,
    refetchInterval: status === 'RUNNING' ? RUNNING_MS : false,
  });
}

async function askForAll(): Promise<void> {
  const asked = waiting;
  waiting = [];
  for (let start = 0; start < asked.length; start += AT_ONCE) {
    const some = asked.slice(start, start + AT_ONCE);
    try {
      const { items } = await apiGet<Sparklines>('/train-tasks/sparklines', { ids: some.map(({ taskId }) => taskId).join() });
      const byId = new Map(items.map(({ taskId, values }) => [taskId, values]));
      for (const { taskId, done } of some) done(byId.get(taskId) ?? null);
    } catch (error) {
      for (const { fail } of some) fail(error);
    }
  }
}

/**
 * An SVG path through the values, in a box of `width` × `height` with the highest on top; where a value is no number the line has a gap.
 * @returns `null` when there is nothing to draw a line of
 */
export function sparkPath(values: Values, width: number, height: number): string | null {
  const numbers = values.filter((value): value is number => typeof value === 'number');
  if (numbers.length < 2) return null;
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  let pen = 'M';
  return values.map((value, index) => {
    if (typeof value !== 'number') {
      pen = 'M';
      return '';
    }
    const x = (index / (values.length - 1)) * width;
    const y = high > low ? ((high - value) / (high - low)) * height : height / 2;
    const step = `${pen}${x.toFixed(1)} ${y.toFixed(1)}`;
    pen = 'L';
    return step;
  }).join('');
}

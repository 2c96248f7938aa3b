import type { CDPSession, Page } from 'playwright-core';
import type { Figure } from '../figure.js';

const SCROLLED_ROWS = 10_000;
/** A notch of a wheel, in pixels; one for every frame is a wheel that spins freely, three rows of the table in a sixtieth of a second. */
const NOTCH = 120;
const FRAME_MS = 1000 / 60;
const PATIENCE_MS = 150_000;
const LATE_MS = 50;
/** What the browser's tracing says when a frame of a page has reached the screen. */
const PRESENTED = 'SwapEndToPresentationCompositorFrame';

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  /** Microseconds. */
  ts: number;
}

/**
 * Turns the wheel over the table until it has shown 10 000 rows. Frames are those that reached the screen, as the browser traces them; tasks
 * are what kept the page's own thread, where the drawing of the picture is no part. Both by the clock: other work on the machine shows.
 */
export async function scrolling(page: Page): Promise<Figure[]> {
  const tools = await page.context().newCDPSession(page);
  await tools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const [heapBefore, workBefore] = [await heap(tools), await work(tools)];
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { longTasks: tasks });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    }).observe({ type: 'longtask' });
  });
  const trace = await startTrace(tools);
  const rows = await spin(page);
  const gaps = gapsOf(await trace());
  const worked = (await work(tools)) - workBefore;
  const tasks = await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks);
  const grown = (await heap(tools)) - heapBefore;
  return [
    { row: 'UI', name: 'rows scrolled', value: rows, unit: 'rows', better: 'higher', must: SCROLLED_ROWS },
    {
      row: 'UI',
      name: 'frames over 50 ms while scrolling',
      value: gaps.filter((gap) => gap > LATE_MS).length,
      unit: 'frames',
      better: 'lower',
      must: 0,
    },
    { row: 'UI', name: 'frames while scrolling', value: gaps.length, unit: 'frames', better: 'higher' },
    { row: 'UI', name: 'longest frame while scrolling', value: Math.max(0, ...gaps), unit: 'ms', better: 'lower' },
    { row: 'UI', name: 'tasks of the page over 50 ms while scrolling', value: tasks.length, unit: 'tasks', better: 'lower' },
    { row: 'UI', name: 'longest task of the page while scrolling', value: Math.max(0, ...tasks), unit: 'ms', better: 'lower' },
    { row: 'UI', name: 'processor time of the page per 1 000 rows', value: (worked / rows) * 1e6, unit: 'ms', better: 'lower' },
    { row: 'UI', name: 'heap grown by scrolling', value: grown / 2 ** 20, unit: 'MB', better: 'lower' },
  ];
}

/** @returns rows that have come into view; fewer than wanted when the list did not keep up with the wheel */
async function spin(page: Page): Promise<number> {
  const box = await page.locator('[role="region"]:has(tr[data-row])').boundingBox();
  if (box === null) throw new Error('no table');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const seen = (): Promise<number> =>
    page.evaluate(() => Math.max(...[...document.querySelectorAll<HTMLElement>('tr[data-row]')].map((row) => Number(row.dataset['row']))));
  const begin = performance.now();
  let rows = 0;
  for (let turn = 1; rows < SCROLLED_ROWS && performance.now() - begin < PATIENCE_MS; turn += 1) {
    await page.mouse.wheel(0, NOTCH);
    const ahead = begin + turn * FRAME_MS - performance.now();
    if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
    if (turn % 60 === 0) rows = await seen();
  }
  return rows;
}

/** Milliseconds from each frame on the screen to the next. */
function gapsOf(events: readonly TraceEvent[]): number[] {
  const presented = events.filter(({ name, ph }) => name === PRESENTED && ph === 'e');
  const counts = new Map<number, number>();
  for (const { pid } of presented) counts.set(pid, (counts.get(pid) ?? 0) + 1);
  const [page] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  const times = [...new Set(presented.filter(({ pid }) => pid === page).map(({ ts }) => ts))].sort((a, b) => a - b);
  return times
    .slice(1)
    .map((time, index) => (time - (times[index] ?? time)) / 1000)
    .filter((gap) => gap > 1);
}

async function startTrace(tools: CDPSession): Promise<() => Promise<TraceEvent[]>> {
  const events: TraceEvent[] = [];
  tools.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]));
  });
  await tools.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['disabled-by-default-devtools.timeline.frame'] },
  });
  return async () => {
    const complete = new Promise<void>((resolve) => {
      tools.once('Tracing.tracingComplete', () => resolve());
    });
    await tools.send('Tracing.end');
    await complete;
    return events;
  };
}

async function heap(tools: CDPSession): Promise<number> {
  await tools.send('HeapProfiler.collectGarbage');
  return (await tools.send('Runtime.getHeapUsage')).usedSize;
}

/** Seconds of processor that the page's thread has used, after `Performance.enable` in thread ticks: what other programs do does not count. */
export async function work(tools: CDPSession): Promise<number> {
  return (await tools.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
}

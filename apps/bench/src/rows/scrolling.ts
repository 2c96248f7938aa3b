import type { CDPSession, Page } from 'playwright-core';
import type { Figure } from '../figure.js';

const SCROLLED_ROWS = 10_000;
/** A wheel that spins freely: a notch of 120 pixels, three rows of the table, in every sixtieth of a second. */
const PIXELS_PER_SECOND = 120 * 60;
const LATE_MS = 50;
/** What the browser's tracing says when a frame of a page has reached the screen. */
const PRESENTED = 'SwapEndToPresentationCompositorFrame';
const BEGAN = 'ledger-scrolling-began';
const ENDED = 'ledger-scrolling-ended';
/** The browser stops tracing when its buffer is full, without a word; this holds some ten times what is traced. */
const TRACE_BUFFER_KB = 400_000;

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  /** Microseconds. */
  ts: number;
}

/** What the page itself saw, kept on its window. */
interface Seen {
  /** Milliseconds of each task of the page's own thread that took more than 50. */
  tasks: number[];
  /** How often the page was told that it had been scrolled, and how often a part of the view had no rows by then. */
  told: number;
  empty: number;
}

/**
 * Turns the wheel over the table, in one go as a hand does, until it has shown 10 000 rows. Frames are those that reached the screen, as the
 * browser traces them, from the first to the last that scrolled; tasks are what kept the page's own thread, where the drawing of the picture is
 * no part. Both by the clock: other work on the machine shows. A browser moves what it has without waiting for the page, so how often a
 * part of the view was empty belongs to it.
 */
export async function scrolling(page: Page): Promise<Figure[]> {
  const tools = await page.context().newCDPSession(page);
  await tools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const [heapBefore, workBefore] = [await heap(tools), await work(tools)];
  await watch(page);
  const trace = await startTrace(tools);
  const rows = await spin(page, tools);
  const gaps = gapsOf(await trace());
  const worked = (await work(tools)) - workBefore;
  const { tasks, told, empty } = await page.evaluate(() => (window as unknown as { seen: Seen }).seen);
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
    { row: 'UI', name: 'times a part of the view was empty while scrolling', value: (empty / told) * 100, unit: '%', better: 'lower' },
    { row: 'UI', name: 'tasks of the page over 50 ms while scrolling', value: tasks.length, unit: 'tasks', better: 'lower' },
    { row: 'UI', name: 'longest task of the page while scrolling', value: Math.max(0, ...tasks), unit: 'ms', better: 'lower' },
    { row: 'UI', name: 'processor time of the page per 1 000 rows', value: (worked / rows) * 1e6, unit: 'ms', better: 'lower' },
    { row: 'UI', name: 'heap grown by scrolling', value: grown / 2 ** 20, unit: 'MB', better: 'lower' },
  ];
}

/** Marks the begin and the end of scrolling in the trace and counts what the page sees meanwhile. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(
    ([began, ended]) => {
      const view = document.querySelector<HTMLElement>('[role="region"]:has(tr[data-row])');
      const row = view?.querySelector<HTMLElement>('tr[data-row]');
      if (view == null || row == null) throw new Error('no table');
      const seen: Seen = { tasks: [], told: 0, empty: 0 };
      Object.assign(window, { seen });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) seen.tasks.push(duration);
      }).observe({ type: 'longtask' });
      const rowHeight = row.offsetHeight;
      const viewHeight = view.clientHeight - (view.querySelector('thead')?.offsetHeight ?? 0);
      // Before the page hears of it: what it draws for the new place is not there yet.
      window.addEventListener(
        'scroll',
        () => {
          if (seen.told === 0) performance.mark(began);
          let [first, last] = [Infinity, -1];
          for (const { dataset } of view.querySelectorAll<HTMLElement>('tr[data-row]')) {
            first = Math.min(first, Number(dataset['row']));
            last = Math.max(last, Number(dataset['row']));
          }
          seen.told += 1;
          if (first * rowHeight > view.scrollTop || (last + 1) * rowHeight < view.scrollTop + viewHeight) seen.empty += 1;
        },
        { capture: true },
      );
      window.addEventListener('scrollend', () => performance.mark(ended), { capture: true });
    },
    [BEGAN, ENDED] as const,
  );
}

/** @returns the last row that has come into view; less than wanted when the list did not keep up with the wheel */
async function spin(page: Page, tools: CDPSession): Promise<number> {
  const view = page.locator('[role="region"]:has(tr[data-row])');
  const [box, row] = [await view.boundingBox(), await view.locator('tr[data-row]').first().boundingBox()];
  if (box === null || row === null) throw new Error('no table');
  await tools.send('Input.synthesizeScrollGesture', {
    x: box.x + box.width / 2,
    y: box.y + box.height / 2,
    yDistance: -SCROLLED_ROWS * row.height,
    speed: PIXELS_PER_SECOND,
    gestureSourceType: 'mouse',
    preventFling: true,
  });
  return page.evaluate(() =>
    Math.max(...[...document.querySelectorAll<HTMLElement>('tr[data-row]')].map((one) => Number(one.dataset['row']))),
  );
}

/** Milliseconds from each frame on the screen to the next, while the view was scrolled. */
function gapsOf(events: readonly TraceEvent[]): number[] {
  const began = events.find(({ name }) => name === BEGAN);
  const ended = events.findLast(({ name }) => name === ENDED);
  if (began === undefined || ended === undefined) throw new Error('the trace does not hold the whole of the scrolling');
  const presented = events.filter(
    ({ name, ph, pid, ts }) => name === PRESENTED && ph === 'e' && pid === began.pid && ts >= began.ts && ts <= ended.ts,
  );
  const times = [...new Set(presented.map(({ ts }) => ts))].sort((a, b) => a - b);
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
    traceConfig: {
      includedCategories: ['disabled-by-default-devtools.timeline.frame', 'blink.user_timing'],
      traceBufferSizeInKb: TRACE_BUFFER_KB,
    },
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

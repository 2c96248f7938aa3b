import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import type { Bench, Row } from '../bench.js';
import type { Figure } from '../figure.js';
import { withClient } from '../postgres.js';
import { untilQuiet } from '../quiet.js';
import { startTasks } from '../seed/people.js';
import { scrolling, work } from './scrolling.js';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const VISITS = 5;
const RUNNING = 50;
const WATCHED_SECONDS = 15;

/** UI: the list in a real browser over the seeded tasks, as a person meets it. */
export const listPage: Row = async (bench) => {
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) return 'there is no Chromium: name one in CHROMIUM_PATH';
  return [
    ...(await inBrowser(executablePath, bench, (context) => whileBrowserStarts(context, bench))),
    ...(await inBrowser(executablePath, bench, async (context) => [
      ...(await firstRows(context, bench)),
      ...(await newRows(context, bench)),
      ...(await scrolled(context, bench)),
      ...(await watching(context, bench)),
    ])),
  ];
};

/** A browser that has nothing of the product but a session. */
async function inBrowser(executablePath: string, bench: Bench, measure: (context: BrowserContext) => Promise<Figure[]>): Promise<Figure[]> {
  const profile = mkdtempSync(join(tmpdir(), 'ledger-bench-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: FLAGS,
    headless: true,
    locale: 'en-US',
    viewport: { width: 1280, height: 800 },
  });
  try {
    await signIn(context, bench);
    return await measure(context);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

async function signIn(context: BrowserContext, { api }: Bench): Promise<void> {
  const origin = `http://127.0.0.1:${api.port}`;
  const answer = await context.request.post(`${origin}/api/auth/login`, {
    data: { username: 'ada', password: 'correct horse battery' },
    headers: { Origin: origin },
  });
  if (!answer.ok()) throw new Error(`the admin of the database could not sign in: ${answer.status()}`);
}

async function open({ api }: Bench, page: Page, query = ''): Promise<void> {
  await page.goto(`http://127.0.0.1:${api.port}/tasks${query}`);
  await page.locator('tr[data-row]').first().waitFor();
}

/** The first page that a browser opens at all: what it does to start itself takes both cores for two seconds more. */
async function whileBrowserStarts(context: BrowserContext, bench: Bench): Promise<Figure[]> {
  const [time = 0] = await visits(context, bench, 1);
  return [
    { row: 'UI', name: 'navigation to first rows, nothing cached, browser still starting', value: time, unit: 'ms', better: 'lower' },
  ];
}

async function firstRows(context: BrowserContext, bench: Bench): Promise<Figure[]> {
  await untilQuiet();
  const [cold = 0, ...warm] = await visits(context, bench, VISITS);
  return [
    { row: 'UI', name: 'navigation to first rows, nothing cached', value: cold, unit: 'ms', better: 'lower', must: 1000 },
    { row: 'UI', name: 'navigation to first rows, cached, slowest', value: Math.max(...warm), unit: 'ms', better: 'lower', must: 1000 },
  ];
}

/** Milliseconds from the beginning of each navigation to the frame that shows rows. */
async function visits(context: BrowserContext, bench: Bench, count: number): Promise<number[]> {
  const page = await context.newPage();
  await page.addInitScript(() => {
    const look = (): void => {
      if (document.querySelector('tr[data-row] a[href^="/tasks/"]') === null) requestAnimationFrame(look);
      else document.documentElement.dataset['firstRows'] = String(performance.now());
    };
    requestAnimationFrame(look);
  });
  const times: number[] = [];
  for (let visit = 0; visit < count; visit += 1) {
    await open(bench, page);
    times.push(
      await page.waitForFunction(() => Number(document.documentElement.dataset['firstRows'] ?? 0)).then((handle) => handle.jsonValue()),
    );
  }
  await page.close();
  return times;
}

/** Milliseconds from the click on a state to the frame that shows tasks in that state only. */
async function newRows(context: BrowserContext, bench: Bench): Promise<Figure[]> {
  const page = await context.newPage();
  await open(bench, page);
  await page.getByRole('button', { name: 'Any status' }).click();
  const times: number[] = [];
  for (const status of ['Failed', 'Cancelled', 'Succeeded']) {
    const box = page.getByRole('checkbox', { name: status });
    await box.waitFor();
    await page.evaluate((word) => {
      delete document.documentElement.dataset['newRows'];
      addEventListener(
        'click',
        () => {
          const begin = performance.now();
          const look = (): void => {
            const rows = [...document.querySelectorAll<HTMLElement>('tr[data-row]')];
            const isThere =
              rows.length > 0 &&
              rows.every((row) => row.innerText.includes(word)) &&
              document.querySelector('[role="region"][aria-busy="true"]') === null;
            if (!isThere) requestAnimationFrame(look);
            else document.documentElement.dataset['newRows'] = String(performance.now() - begin);
          };
          requestAnimationFrame(look);
        },
        { once: true, capture: true },
      );
    }, status);
    await box.click();
    times.push(
      await page.waitForFunction(() => Number(document.documentElement.dataset['newRows'] ?? 0)).then((handle) => handle.jsonValue()),
    );
    await box.click();
    await page.waitForFunction(() => document.querySelector('[role="region"][aria-busy="true"]') === null);
  }
  await page.close();
  return [{ row: 'UI', name: 'filter change to new rows, slowest', value: Math.max(...times), unit: 'ms', better: 'lower', must: 300 }];
}

async function scrolled(context: BrowserContext, bench: Bench): Promise<Figure[]> {
  const page = await context.newPage();
  await open(bench, page);
  const figures = await scrolling(page);
  await page.close();
  return figures;
}

/** The share of a core that the page takes while tasks in it report every second. */
async function watching(context: BrowserContext, bench: Bench): Promise<Figure[]> {
  const tasks = await withClient(bench.databaseUrl, (client) => startTasks(client, bench.adminId, RUNNING));
  const page = await context.newPage();
  await open(bench, page, '?status=RUNNING');
  const tools = await context.newCDPSession(page);
  await tools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const [begin, before] = [performance.now(), await work(tools)];
  for (let second = 1; second <= WATCHED_SECONDS; second += 1) {
    await Promise.all(
      tasks.map(({ taskId, token }) =>
        fetch(`http://127.0.0.1:${bench.api.port}/api/train-tasks/${taskId}/progress`, {
          method: 'POST',
          headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
          body: JSON.stringify({ step: second, loss: 1 / second, totalSteps: 100 }),
        }),
      ),
    );
    await page.waitForTimeout(Math.max(0, begin + second * 1000 - performance.now()));
  }
  const share = ((await work(tools)) - before) / ((performance.now() - begin) / 1000);
  await page.close();
  return [
    {
      row: 'UI',
      name: `page with ${RUNNING} tasks that report every second, of a core`,
      value: share * 100,
      unit: '%',
      better: 'lower',
      must: 10,
    },
  ];
}

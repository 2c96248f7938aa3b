import type { BrowserContext, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot, violations } from './support/browser.js';
import { playHistory, type History } from './support/history.js';
import { flaws, LANGUAGES, routesOf, settled, signInOnPage, SIZES, stretchedLines } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { ADMIN, hireTeam, TEAM_ENV } from './support/team.js';

/** By the router's own pattern: the addresses to look at, each with the name of its screenshots. A route that is not here fails. */
type Addresses = Record<string, Record<string, string>>;

const addressesOf = ({ succeeded, clone, failed, running, pending }: History): Addresses => ({
  '/': {},
  '/sign-in': { 'sign-in': '/sign-in?expired=true' },
  '/setup': { 'set-up': '/setup' },
  '/tasks': {
    tasks: '/tasks',
    'tasks-filtered': '/tasks?status=SUCCESS&modelName=sdxl-base-1.0&loraRankMin=16&sort=finalLoss',
    'tasks-no-match': '/tasks?q=nothing+like+this',
  },
  '/trash': { trash: '/trash' },
  '/tasks/new': { 'task-new': '/tasks/new' },
  '/tasks/$taskId': {
    'task-succeeded': `/tasks/${succeeded.taskId}`,
    'task-failed': `/tasks/${failed.taskId}`,
    'task-running': `/tasks/${running.taskId}`,
    'task-pending': `/tasks/${pending.taskId}`,
    'task-unknown': '/tasks/00000000-0000-4000-8000-000000000000',
  },
  '/tasks/$taskId/clone': { 'task-clone': `/tasks/${succeeded.taskId}/clone` },
  '/compare': {
    compare: `/compare?ids=${[succeeded, clone, failed].map(({ taskId }) => taskId).join(',')}`,
    'compare-nothing': '/compare',
  },
  '/analytics': {},
  '/analytics/$section': {
    'analytics-overview': '/analytics/overview?created=30d',
    'analytics-success': '/analytics/success',
    'analytics-heat-map': '/analytics/success?by=learningRate&and=loraRank',
    'analytics-convergence': '/analytics/convergence?by=loraRank&target=0.1',
    'analytics-durations': '/analytics/durations',
    'analytics-failures': '/analytics/failures',
    'analytics-cost': '/analytics/cost?per=week',
    'analytics-importance': '/analytics/importance',
    'analytics-importance-few': '/analytics/importance?q=woodcut',
    'analytics-recommendations': '/analytics/recommendations',
    'analytics-nothing': '/analytics/overview?q=nothing+like+this',
    'analytics-unknown': '/analytics/weather',
  },
  '/account': { profile: '/account' },
  '/account/sessions': { sessions: '/account/sessions' },
  '/account/tokens': { tokens: '/account/tokens' },
  '/admin': {},
  '/admin/queue': { queue: '/admin/queue' },
  '/admin/users': { users: '/admin/users' },
  '/admin/audit-log': { 'audit-log': '/admin/audit-log' },
});

/**
 * Both languages in both themes on a laptop, one of each on a phone. Neither the colours nor the structure of a page depend on its
 * language, so each theme and size is checked for accessibility in one of them.
 */
const LOOKS = {
  en: [
    { size: 'laptop', scheme: 'light', check: true },
    { size: 'laptop', scheme: 'dark', check: true },
    { size: 'phone', scheme: 'light', check: false },
  ],
  zh: [
    { size: 'laptop', scheme: 'light', check: false },
    { size: 'laptop', scheme: 'dark', check: false },
    { size: 'phone', scheme: 'dark', check: true },
  ],
} as const;

/** Where something could be stretched, or lost in a corner, on the largest screen. */
const WIDE = [
  'tasks',
  'task-new',
  'task-succeeded',
  'compare',
  'analytics-overview',
  'analytics-convergence',
  'analytics-recommendations',
  'users',
];

const SIGNED_OUT = ['/sign-in', '/setup'];

let product: Product;
let addresses: Addresses;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  product = await startProduct(TEAM_ENV);
  addresses = addressesOf(await playHistory(await hireTeam(product.url)));
});
afterAll(async () => {
  for (const context of contexts) await context.close();
  await product?.stop();
});

it('is looked at: the list of addresses names every route there is', async () => {
  const page = await pageIn('en');
  await page.goto(`${product.url}/sign-in`);
  await settled(page);
  expect((await routesOf(page)).sort()).toEqual(Object.keys(addresses).sort());
});

it('is whole in both languages, both themes, on a laptop and on a phone: no violation, no complaint, nothing untranslated, nothing that scrolls sideways', async () => {
  const found = (await Promise.all(LANGUAGES.map(walk))).flat();
  expect(found).toEqual([]);
}, 900_000);

it('uses a 4K screen well: no violation, nothing that scrolls sideways, no line of text across the whole width', async () => {
  const page = await pageIn('en');
  await page.setViewportSize(SIZES['4k']);
  await signInOnPage(page, product.url, ADMIN);
  const found: string[] = [];
  for (const [name, address] of Object.values(addresses)
    .flatMap((named) => Object.entries(named))
    .filter(([name]) => WIDE.includes(name))) {
    await page.goto(product.url + address);
    await settled(page);
    await screenshot(page, `${name}-en-4k-light`);
    for (const flaw of [...(await flaws(page)), ...(await stretchedLines(page)), ...(await violations(page))])
      found.push(`${name} ${flaw}`);
  }
  expect(found).toEqual([]);
}, 300_000);

async function pageIn(language: (typeof LANGUAGES)[number]): Promise<Page> {
  const context = await openBrowser({ locale: language === 'zh' ? 'zh-CN' : 'en-US', reducedMotion: 'reduce' });
  contexts.push(context);
  return context.newPage();
}

async function walk(language: (typeof LANGUAGES)[number]): Promise<string[]> {
  const page = await pageIn(language);
  const complaints = complaintsOf(page);
  const found: string[] = [];
  const visit = async (routes: string[]): Promise<void> => {
    for (const [name, address] of routes.flatMap((route) => Object.entries(addresses[route] ?? {}))) {
      await page.setViewportSize(SIZES.laptop);
      await page.goto(product.url + address);
      for (const flaw of await lookAt(page, name, language)) found.push(`${name} ${language} ${flaw}`);
      found.push(...complaints.splice(0).map((complaint) => `${name} ${language} complains: ${complaint}`));
    }
  };
  await visit(SIGNED_OUT);
  await signInOnPage(page, product.url, ADMIN);
  await visit(Object.keys(addresses).filter((route) => !SIGNED_OUT.includes(route)));
  return found;
}

async function lookAt(page: Page, name: string, language: (typeof LANGUAGES)[number]): Promise<string[]> {
  const found: string[] = [];
  for (const { size, scheme, check } of LOOKS[language]) {
    await page.setViewportSize(SIZES[size]);
    await page.emulateMedia({ colorScheme: scheme });
    await settled(page);
    await screenshot(page, `${name}-${language}-${size}-${scheme}`);
    const wrong = [...(await flaws(page)), ...(check ? await violations(page) : [])];
    for (const flaw of wrong) found.push(`${size} ${scheme}: ${flaw}`);
  }
  return found;
}

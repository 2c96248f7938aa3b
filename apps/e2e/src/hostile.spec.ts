import type { BrowserContext, Page } from 'playwright-core';
import { complaintsOf, openBrowser } from './support/browser.js';
import { settled, signInOnPage } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { ADMIN, hireTeam, playRun, TEAM_ENV } from './support/team.js';

/** What runs when it is taken for markup, for a script, a template, an address or a style. `OF` says where it came in. */
const EVIL = `<img src=x onerror="window.wasRun='OF'"><script>window.wasRun='OF'</script><svg/onload="window.wasRun='OF'">{{constructor.constructor('window.wasRun=1')()}}\${7*7}`;
const evil = (of: string): string => EVIL.replaceAll('OF', of);

let product: Product;
let context: BrowserContext;
let page: Page;
let complaints: string[];
let victim: string;
let other: string;

beforeAll(async () => {
  product = await startProduct(TEAM_ENV);
  const { admin, member } = await hireTeam(product.url);
  const task = {
    name: evil('name').slice(0, 200),
    description: `javascript:alert(1) ${evil('description')}`,
    note: evil('note'),
    tags: [evil('tag').slice(0, 59)],
    modelName: evil('model').slice(0, 200),
    trainDataDir: evil('folder'),
    extraParams: { [evil('key').slice(0, 100)]: evil('value'), optimizer: evil('optimizer') },
  };
  const failed = await playRun(member, { ends: 'running', task });
  victim = failed.taskId;
  const { size } = await failed.trainer.post<{ size: number }>(`/train-tasks/${victim}/log`, {
    offset: (await member.get<{ size: number }>(`/train-tasks/${victim}/log`)).size,
    text: `\u001b[31m${evil('log')}\u001b[0m\n\u001b]8;;javascript:alert(1)\u0007link\u001b]8;;\u0007\n`,
  });
  expect(size).toBeGreaterThan(0);
  await failed.trainer.post(`/train-tasks/${victim}/progress`, {
    points: [
      { key: evil('metric').slice(0, 150), step: 1, value: 1 },
      { key: evil('metric').slice(0, 150), step: 2, value: 2 },
    ],
  });
  await failed.trainer.post(`/train-tasks/${victim}/fail`, { error: evil('error') });
  await failed.trainer.post(`/train-tasks/${victim}/exit`, {
    exitCode: 1,
    hasFreshOutput: true,
    lastLines: evil('last'),
    outputFiles: [{ path: evil('file'), size: 1, sha256: 'a'.repeat(64) }],
  });
  other = (await member.post<{ taskId: string }>(`/train-tasks/${victim}/clone`, { overrides: { loraRank: 2 }, note: evil('clone note') }))
    .taskId;
  await playRun(member, { ends: 'running', task: { ...task, name: evil('running').slice(0, 200) } });
  const trashed = await playRun(member, { ends: 'cancelled', task });
  await member.call('DELETE', `/train-tasks/${trashed.taskId}`);
  await admin.post('/saved-views', { name: evil('view').slice(0, 100), page: 'tasks', query: 'q=%3Cscript%3E', audience: 'everyone' });
  await admin.post('/auth/tokens', { name: evil('token').slice(0, 100), scopes: ['read'] });
  await admin.post('/users', {
    username: 'eve',
    password: 'eve has a long password',
    role: 'member',
    displayName: evil('person').slice(0, 200),
  });
  context = await openBrowser();
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`policy: ${violatedDirective} ${blockedURI}`),
    );
  });
  page = await context.newPage();
  complaints = complaintsOf(page);
  await signInOnPage(page, product.url, ADMIN);
});
afterAll(async () => {
  await context?.close();
  await product?.stop();
});

/** Addresses with what must be readable there, so that the test looks where the text is. */
const PLACES: [string, () => string, string[]][] = [
  ['the list of tasks', () => '/tasks', ['name', 'model']],
  ['a filtered list', () => `/tasks?q=${encodeURIComponent('<img src=x')}&tag=${encodeURIComponent(evil('tag').slice(0, 59))}`, ['name']],
  ['the page of a failed task', () => `/tasks/${victim}`, ['name', 'description', 'tag', 'folder', 'value', 'log', 'error', 'file']],
  ['the page of its clone', () => `/tasks/${other}`, ['model', 'optimizer']],
  ['the form of a clone', () => `/tasks/${victim}/clone`, []],
  ['a comparison', () => `/compare?ids=${victim},${other}`, ['name']],
  ['the trash', () => '/trash', ['name']],
  ['the queue', () => '/admin/queue', ['running']],
  ['the users', () => '/admin/users', ['person']],
  ['the audit log', () => '/admin/audit-log', ['name']],
  ['the tokens', () => '/account/tokens', ['token']],
  ['the overview of analytics', () => '/analytics', []],
  ['failures in analytics', () => '/analytics/failures', ['error']],
  ['success by an extra parameter', () => '/analytics/success?by=extra.optimizer', []],
  ['cost by model', () => '/analytics/cost?per=model', []],
  ['recommendations', () => `/analytics/recommendations?modelName=${encodeURIComponent(evil('model').slice(0, 200))}`, []],
];

it.each(PLACES)('%s shows hostile text as text', async (_where, address, shown) => {
  await page.goto(product.url + address());
  await settled(page);
  for (const of of shown)
    await page
      .getByText(`window.wasRun='${of}'`)
      .or(page.getByText(`wasRun='${of}`))
      .first()
      .waitFor({ state: 'attached' });
  await nothingRan();
});

it('and so do the menus: saved views, the tags to filter by, the palette of commands', async () => {
  await page.goto(`${product.url}/tasks`);
  await settled(page);
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByText("wasRun='view'").first().waitFor();
  await nothingRan();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('<img');
  await page.getByText("wasRun='name'").first().waitFor();
  await nothingRan();
});

it('and no policy was broken, nothing complained', () => {
  expect(complaints).toEqual([]);
});

async function nothingRan(): Promise<void> {
  const found = await page.evaluate(() => ({
    ran: (window as unknown as { wasRun?: string }).wasRun ?? null,
    markup: document.querySelectorAll('img[src="x"], svg[onload], [onerror], a[href^="javascript:"]').length,
    scripts: [...document.scripts].filter(({ textContent }) => textContent?.includes('wasRun')).length,
  }));
  expect(found).toEqual({ ran: null, markup: 0, scripts: 0 });
}

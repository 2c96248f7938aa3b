import type { BrowserContext, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot, violations } from './support/browser.js';
import { signInOnPage } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { hireTeam, MEMBER, TEAM_ENV } from './support/team.js';

/** More than two steps of an action. */
const COUNT = 2100;

describe('one action on more tasks than one request takes', () => {
  let product: Product;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  const selectAll = async (): Promise<void> => {
    await page.getByRole('checkbox', { name: 'Select all loaded rows' }).click();
    await page.getByRole('button', { name: /^Select all .* matching$/ }).click();
    await page.getByRole('toolbar', { name: /^All .* matching selected$/ }).waitFor();
  };
  const tagAll = async (tag: string): Promise<void> => {
    await page.getByRole('toolbar').getByRole('button', { name: 'Tags' }).click();
    await page.getByLabel('Add tags').and(page.locator('input')).fill(tag);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Apply' }).press('Enter');
    await page
      .getByRole('dialog', { name: /^Tags: 2,100 tasks/ })
      .getByRole('button', { name: 'Do it' })
      .click();
  };
  const total = () => page.getByRole('search').getByRole('status').innerText();

  beforeAll(async () => {
    product = await startProduct(TEAM_ENV);
    const { member } = await hireTeam(product.url);
    for (let from = 0; from < COUNT; from += 25) {
      await Promise.all(
        Array.from({ length: 25 }, (_one, index) =>
          member.post('/train-tasks', {
            name: `sweep ${from + index}`,
            modelName: 'sdxl',
            loraRank: 16,
            learningRate: 1e-4,
            batchSize: 4,
            epochs: 1,
            trainDataDir: './data',
          }),
        ),
      );
    }
    context = await openBrowser();
    page = await context.newPage();
    complaints = complaintsOf(page);
    await signInOnPage(page, product.url, MEMBER);
    await page.getByText('2,100 tasks').waitFor();
  });
  afterEach(() => page.unroute('**/api/train-tasks/bulk'));
  afterAll(async () => {
    await context?.close();
    await product?.stop();
  });

  it('tells how far it is, and can be stopped', async () => {
    await selectAll();
    let release = (): void => undefined;
    const held = new Promise<void>((done) => {
      release = done;
    });
    let steps = 0;
    await page.route('**/api/train-tasks/bulk', async (route) => {
      steps += 1;
      if (steps === 2) await held;
      await route.continue();
    });
    await tagAll('first');
    await page.getByText('Tags: 1,000 of 2,100 done').waitFor();
    await screenshot(page, 'bulk-progress');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Stop' }).click();
    release();
    await page.getByText('Tags of 2000 tasks changed Stopped: 100 are left as they were.').waitFor();
    expect(steps).toBe(2);
    await page.goto(`${product.url}/tasks?tag=first`);
    await page.getByText('2,000 tasks', { exact: true }).waitFor();
    await page.goto(`${product.url}/tasks`);
    await page.getByText('2,100 tasks', { exact: true }).waitFor();
  });

  it('goes on where it was when the connection broke', async () => {
    await selectAll();
    let steps = 0;
    await page.route('**/api/train-tasks/bulk', async (route) => {
      steps += 1;
      await (steps === 2 ? route.abort() : route.continue());
    });
    await tagAll('second');
    await page.getByRole('button', { name: 'Go on' }).waitFor();
    await page.getByText('Tags: 1,000 of 2,100 done').waitFor();
    await screenshot(page, 'bulk-broken-off');
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('Tags of 2100 tasks changed').waitFor();
    await page.goto(`${product.url}/tasks?tag=second`);
    await page.getByText('2,100 tasks', { exact: true }).waitFor();
    complaints = complaints.filter((complaint) => !complaint.includes('ERR_FAILED'));
  });

  it('throws all of them away with one key, pressed before the page can ask, and takes them back', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((done) => {
      release = done;
    });
    await page.route('**/overlays*.js', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(`${product.url}/tasks`, { waitUntil: 'commit' });
    await page.getByText('2,100 tasks', { exact: true }).waitFor();
    await selectAll();
    await page.keyboard.press('e');
    release();
    await page.getByRole('dialog').getByRole('button', { name: 'Do it' }).click();
    await page.getByText('2100 tasks moved to the trash').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('2100 tasks restored').waitFor();
    await page.waitForFunction(() => document.querySelectorAll('tr[data-row]').length > 0);
    expect(await total()).toBe('2,100 tasks');
  });

  it('meets no error on the way', () => {
    expect(complaints).toEqual([]);
  });
});

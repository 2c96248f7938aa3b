import type { BrowserContext, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot, violations } from './support/browser.js';
import { startProduct, type Product } from './support/product.js';

const ADMIN = { username: 'grace', password: 'a long enough password' };

describe('a person who has just started the product', () => {
  let product: Product;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    product = await startProduct();
    context = await openBrowser();
    page = await context.newPage();
    complaints = complaintsOf(page);
  });
  afterAll(async () => {
    await context?.close();
    await product?.stop();
  });

  it('creates the first admin with the link from the console', async () => {
    await page.goto(product.setupLink);
    await page.getByLabel('Username').fill(ADMIN.username);
    await page.getByRole('textbox', { name: 'Password' }).fill(ADMIN.password);
    await screenshot(page, 'set-up');
    await page.getByRole('button', { name: /create/i }).click();
    await page.waitForURL('**/tasks');
    await screenshot(page, 'tasks-empty');
  });

  it('signs out and in again', async () => {
    await page.getByRole('button', { name: new RegExp(ADMIN.username) }).click();
    await page.getByRole('menuitem', { name: /sign out/i }).click();
    await page.getByLabel('Username').fill(ADMIN.username);
    await page.getByRole('textbox', { name: 'Password' }).fill(ADMIN.password);
    await screenshot(page, 'sign-in');
    await page.getByRole('button', { name: /sign in/i }).click();
    await page.waitForURL('**/tasks');
  });

  it('submits a training, watches its curve grow and reads its log', async () => {
    await page.getByRole('link', { name: 'New task' }).first().click();
    await page.getByRole('textbox', { name: 'Name optional' }).fill('harbour verses');
    await screenshot(page, 'new-task');
    await page.getByRole('button', { name: 'Start training' }).click();
    await page.waitForURL(/tasks\/[0-9a-f-]{36}$/);
    await page.getByText('Running', { exact: true }).first().waitFor();
    const first = await lastStep(page);
    await page.waitForFunction((before) => Number(/step (\d+)/.exec(document.body.innerText)?.[1] ?? 0) > before, first);
    await screenshot(page, 'task-running');
    await page.getByText('Succeeded', { exact: true }).first().waitFor({ timeout: 60_000 });
    await page.getByText('model saved.').waitFor();
    await page
      .getByText(/\.safetensors/)
      .first()
      .waitFor();
    await screenshot(page, 'task-succeeded');
  });

  it('clones it with another rank and finds both in the list', async () => {
    await page
      .getByRole('link', { name: 'Clone' })
      .or(page.getByRole('button', { name: 'Clone' }))
      .first()
      .click();
    await page.waitForURL('**/clone');
    await page.getByRole('textbox', { name: 'Name optional' }).fill('harbour verses, rank doubled');
    await page.getByRole('textbox', { name: /^Rank/ }).fill('16');
    await page
      .getByText(/One change/)
      .first()
      .waitFor();
    await screenshot(page, 'clone');
    await page.getByRole('button', { name: 'Start clone' }).click();
    await page.waitForURL((url) => !url.pathname.endsWith('/clone'));
    await page.getByText('Succeeded', { exact: true }).first().waitFor({ timeout: 60_000 });
    await page.getByRole('link', { name: 'Tasks', exact: true }).first().click();
    await page.getByText('harbour verses, rank doubled').first().waitFor();
    await page.getByText('harbour verses', { exact: true }).first().waitFor();
    await screenshot(page, 'tasks');
  });

  it('meets no accessibility violation on the pages of the story', async () => {
    const found: Record<string, string[]> = {};
    for (const path of ['/tasks', '/tasks/new']) {
      await page.goto(`${product.url}${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      found[path] = await violations(page);
    }
    expect(found).toEqual({ '/tasks': [], '/tasks/new': [] });
  });

  it('sees no error in the console on the way', () => {
    expect(complaints).toEqual([]);
  });
});

async function lastStep(page: Page): Promise<number> {
  const text = await page.locator('body').innerText();
  return Number(/step (\d+)/.exec(text)?.[1] ?? 0);
}

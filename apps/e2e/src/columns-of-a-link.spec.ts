import type { BrowserContext, Locator, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot } from './support/browser.js';
import { columnsOn } from './support/columns.js';
import { rowOf } from './support/list.js';
import { settled, signInOnPage } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { hireTeam, MEMBER, playRun, TEAM_ENV } from './support/team.js';

describe('the columns of a list that are one’s own, or come with a link or a view', () => {
  let product: Product;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    product = await startProduct(TEAM_ENV);
    const { member } = await hireTeam(product.url);
    for (const name of ['first', 'last']) await playRun(member, { ends: 'pending', task: { name } });
    context = await openBrowser();
    page = await context.newPage();
    complaints = complaintsOf(page);
    await signInOnPage(page, product.url, MEMBER);
    await row().waitFor();
  });
  afterAll(async () => {
    await context?.close();
    await product?.stop();
  });

  const row = (): Locator => rowOf(page, 'last');
  const { header, waitForTitles, pick, reset } = columnsOn(() => page);
  const reload = async (): Promise<void> => {
    await page.reload();
    await settled(page);
    await row().waitFor();
  };

  it('stand in the address, which shows them to somebody else and leaves their own as they were', async () => {
    await pick('Alpha', 'Hide column');
    await pick('Batch', 'Move left');
    await waitForTitles('Status', 'Name', 'Model', 'Rank', 'Batch', 'LR');
    await page.waitForURL(/layout=/);
    const link = page.url();
    const elsewhere = await openBrowser();
    try {
      const other = await elsewhere.newPage();
      const theirs = columnsOn(() => other);
      await signInOnPage(other, product.url, MEMBER);
      await theirs.waitForTitles('Status', 'Name', 'Model', 'Rank', 'Alpha', 'LR', 'Batch');
      await other.goto(link);
      await theirs.waitForTitles('Status', 'Name', 'Model', 'Rank', 'Batch', 'LR');
      await theirs.pick('Rank', 'Hide column');
      await theirs.waitForTitles('Status', 'Name', 'Model', 'Batch', 'LR');
      await other.getByRole('button', { name: 'Columns', exact: true }).click();
      await other.getByText('These columns came with the link').waitFor();
      await screenshot(other, 'columns-of-a-link');
      await other.getByRole('button', { name: 'Show mine' }).click();
      await theirs.waitForTitles('Status', 'Name', 'Model', 'Rank', 'Alpha', 'LR', 'Batch');
      await other.waitForURL(`${product.url}/tasks`);
      // The button is gone, whoever has pressed it is still there.
      await other.waitForFunction(() => document.activeElement?.closest('[role="dialog"]') != null);
    } finally {
      await elsewhere.close();
    }
  });

  it('stay as they are now on the way back to an earlier list', async () => {
    await header('Rank').getByRole('button', { name: 'Rank', exact: true }).click();
    await page.waitForURL(/sort=loraRank/);
    await pick('LR', 'Hide column');
    await waitForTitles('Status', 'Name', 'Model', 'Rank', 'Batch', 'Epochs');
    await page.waitForURL(/learningRate:h/);
    await page.goBack();
    await page.waitForURL((address) => !address.searchParams.has('sort'));
    await waitForTitles('Status', 'Name', 'Model', 'Rank', 'Batch', 'Epochs');
    await page.waitForURL(/learningRate:h/);
    await reload();
    await page.getByRole('button', { name: 'Columns', exact: true }).click();
    await page.getByRole('button', { name: 'Reset columns' }).waitFor();
    await expect(page.getByText('These columns came with the link').count()).resolves.toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await waitForTitles('Status', 'Name', 'Model', 'Rank', 'Batch', 'Epochs');
    await reset();
  });

  it('are told of in the address of their list only, not of the page that one has gone on to meanwhile', async () => {
    const tab = await context.newPage();
    let arrive = (): void => undefined;
    const arrived = new Promise<void>((done) => {
      arrive = done;
    });
    await tab.route('**/assets/trash-page*', (route) => arrived.then(() => route.continue()));
    await tab.clock.install();
    await tab.goto(`${product.url}/tasks`);
    await settled(tab);
    await columnsOn(() => tab).pick('Alpha', 'Hide column');
    await tab.getByRole('link', { name: 'Trash' }).click();
    await tab.waitForURL(`${product.url}/trash`);
    await tab.clock.runFor(2_000);
    expect(tab.url()).toBe(`${product.url}/trash`);
    arrive();
    await tab.getByRole('heading', { level: 1, name: 'Trash' }).waitFor();
    await tab.close();
    await reload();
    await reset();
    await page.waitForURL(`${product.url}/tasks`);
  });

  it('are one’s own if they look so, however few of them a link names', async () => {
    await page.goto(`${product.url}/tasks?layout=status:p,name:p,modelName`);
    await waitForTitles('Status', 'Name', 'Model', 'Rank', 'Alpha');
    await page.waitForURL(`${product.url}/tasks`);
  });

  it('are one’s own on the way back from a task, also when another tab has changed them meanwhile', async () => {
    await pick('Alpha', 'Hide column');
    await page.waitForURL(/loraAlpha:h/);
    await row().getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: 'last' }).waitFor();
    const tab = await context.newPage();
    await tab.goto(`${product.url}/tasks`);
    await settled(tab);
    await columnsOn(() => tab).pick('LR', 'Hide column');
    await columnsOn(() => tab).waitForTitles('Status', 'Name', 'Model', 'Rank', 'Batch');
    await tab.close();
    await page.getByRole('main').getByRole('link', { name: 'Tasks' }).click();
    await waitForTitles('Status', 'Name', 'Model', 'Rank', 'Batch');
    await reset();
    await page.waitForURL(`${product.url}/tasks`);
  });

  it('belong to a view that is saved with them', async () => {
    await pick('Alpha', 'Hide column');
    await page.waitForURL(/layout=/);
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Save this view' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Without alpha');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('View “Without alpha” saved').waitFor();
    await reset();
    await waitForTitles('Status', 'Name', 'Model', 'Rank', 'Alpha');
    await page.waitForURL(`${product.url}/tasks`);
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Without alpha', exact: true }).click();
    await waitForTitles('Status', 'Name', 'Model', 'Rank', 'LR');
    await page.goto(`${product.url}/tasks`);
    await waitForTitles('Status', 'Name', 'Model', 'Rank', 'Alpha');
  });

  it('are no part of a view that was saved without: one’s own do not change it', async () => {
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Save this view' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Everything');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('View “Everything” saved').waitFor();
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Everything', exact: true }).click();
    await pick('Rank', 'Hide column');
    await page.waitForURL(/layout=/);
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Everything', exact: true }).waitFor();
    await expect(page.getByRole('menuitem', { name: /Update/ }).count()).resolves.toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await reset();
  });

  it('meet no error on the way', () => {
    expect(complaints).toEqual([]);
  });
});

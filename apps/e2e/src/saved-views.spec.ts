import type { BrowserContext, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot } from './support/browser.js';
import { rowOf, waitForNames } from './support/list.js';
import { signInOnPage } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { ADMIN, COLLEAGUE, hireTeam, MEMBER, playRun, TEAM_ENV } from './support/team.js';

describe('a list that gets a name', () => {
  let product: Product;
  const contexts: BrowserContext[] = [];
  let mine: Page;
  let theirs: Page;
  let complaints: string[] = [];

  const pageOf = async (who: { username: string; password: string }): Promise<Page> => {
    const context = await openBrowser();
    contexts.push(context);
    const page = await context.newPage();
    complaints = complaintsOf(page);
    await signInOnPage(page, product.url, who);
    return page;
  };
  const openViews = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Save this view' }).waitFor();
  };

  beforeAll(async () => {
    product = await startProduct(TEAM_ENV);
    const { member, colleague } = await hireTeam(product.url);
    for (const [owner, prefix] of [
      [member, 'mine'],
      [colleague, 'theirs'],
    ] as const) {
      await playRun(owner, { ends: 'failed', task: { name: `${prefix} broken`, extraParams: { optimizer: 'Lion' } } });
      await playRun(owner, { ends: 'succeeded', task: { name: `${prefix} fine` } });
    }
    mine = await pageOf(MEMBER);
    theirs = await pageOf(COLLEAGUE);
  });
  afterAll(async () => {
    for (const context of contexts) await context.close();
    await product?.stop();
  });

  it('is saved with its filters, order and columns, for everyone', async () => {
    await mine.goto(`${product.url}/tasks?status=FAILED&sort=-loraRank,finalLoss&column=extra.optimizer`);
    await waitForNames(mine, ['mine broken']);
    await openViews(mine);
    await mine.getByRole('menuitem', { name: 'Save this view' }).click();
    await mine.getByRole('textbox', { name: 'Name' }).fill('What broke');
    await mine.getByRole('checkbox', { name: 'Offer it to everyone' }).click();
    await screenshot(mine, 'view-dialog');
    await mine.getByRole('button', { name: 'Save' }).click();
    await mine.getByText('View “What broke” saved').waitFor();
  });

  it('shows a colleague the same question about the tasks they may see', async () => {
    await theirs.goto(`${product.url}/tasks`);
    await waitForNames(theirs, ['theirs fine', 'theirs broken']);
    await openViews(theirs);
    await screenshot(theirs, 'views-of-a-colleague');
    expect(await theirs.getByRole('menuitem', { name: 'Change view What broke' }).count()).toBe(0);
    await theirs.getByRole('menuitem', { name: /What broke/ }).click();
    await waitForNames(theirs, ['theirs broken']);
    expect(new URL(theirs.url()).search).toBe('?status=FAILED&sort=-loraRank,finalLoss&column=extra.optimizer');
    await theirs.getByRole('columnheader', { name: /optimizer/ }).waitFor();
  });

  it('may be removed by an admin, but not be changed', async () => {
    const boss = await pageOf(ADMIN);
    await openViews(boss);
    await boss.getByRole('menuitem', { name: 'Delete view What broke' }).waitFor();
    expect(await boss.getByRole('menuitem', { name: 'Change view What broke' }).count()).toBe(0);
  });

  it('can be called something else', async () => {
    await openViews(mine);
    await mine.getByRole('menuitem', { name: 'Change view What broke' }).click();
    await mine.getByRole('textbox', { name: 'Name' }).fill('Broken ones');
    await mine.getByRole('button', { name: 'Save' }).click();
    await mine.getByText('View “Broken ones” saved').waitFor();
  });

  it('is brought up to date with what its list has become, and back', async () => {
    await openViews(mine);
    expect(await mine.getByRole('menuitem', { name: /^Update/ }).count()).toBe(0);
    await mine.getByRole('menuitem', { name: 'Offered to everyone Broken ones', exact: true }).click();
    await waitForNames(mine, ['mine broken']);
    await mine.getByRole('button', { name: 'Failed', exact: true }).click();
    await mine.getByRole('checkbox', { name: 'Succeeded' }).click();
    await mine.keyboard.press('Escape');
    await rowOf(mine, 'mine fine').waitFor();
    // Which view the list was opened from outlives a reload.
    await mine.reload();
    await rowOf(mine, 'mine fine').waitFor();
    await openViews(mine);
    await screenshot(mine, 'view-to-update');
    await mine.getByRole('menuitem', { name: 'Update “Broken ones” to this list' }).click();
    await mine.getByText('View “Broken ones” updated').waitFor();
    await openViews(mine);
    await mine.getByRole('menuitem', { name: /^Update/ }).waitFor({ state: 'detached' });
    await mine.keyboard.press('Escape');
    await mine.getByRole('button', { name: 'Undo' }).click();
    await openViews(mine);
    await mine.getByRole('menuitem', { name: /^Update/ }).waitFor();
    await mine.keyboard.press('Escape');
  });

  it('is found by the command palette', async () => {
    await mine.goto(`${product.url}/tasks`);
    await waitForNames(mine, ['mine fine', 'mine broken']);
    await mine.keyboard.press('Control+k');
    await mine.waitForFunction(
      () => document.activeElement?.closest('[role="dialog"]') !== null && document.activeElement?.tagName === 'INPUT',
    );
    await mine.keyboard.type('broken on');
    await mine.locator('[data-action][data-selected]').filter({ hasText: 'Broken ones' }).waitFor();
    await mine.keyboard.press('Enter');
    await waitForNames(mine, ['mine broken']);
  });

  it('is deleted, and brought back by whoever did not mean it', async () => {
    await openViews(mine);
    await mine.getByRole('menuitem', { name: 'Delete view Broken ones' }).click();
    await mine.getByText('View “Broken ones” deleted').waitFor();
    await mine.getByRole('button', { name: 'Undo' }).click();
    await mine.keyboard.press('Escape');
    await theirs.reload();
    await openViews(theirs);
    await theirs.getByRole('menuitem', { name: /Broken ones/ }).waitFor();
  });

  it('meets no error on the way', () => {
    expect(complaints).toEqual([]);
  });
});

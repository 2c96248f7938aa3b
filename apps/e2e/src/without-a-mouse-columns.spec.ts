import type { BrowserContext, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot } from './support/browser.js';
import { columnsOn } from './support/columns.js';
import { keysOn } from './support/keys.js';
import { waitForNames } from './support/list.js';
import { signInOnPage } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { hireTeam, MEMBER, playRun, TEAM_ENV } from './support/team.js';

describe('somebody without a mouse who arranges the columns', () => {
  let product: Product;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  const { press, tabTo, tabBackTo, arrowTo, broughtTo } = keysOn(() => page);
  const { menuOf, header, waitForTitles, widthOf } = columnsOn(() => page);
  const item = (name: string) => page.getByRole('menuitem', { name, exact: true });
  /** From the header that has the focus, or the next. */
  const choose = async (column: string, name: string): Promise<void> => {
    await tabTo(menuOf(column));
    await press('Enter');
    await item(name).waitFor();
    await arrowTo(item(name));
    await press('Enter');
  };

  beforeAll(async () => {
    product = await startProduct(TEAM_ENV);
    const { member } = await hireTeam(product.url);
    await playRun(member, { ends: 'succeeded', task: { name: 'wide', loraRank: 64, epochs: 3 } });
    await playRun(member, { ends: 'succeeded', task: { name: 'short', loraRank: 8, epochs: 2 } });
    await playRun(member, { ends: 'succeeded', task: { name: 'long', loraRank: 8, epochs: 9 } });
    context = await openBrowser();
    page = await context.newPage();
    page.setDefaultTimeout(8_000);
    complaints = complaintsOf(page);
    await signInOnPage(page, product.url, MEMBER);
    await waitForNames(page, ['long', 'short', 'wide']);
  });
  afterAll(async () => {
    await context?.close();
    await product?.stop();
  });

  it('chooses which are there', async () => {
    const columns = page.getByRole('button', { name: 'Columns', exact: true });
    await waitForTitles('Status', 'Name', 'Model', 'Rank', 'Alpha', 'LR');
    for (const titles of [
      ['Status', 'Name', 'Model', 'Rank', 'LR'],
      ['Status', 'Name', 'Model', 'Rank', 'Alpha', 'LR'],
    ]) {
      await tabTo(columns);
      await press('Enter');
      await tabTo(page.getByRole('checkbox', { name: 'Alpha' }));
      await press('Space');
      await waitForTitles(...titles);
      await press('Escape');
      await broughtTo(columns);
    }
  });

  it('moves one, and goes with it', async () => {
    await choose('Rank', 'Move right');
    await waitForTitles('Status', 'Name', 'Model', 'Alpha', 'Rank', 'LR');
    await broughtTo(menuOf('Rank'));
    await screenshot(page, 'column-moved-by-keys');
    await choose('Rank', 'Move left');
    await waitForTitles('Status', 'Name', 'Model', 'Rank', 'Alpha', 'LR');
    await broughtTo(menuOf('Rank'));
  });

  it('widens one step by step', async () => {
    const before = await widthOf('Rank');
    await choose('Rank', 'Wider');
    await broughtTo(item('Wider'));
    await press('Enter');
    await press('Escape');
    await broughtTo(menuOf('Rank'));
    expect(await widthOf('Rank')).toBe(before + 80);
  });

  it('pins one and lets it go', async () => {
    await choose('Rank', 'Pin to the left');
    await waitForTitles('Status', 'Name', 'Rank', 'Model');
    await broughtTo(menuOf('Rank'));
    await choose('Rank', 'Unpin');
    await waitForTitles('Status', 'Name', 'Model', 'Rank');
    await broughtTo(menuOf('Rank'));
  });

  it('hides one, and goes on at its neighbour', async () => {
    await choose('Rank', 'Hide column');
    await waitForTitles('Status', 'Name', 'Model', 'Alpha');
    await broughtTo(menuOf('Alpha'));
    await tabBackTo(page.getByRole('button', { name: 'Columns', exact: true }));
    await press('Enter');
    await tabTo(page.getByRole('button', { name: 'Reset columns' }));
    await press('Enter', 'Escape');
    await waitForTitles('Status', 'Name', 'Model', 'Rank', 'Alpha');
  });

  it('sorts by one, and among equals by another', async () => {
    await tabTo(header('Rank').getByRole('button', { name: 'Rank', exact: true }));
    await press('Enter');
    await page.waitForURL('**sort=**');
    await choose('Rank', 'Sort ascending');
    await page.waitForURL('**?sort=loraRank');
    await broughtTo(menuOf('Rank'));
    await choose('Epochs', 'Then sort by this');
    await waitForNames(page, ['short', 'long', 'wide']);
    await broughtTo(menuOf('Epochs'));
    expect(new URL(page.url()).search).toContain('sort=loraRank,epochs');
    await header('Epochs').getByLabel('Key 2 of the order').waitFor();
  });

  it('does the same with Enter on the headers, with Shift on the second', async () => {
    await tabBackTo(header('Rank').getByRole('button', { name: /^Rank/ }).first());
    await press('Enter');
    await page.waitForURL(/sort=-?loraRank$/);
    await tabTo(
      header('Epochs')
        .getByRole('button', { name: /^Epochs/ })
        .first(),
    );
    await press('Shift+Enter');
    await page.waitForURL(/sort=-?loraRank,-?epochs$/);
    await header('Epochs').getByLabel('Key 2 of the order').waitFor();
  });

  it('meets no error on the way', () => {
    expect(complaints).toEqual([]);
  });
});

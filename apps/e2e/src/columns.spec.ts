import type { BrowserContext, Locator, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot } from './support/browser.js';
import { columnsOn } from './support/columns.js';
import { rowOf } from './support/list.js';
import { settled, SIZES, signInOnPage } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { hireTeam, MEMBER, playRun, TEAM_ENV } from './support/team.js';

const TASKS = 24;
const RANKS = [4, 16, 32, 64];

describe('the columns of a list', () => {
  let product: Product;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    product = await startProduct(TEAM_ENV);
    const { member } = await hireTeam(product.url);
    for (let index = 0; index < TASKS; index += 1)
      await playRun(member, { ends: 'pending', task: { name: `task ${index}`, loraRank: RANKS[index % RANKS.length] } });
    context = await openBrowser();
    page = await context.newPage();
    complaints = complaintsOf(page);
    await signInOnPage(page, product.url, MEMBER);
    await row(0).waitFor();
  });
  afterAll(async () => {
    await context?.close();
    await product?.stop();
  });

  /** The newest has the highest number and stands at the top. */
  const row = (fromTop: number): Locator => rowOf(page, `task ${TASKS - 1 - fromTop}`);
  const { header, menuOf, titles, box, widthOf, waitForTitles, dragEdge, dragHeader, pick, reset } = columnsOn(() => page);
  const reload = async (): Promise<void> => {
    await page.reload();
    await settled(page);
    await row(0).waitFor();
  };

  it('become as wide as their edge is dragged, and stay so', async () => {
    const before = await widthOf('Model');
    await dragEdge('Model', 60);
    await expect(widthOf('Model')).resolves.toBe(before + 60);
    await reload();
    await expect(widthOf('Model')).resolves.toBe(before + 60);
    const [cell, head] = await Promise.all([box(row(0).getByText('sdxl-base-1.0')), box(header('Model'))]);
    expect(cell.x).toBeGreaterThanOrEqual(head.x);
    expect(await titles()).toEqual(expect.arrayContaining(['Model', 'Rank']));
    await header('Model').hover();
    const { x, y, width, height } = await box(header('Model'));
    await page.mouse.dblclick(x + width - 1, y + height / 2);
    await expect(widthOf('Model')).resolves.toBe(before);
  });

  it('are resized from the width they have, also the one that grows with the screen', async () => {
    await page.setViewportSize({ width: 1920, height: 900 });
    await settled(page);
    const grown = await widthOf('Name');
    expect(grown).toBeGreaterThan(250);
    await dragEdge('Name', 30);
    await expect(widthOf('Name')).resolves.toBe(grown + 30);
    const { x, y, width, height } = await box(header('Name'));
    await page.mouse.dblclick(x + width - 1, y + height / 2);
    await expect(widthOf('Name')).resolves.toBe(grown);
    await menuOf('Name').click();
    await page.getByRole('menuitem', { name: 'Wider' }).click();
    await page.getByRole('menuitem', { name: 'Wider' }).click();
    await page.keyboard.press('Escape');
    await expect(widthOf('Name')).resolves.toBe(grown + 80);
    await reset();
    await page.setViewportSize(SIZES.laptop);
  });

  it('move by dragging their header, and stay there', async () => {
    await waitForTitles('Status', 'Name', 'Model', 'Rank', 'Alpha', 'LR', 'Batch');
    await dragHeader('Batch', 'before', 'Rank');
    await waitForTitles('Status', 'Name', 'Model', 'Batch', 'Rank', 'Alpha', 'LR');
    await reload();
    await waitForTitles('Status', 'Name', 'Model', 'Batch', 'Rank', 'Alpha', 'LR');
    await dragHeader('Batch', 'after', 'LR');
    await waitForTitles('Status', 'Name', 'Model', 'Rank', 'Alpha', 'LR', 'Batch');
    // One that was dragged itself takes others beside it.
    await dragHeader('Rank', 'before', 'Batch');
    await waitForTitles('Status', 'Name', 'Model', 'Alpha', 'LR', 'Rank', 'Batch');
    await dragHeader('Rank', 'before', 'Alpha');
    await waitForTitles('Status', 'Name', 'Model', 'Rank', 'Alpha', 'LR', 'Batch');
  });

  it('change places among those pinned as well, and are pinned when dropped there', async () => {
    await dragHeader('Name', 'before', 'Status');
    await waitForTitles('Name', 'Status', 'Model');
    await dragHeader('Rank', 'before', 'Status');
    await waitForTitles('Name', 'Rank', 'Status', 'Model');
    await dragHeader('Rank', 'after', 'Alpha');
    await waitForTitles('Name', 'Status', 'Model', 'Alpha', 'Rank');
    await pick('Rank', 'Move left');
    await pick('Name', 'Move right');
    await waitForTitles('Status', 'Name', 'Model', 'Rank', 'Alpha');
  });

  it('are pinned from their menu, then stay in sight while the others scroll, and can be moved past by those that are not', async () => {
    await pick('LR', 'Pin to the left');
    await waitForTitles('Status', 'Name', 'LR', 'Model', 'Rank', 'Alpha', 'Batch');
    await pick('Alpha', 'Move right');
    await waitForTitles('Status', 'Name', 'LR', 'Model', 'Rank', 'Batch', 'Alpha');
    await pick('Alpha', 'Move left');
    await waitForTitles('Status', 'Name', 'LR', 'Model', 'Rank', 'Alpha', 'Batch');
    const [place, name] = await Promise.all([box(header('LR')), box(row(0).getByRole('link'))]);
    await page.getByRole('region', { name: 'Tasks' }).evaluate((region) => {
      region.scrollLeft = 400;
    });
    await page.waitForFunction(() => document.querySelector('[data-shifted]') !== null);
    expect((await box(header('LR'))).x).toBeCloseTo(place.x, 0);
    expect((await box(row(0).getByRole('link'))).x).toBeCloseTo(name.x, 0);
    const top = await row(0).evaluate(
      (element, x) => {
        const { y, height } = element.getBoundingClientRect();
        const there = document.elementFromPoint(x, y + height / 2)?.closest('td');
        return there === null || there === undefined ? 'nothing' : [...element.children].indexOf(there);
      },
      place.x + place.width / 2,
    );
    expect(top).toBe(3);
    await screenshot(page, 'pinned-columns');
    await page.getByRole('region', { name: 'Tasks' }).evaluate((region) => {
      region.scrollLeft = 0;
    });
    await pick('LR', 'Unpin');
    await waitForTitles('Status', 'Name', 'Model', 'Rank', 'LR', 'Alpha', 'Batch');
    await reset();
    await waitForTitles('Status', 'Name', 'Model', 'Rank', 'Alpha', 'LR', 'Batch');
  });

  it('are hidden from their menu, and brought back by the chooser', async () => {
    await pick('Alpha', 'Hide column');
    await waitForTitles('Status', 'Name', 'Model', 'Rank', 'LR');
    await reload();
    await waitForTitles('Status', 'Name', 'Model', 'Rank', 'LR');
    await page.getByRole('button', { name: 'Columns', exact: true }).click();
    await page.getByRole('checkbox', { name: 'Alpha', exact: true }).click();
    await waitForTitles('Status', 'Name', 'Model', 'Rank', 'Alpha', 'LR');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('are shaded by their numbers', async () => {
    const look = (fromTop: number): Promise<string[]> =>
      row(fromTop)
        .locator('td')
        .evaluateAll((cells) => cells.map((cell) => getComputedStyle(cell).backgroundImage));
    expect(new Set(await look(0))).toEqual(new Set(['none']));
    await pick('Rank', 'Shade by value');
    await page.waitForFunction(() => document.querySelector('td[data-shade]') !== null);
    const looks = await Promise.all(RANKS.map((_rank, index) => look(index)));
    const shades = looks.map((cells) => cells.filter((image) => image !== 'none'));
    expect(shades.map(({ length }) => length)).toEqual([1, 1, 1, 1]);
    expect(new Set(shades.flat()).size).toBe(RANKS.length);
    await pick('Rank', 'Do not shade');
    await page.waitForFunction(() => document.querySelector('td[data-shade]') === null);
  });

  it('do all of that without a mouse', async () => {
    // A browser that loads again while the address is being changed may forget the change.
    await page.waitForURL(`${product.url}/tasks`);
    await reload();
    await header('Rank').getByRole('button', { name: 'Rank', exact: true }).focus();
    await page.keyboard.press('Tab');
    await expect(
      menuOf('Rank').evaluate((button) => button === document.activeElement && Number(getComputedStyle(button).opacity)),
    ).resolves.toBe(1);
    await page.keyboard.press('Enter');
    const item = page.getByRole('menuitem', { name: 'Move right' });
    await item.waitFor();
    for (let step = 0; step < 10 && !(await item.evaluate((one) => one === document.activeElement)); step += 1)
      await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await waitForTitles('Status', 'Name', 'Model', 'Alpha', 'Rank', 'LR');
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Options of column Rank');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Move left' }).focus();
    await page.keyboard.press('Enter');
    await waitForTitles('Status', 'Name', 'Model', 'Rank', 'Alpha', 'LR');
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Options of column Rank');
    const before = await widthOf('Rank');
    await page.keyboard.press('Enter');
    const wider = page.getByRole('menuitem', { name: 'Wider' });
    await wider.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await expect(widthOf('Rank')).resolves.toBe(before + 80);
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Options of column Rank');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Hide column' }).focus();
    await page.keyboard.press('Enter');
    await waitForTitles('Status', 'Name', 'Model', 'Alpha', 'LR');
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Options of column Alpha');
    await reset();
  });

  it('stand in the address, which shows them to somebody else and leaves their own as they were', async () => {
    await reset();
    await page.waitForURL(`${product.url}/tasks`);
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
    await row(0).getByRole('link').click();
    await page.getByRole('heading', { level: 1, name: `task ${TASKS - 1}` }).waitFor();
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

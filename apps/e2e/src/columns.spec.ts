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

  it('meet no error on the way', () => {
    expect(complaints).toEqual([]);
  });
});

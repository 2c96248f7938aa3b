import type { BrowserContext, Locator, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot } from './support/browser.js';
import { namesOf, rowOf } from './support/list.js';
import { settled, SIZES, signInOnPage } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { hireTeam, MEMBER, playRun, TEAM_ENV } from './support/team.js';

/** More than the table loads before anybody scrolls. */
const TASKS = 180;
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
  const header = (title: string): Locator => page.getByRole('columnheader').filter({ has: page.getByText(title, { exact: true }) });
  const menuOf = (title: string): Locator => page.getByRole('button', { name: `Options of column ${title}`, exact: true });
  const titles = async (): Promise<string[]> =>
    (await page.getByRole('columnheader').allInnerTexts()).map((text) => text.trim()).filter((text) => text !== '');
  const box = async (one: Locator): Promise<{ x: number; y: number; width: number; height: number }> => {
    const found = await one.boundingBox();
    if (found === null) throw new Error('it is not drawn');
    return found;
  };
  const widthOf = async (title: string): Promise<number> => Math.round((await box(header(title))).width);
  const waitForTitles = async (...wanted: string[]): Promise<void> => {
    await page.waitForFunction(
      (those) =>
        JSON.stringify(
          [...document.querySelectorAll('th')]
            .map((th) => th.innerText.trim())
            .filter((text) => text !== '')
            .slice(0, those.length),
        ) === JSON.stringify(those),
      wanted,
    );
  };
  const reload = async (): Promise<void> => {
    await page.reload();
    await settled(page);
    await row(0).waitFor();
  };
  const dragEdge = async (title: string, by: number): Promise<void> => {
    const { x, y, width, height } = await box(header(title));
    await page.mouse.move(x + width - 1, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width - 1 + by / 2, y + height / 2, { steps: 4 });
    await page.mouse.move(x + width - 1 + by, y + height / 2, { steps: 4 });
    await page.mouse.up();
  };
  /** While it is held there, a line says where the column would go. */
  const dragHeader = async (title: string, side: 'before' | 'after', onto: string): Promise<void> => {
    const target = await box(header(onto));
    await header(title).getByText(title, { exact: true }).hover();
    await page.mouse.down();
    // The first event over an element says that it is entered, only the next that something is held over it; a header holds several.
    const [x, y] = [target.x + target.width * (side === 'before' ? 0.3 : 0.7), target.y + target.height / 2];
    await page.mouse.move(x, y, { steps: 5 });
    for (const down of [1, 2, 3]) await page.mouse.move(x, y + down);
    await header(onto)
      .and(page.locator(`[data-drop="${side}"]`))
      .waitFor();
    await page.mouse.up();
    await page.locator('[data-drop]').waitFor({ state: 'detached' });
  };
  const pick = async (title: string, item: string): Promise<void> => {
    await header(title).hover();
    await menuOf(title).click();
    await page.getByRole('menuitem', { name: item, exact: true }).click();
    await page.getByRole('menu').waitFor({ state: 'detached' });
  };

  const reset = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Columns', exact: true }).click();
    await page.getByRole('button', { name: 'Reset columns' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
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

  it('leave the rows to be selected, all that match though only some are loaded', async () => {
    await page.getByRole('checkbox', { name: 'Select all loaded rows' }).click();
    const loaded = 150;
    await page.getByRole('toolbar', { name: `${loaded} selected` }).waitFor();
    await page.getByRole('button', { name: `Select all ${TASKS} matching` }).click();
    const bar = page.getByRole('toolbar', { name: `All ${TASKS} matching selected` });
    await bar.getByRole('button', { name: `Cancel run (${TASKS})` }).waitFor();
    await screenshot(page, 'all-matching');
    await page.getByRole('region', { name: 'Tasks' }).evaluate((region) => {
      region.scrollTop = region.scrollHeight;
    });
    await row(loaded - 1).waitFor();
    await page.getByRole('region', { name: 'Tasks' }).evaluate((region) => {
      region.scrollTop = region.scrollHeight;
    });
    await row(TASKS - 1).waitFor();
    expect(
      await row(TASKS - 1)
        .getByRole('checkbox')
        .isChecked(),
    ).toBe(true);
    await bar.waitFor();
    await row(TASKS - 1)
      .getByRole('checkbox')
      .click();
    await page.getByRole('toolbar', { name: `${TASKS - 1} selected` }).waitFor();
    await page.getByRole('button', { name: 'Clear selection' }).click();
    await page.getByRole('toolbar').waitFor({ state: 'detached' });
  });

  it('give way to cards where there is no room, all of which can be reached', async () => {
    await page.setViewportSize(SIZES.phone);
    await settled(page);
    const end = async (): Promise<number> =>
      page.getByRole('region', { name: 'Tasks' }).evaluate((region) => {
        region.scrollTop = region.scrollHeight;
        const footer = region.lastElementChild?.getBoundingClientRect().top ?? 0;
        return footer - Math.max(...[...region.querySelectorAll('tr[data-row]')].map((row) => row.getBoundingClientRect().bottom));
      });
    await end();
    await page.locator(`tr[data-row="${TASKS - 1}"]`).waitFor();
    expect(await end()).toBeGreaterThanOrEqual(0);
    await screenshot(page, 'cards');
  });

  it('say where a card leads, so that it can be opened beside the list', async () => {
    // The last one is in view; above it stand some that are not.
    const name = (await namesOf(page)).at(-1)!;
    await page.getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.goBack();
    // Once is enough: the card does not open what its link has opened.
    await page.getByRole('link', { name, exact: true }).waitFor();
    await page.setViewportSize(SIZES.laptop);
  });

  it('meet no error on the way', () => {
    expect(complaints).toEqual([]);
  });
});

import type { BrowserContext, Locator, Page } from 'playwright-core';
import { complaintsOf, openBrowser, violations } from './support/browser.js';
import { rowOf } from './support/list.js';
import { settled, signInOnPage } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { hireTeam, MEMBER, playRun, TEAM_ENV } from './support/team.js';

/** More than a list shows at once. */
const TAGS = Array.from({ length: 12 }, (_one, index) => `sea ${String.fromCharCode(97 + index)}`);

describe('somebody who has the page read aloud', () => {
  let product: Product;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  let taskId: string;
  /** What is announced beside the field: the option that the keys have led to. */
  const announced = (field: Locator): Promise<string | null> =>
    field.evaluate((one) => {
      const id = one.getAttribute('aria-activedescendant');
      return id === null ? null : (document.getElementById(id)?.textContent ?? 'an option that is gone');
    });
  const waitForPalette = (state: 'visible' | 'hidden') => page.getByRole('dialog', { name: 'Command palette' }).waitFor({ state });

  beforeAll(async () => {
    product = await startProduct(TEAM_ENV);
    const { member } = await hireTeam(product.url);
    await playRun(member, { ends: 'pending', task: { name: 'beach', tags: TAGS } });
    ({ taskId } = await playRun(member, { ends: 'succeeded', task: { name: 'harbour' } }));
    context = await openBrowser();
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    complaints = complaintsOf(page);
    await signInOnPage(page, product.url, MEMBER);
  });
  afterAll(async () => {
    await context?.close();
    await product?.stop();
  });

  it('is told the name of the command palette and which command the keys have led to, and nothing is left of it when it has closed', async () => {
    await page.goto(`${product.url}/tasks/${taskId}`);
    await settled(page);
    await page.keyboard.press('Control+k');
    await waitForPalette('visible');
    const field = page.getByRole('combobox', { name: /A page, a command/ });
    await field.press('ArrowDown');
    expect([await announced(field), await violations(page)]).toEqual(['Rename', []]);
    await field.fill('add tags');
    await page.getByRole('option', { name: 'Rename' }).waitFor({ state: 'detached' });
    await page.locator('[data-action][data-selected]').waitFor();
    expect(await announced(field)).toBe('Add tags');
    await page.keyboard.press('Enter');
    await waitForPalette('hidden');
    await settled(page);
    expect(await violations(page)).toEqual([]);
  });

  it('hears which tag the keys have led to, and no longer once it is taken or the text has changed', async () => {
    const field = page.getByRole('combobox', { name: 'Tags of the task' });
    await field.press('ArrowDown');
    expect(await announced(field)).toBe('sea a');
    expect(await violations(page)).toEqual([]);
    await field.press('Enter');
    await page.getByRole('button', { name: 'Remove the tag sea a' }).waitFor();
    expect([await announced(field), await violations(page)]).toEqual([null, []]);
    await field.press('ArrowDown');
    await field.press('ArrowDown');
    expect(await announced(field)).toBe('sea c');
    await field.pressSequentially('sea');
    expect(await announced(field)).toBeNull();
    await field.press('ArrowDown');
    expect(await announced(field)).toBe('sea b');
    await field.press('ArrowUp');
    expect(await announced(field)).toBe('sea l');
    await field.press('Escape');
  });

  it('hears no tag of before when the list of many tasks opens again', async () => {
    await page.goto(`${product.url}/tasks`);
    await rowOf(page, 'beach').getByRole('checkbox').click();
    await page.getByRole('toolbar').getByRole('button', { name: 'Tags' }).click();
    const field = page.getByRole('combobox', { name: 'Add tags' });
    await field.press('ArrowDown');
    expect(await announced(field)).toBe('sea a');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    await page.getByRole('option', { name: 'sea b' }).waitFor();
    expect([await announced(field), await violations(page)]).toEqual([null, []]);
  });

  it('meets no error on the way', () => {
    expect(complaints).toEqual([]);
  });
});

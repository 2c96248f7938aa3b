import type { BrowserContext, Locator, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot } from './support/browser.js';
import { namesOf, rowOf } from './support/list.js';
import { settled, SIZES, signInOnPage } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { hireTeam, MEMBER, playRun, TEAM_ENV } from './support/team.js';

/** More than the table loads before anybody scrolls. */
const TASKS = 180;

describe('the rows of a long list', () => {
  let product: Product;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    product = await startProduct(TEAM_ENV);
    const { member } = await hireTeam(product.url);
    for (let index = 0; index < TASKS; index += 1) await playRun(member, { ends: 'pending', task: { name: `task ${index}` } });
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

  it('are selected, all that match though only some are loaded', async () => {
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

  it('say as cards where they lead, so that one can be opened beside the list', async () => {
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

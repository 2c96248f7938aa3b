import type { BrowserContext, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot } from './support/browser.js';
import { keysOn } from './support/keys.js';
import { namesOf, rowOf, waitForNames } from './support/list.js';
import { signInOnPage } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { hireTeam, MEMBER, playRun, TEAM_ENV } from './support/team.js';

/** More than the first pages of the list, and than is done without a question. */
const COUNT = 260;

describe('somebody without a mouse who has many tasks', () => {
  let product: Product;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  const { press, type, tabTo, tabBackTo, broughtTo } = keysOn(() => page);
  const button = (name: string | RegExp) => page.getByRole('toolbar').getByRole('button', { name });
  const table = () => page.getByRole('region', { name: 'Tasks' });
  const everyRow = () => page.getByRole('checkbox', { name: 'Select all loaded rows' });
  const question = (title: string) => page.getByRole('dialog', { name: title });
  const total = (said: string) => page.getByRole('search').getByRole('status').getByText(said, { exact: true }).waitFor();
  const selectAll = async (): Promise<void> => {
    await tabTo(everyRow());
    await press('Space');
    await button('Select all 260 matching').waitFor();
    await press('a');
    await broughtTo(button('Select all 260 matching'));
    await press('Enter');
    await page.getByRole('toolbar', { name: 'All 260 matching selected' }).waitFor();
    await button('Retry (260)').waitFor();
    await press('a');
    await broughtTo(button('Retry (260)'));
  };
  const answer = async (title: string, name: string): Promise<void> => {
    await tabTo(question(title).getByRole('button', { name }));
    await press('Enter');
    await question(title).waitFor({ state: 'detached' });
  };

  beforeAll(async () => {
    product = await startProduct(TEAM_ENV);
    const { member } = await hireTeam(product.url);
    const taskIds: string[] = [];
    for (let index = 1; index <= COUNT; index += 1)
      taskIds.push(
        (await playRun(member, { ends: 'pending', task: { name: index > COUNT - 5 ? `night ${index}` : `sweep ${index}` } })).taskId,
      );
    await member.post('/train-tasks/bulk', { action: 'cancel', taskIds });
    context = await openBrowser();
    page = await context.newPage();
    page.setDefaultTimeout(8_000);
    complaints = complaintsOf(page);
    await signInOnPage(page, product.url, MEMBER);
    await rowOf(page, `night ${COUNT}`).waitFor();
  });
  afterAll(async () => {
    await context?.close();
    await product?.stop();
  });

  it('throws two away, and takes that back without having to find the button', async () => {
    await press('/');
    await type('night');
    await total('5 tasks');
    const before = await namesOf(page);
    await press('Escape', 'j', 'x', 'j', 'x', 'e');
    await page.getByText('2 tasks moved to the trash').waitFor();
    await total('3 tasks');
    await broughtTo(page.locator('tr[data-active]'));
    await press('Control+z');
    await total('5 tasks');
    await waitForNames(page, before);
  });

  it('throws one away from its own page, finds it in the trash and restores it', async () => {
    const name = await page.locator('tr[data-active]').getByRole('link').innerText();
    await press('Enter');
    await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === 'MAIN');
    await tabTo(page.getByRole('button', { name: 'Move to trash' }));
    await press('Enter');
    await page.getByText('Moved to the trash', { exact: true }).waitFor();
    await table().waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === 'MAIN');
    await tabBackTo(page.getByRole('navigation').getByRole('link', { name: 'Trash' }));
    await press('Enter');
    await waitForNames(page, [name]);
    await press('j', 'r');
    await page.getByText('The trash is empty').waitFor();
    await page.getByText('Restored', { exact: true }).waitFor();
    await tabBackTo(page.getByRole('navigation').getByRole('link', { name: 'Tasks', exact: true }));
    await press('Enter');
    await total('260 tasks');
  });

  it('selects all that match, also those of further pages', async () => {
    await selectAll();
    await screenshot(page, 'bulk-bar-by-keys');
  });

  it('gives them a tag after being asked, and is back at the rows', async () => {
    await tabTo(button('Tags'));
    await press('Enter');
    await broughtTo(page.getByLabel('Add tags').and(page.locator('input')));
    await type('night');
    await press('Enter');
    await tabTo(page.getByRole('button', { name: 'Apply' }));
    await press('Enter');
    await answer('Tags: 260 tasks?', 'Do it');
    await page.getByText('Tags of 260 tasks changed').waitFor();
    await broughtTo(table());
  });

  it('is asked before all are tried again, thinks better of it, and then does it', async () => {
    await selectAll();
    await press('Enter');
    await question('Retry: 260 tasks?').waitFor();
    await press('Escape');
    await question('Retry: 260 tasks?').waitFor({ state: 'detached' });
    await broughtTo(button('Retry (260)'));
    await press('Enter');
    await answer('Retry: 260 tasks?', 'Do it');
    await page.getByText('260 new attempts queued').waitFor();
    await broughtTo(table());
  });

  it('calls a task by its name from anywhere, and begins to read at its top, not at the message that is still there', async () => {
    await press('/');
    await type('night');
    await total('10 tasks');
    await press('Escape');
    // Attempts that wait come before what they try again, and cannot be thrown away.
    await press(...'jjjjjjj', 'e');
    const offer = page.getByRole('alert').filter({ hasText: 'Moved to the trash' }).last().getByRole('button', { name: 'Undo' });
    await offer.waitFor();
    await press('Control+k');
    await broughtTo(page.getByRole('combobox', { name: /A page, a command/ }));
    await type('sweep 255');
    await page.locator('[data-action][data-selected]').filter({ hasText: 'sweep 255' }).waitFor();
    await press('Enter');
    await page.getByRole('heading', { level: 1, name: 'sweep 255' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === 'MAIN');
    expect(await offer.isVisible()).toBe(true);
  });

  it('meets no error on the way', () => {
    expect(complaints).toEqual([]);
  });
});

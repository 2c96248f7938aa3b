import type { BrowserContext, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot } from './support/browser.js';
import { keysOn } from './support/keys.js';
import { settled, signInOnPage } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { hireTeam, MEMBER, TEAM_ENV, type Team } from './support/team.js';

const TASK = /tasks\/[0-9a-f-]{36}$/;

describe('somebody without a mouse who hands tasks in', () => {
  let product: Product;
  let team: Team;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  const { press, type, tabTo, tabBackTo, broughtTo } = keysOn(() => page);
  const field = (label: RegExp) => page.getByRole('textbox', { name: label });
  const button = (name: string) => page.getByRole('main').getByRole('button', { name, exact: true });
  const source = () => page.getByRole('textbox', { name: 'Configuration as source text' });
  const fill = async (label: RegExp, text: string): Promise<void> => {
    await tabTo(field(label));
    await press('Control+a');
    await type(text);
  };
  const made = () => team.member.get<Record<string, unknown>>(`/train-tasks/${page.url().split('/').pop() ?? ''}`);

  beforeAll(async () => {
    product = await startProduct(TEAM_ENV);
    team = await hireTeam(product.url);
    context = await openBrowser();
    page = await context.newPage();
    page.setDefaultTimeout(8_000);
    complaints = complaintsOf(page);
    await signInOnPage(page, product.url, MEMBER);
    await settled(page);
  });
  afterAll(async () => {
    await context?.close();
    await product?.stop();
  });

  it('comes to the form from the navigation', async () => {
    await tabTo(page.getByRole('link', { name: 'New task' }).first());
    await press('Enter');
    await page.getByRole('heading', { level: 1, name: 'New task' }).waitFor();
    await settled(page);
  });

  it('is led to the first field that needs attention', async () => {
    await tabTo(field(/^Name optional/));
    await type('by hand');
    await fill(/^Rank/, '0');
    await tabTo(field(/^Batch size/));
    await press('Control+Enter');
    await broughtTo(field(/^Rank/));
    await page.getByText('One field needs your attention').waitFor();
    await tabBackTo(field(/^Base model/));
  });

  it('fills in the form from the top to the bottom', async () => {
    await fill(/^Base model/, 'sd15');
    await fill(/^Rank/, '16');
    await fill(/^Learning rate/, '2e-4');
    await fill(/^Batch size/, '2');
    await fill(/^Epochs/, '4');
    await tabBackTo(field(/^Training data folder/));
    await press('Control+a');
    await type('./harbour');
  });

  it('adds parameters of its own, and takes one away without losing its place', async () => {
    await tabTo(button('Add parameter'));
    await press('Enter');
    const names = page.getByRole('textbox', { name: 'Name', exact: true });
    await broughtTo(names.last());
    await type('flavour');
    await tabTo(page.getByRole('textbox', { name: 'Value', exact: true }).last());
    await type('salty');
    await tabTo(button('Add parameter'));
    await press('Enter');
    await broughtTo(names.last());
    await type('typo');
    await tabTo(button('Remove typo'));
    await press('Enter');
    await broughtTo(button('Add parameter'));
  });

  it('writes in the source view, and leaves it with Tab in both directions', async () => {
    await tabTo(button('Show source').or(button('Hide source')));
    if (await button('Show source').isVisible()) await press('Enter');
    await source().waitFor();
    await tabTo(source());
    await press('Control+End');
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('salty'));
    await screenshot(page, 'source-by-keys');
    await press('Escape', 'Shift+Tab');
    await page.waitForFunction(() => document.activeElement?.closest('.cm-editor') === null && document.activeElement !== document.body);
    await tabTo(source());
    await press('Tab');
    await page.waitForFunction(() => document.activeElement?.closest('.cm-editor') === null);
    expect(await source().innerText()).toContain('salty');
  });

  it('hands it in, and begins to read at the top of the task', async () => {
    await tabBackTo(button('Start training'));
    await press('Enter');
    await page.waitForURL(TASK);
    await page.getByRole('heading', { level: 1, name: 'by hand' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === 'MAIN');
    expect(await made()).toMatchObject({ loraRank: 16, epochs: 4, trainDataDir: './harbour', extraParams: { flavour: 'salty' } });
  });

  it('clones it with one change, having taken another one back', async () => {
    await press('c');
    await page.waitForURL('**/clone');
    await settled(page);
    await fill(/^Batch size/, '8');
    await tabTo(button('Take back the original value of Batch size'));
    await press('Enter');
    await broughtTo(field(/^Batch size/));
    await tabBackTo(field(/^Rank/));
    await press('Control+a');
    await type('32');
    await page.getByText('One change', { exact: true }).waitFor();
    await screenshot(page, 'clone-by-keys');
    await press('Control+Enter');
    await page.waitForURL((url) => TASK.test(url.pathname));
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await made()).toMatchObject({ loraRank: 32, batchSize: 2, clonedFrom: expect.any(String) as string });
  });

  it('meets no error on the way', () => {
    expect(complaints).toEqual([]);
  });
});

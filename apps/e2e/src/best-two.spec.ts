import type { BrowserContext, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot } from './support/browser.js';
import { rowOf, waitForNames } from './support/list.js';
import { signInOnPage } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { hireTeam, MEMBER, playRun, TEAM_ENV } from './support/team.js';

describe('a person who wants to know what the best two runs of a model did differently', () => {
  let product: Product;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    product = await startProduct(TEAM_ENV);
    const { member } = await hireTeam(product.url);
    // The loss falls the quicker the higher the rate; the newest is neither the best nor the worst.
    for (const [name, learningRate, loraRank] of [
      ['slow', 2e-5, 8],
      ['quick', 2e-4, 32],
      ['slower', 1e-5, 8],
      ['quicker than most', 1e-4, 16],
      ['middling', 5e-5, 8],
    ] as const)
      await playRun(member, { ends: 'succeeded', task: { name, learningRate, loraRank, modelName: 'flux.1-dev' } });
    await playRun(member, { ends: 'succeeded', task: { name: 'best of another model', learningRate: 3e-4 } });
    context = await openBrowser();
    page = await context.newPage();
    complaints = complaintsOf(page);
    await signInOnPage(page, product.url, MEMBER);
  });
  afterAll(async () => {
    await context?.close();
    await product?.stop();
  });

  it('narrows the list to the model and puts the lowest loss on top', async () => {
    await page.getByRole('button', { name: 'Add filter' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Model' }).click();
    await page.getByLabel('flux.1-dev').click();
    await page.keyboard.press('Escape');
    await waitForNames(page, ['middling', 'quicker than most', 'slower', 'quick', 'slow']);
    await page.getByRole('columnheader', { name: /^Loss/ }).getByRole('button', { name: /^Loss/ }).first().click();
    await waitForNames(page, ['quick', 'quicker than most', 'middling', 'slow', 'slower']);
  });

  it('opens the comparison of the first two and reads which is better, and what differs', async () => {
    await rowOf(page, 'quick').getByRole('checkbox').click();
    await rowOf(page, 'quicker than most').getByRole('checkbox').click();
    await page.getByRole('link', { name: 'Compare 2' }).click();
    await page.waitForURL('**/compare?**');
    const rank = page.getByRole('row', { name: /^Rank/ });
    await rank.waitFor();
    expect(await rank.innerText()).toMatch(/32[^]*16/);
    await page.getByRole('row', { name: /^Learning rate/ }).waitFor();
    expect(await page.getByRole('row', { name: /^Batch size/ }).count()).toBe(0);
    const loss = page.getByRole('row', { name: /^Final loss/ });
    expect(await loss.getByText('best').count()).toBe(1);
    await page.getByRole('application', { name: /^loss over one another: .*quicker than most/ }).waitFor();
    await screenshot(page, 'best-two');
  });

  it('meets no error on the way', () => {
    expect(complaints).toEqual([]);
  });
});

import type { BrowserContext, Page } from 'playwright-core';
import { openBrowser, screenshot, violations } from './support/browser.js';
import { settled, signInOnPage } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { hireTeam, MEMBER, TEAM_ENV } from './support/team.js';

describe('a server that cannot be reached for a while', () => {
  let product: Product;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    product = await startProduct(TEAM_ENV);
    await hireTeam(product.url);
    context = await openBrowser();
    page = await context.newPage();
    await signInOnPage(page, product.url, MEMBER);
  });
  afterAll(async () => {
    await context?.close();
    await product?.stop();
  });

  it('is said to be away on a page that asks nothing, until it is back', async () => {
    await page.goto(`${product.url}/account`);
    await settled(page);
    await page.route('**/api/**', (route) => route.abort());
    const sections = page.getByRole('navigation', { name: 'Your account' });
    await sections.getByRole('link', { name: 'Sessions' }).click();
    const banner = page.getByText('The connection to the server is lost.', { exact: false });
    await banner.waitFor();
    await sections.getByRole('link').first().click();
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
    await screenshot(page, 'connection-lost');
    expect(await violations(page)).toEqual([]);
    await page.unroute('**/api/**');
    await banner.waitFor({ state: 'detached' });
  });
});

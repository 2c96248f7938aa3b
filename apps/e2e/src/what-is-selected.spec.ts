import type { BrowserContext, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot, violations } from './support/browser.js';
import { rowOf, waitForNames } from './support/list.js';
import { signInOnPage } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { hireTeam, MEMBER, playRun, TEAM_ENV, type RunTask, type Team } from './support/team.js';

describe('what is selected in a list', () => {
  let product: Product;
  let team: Team;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  const failed: RunTask[] = [];
  const bar = () => page.getByRole('toolbar').filter({ hasText: 'selected' });
  const tick = (name: string) => rowOf(page, name).getByRole('checkbox').click();

  beforeAll(async () => {
    product = await startProduct(TEAM_ENV);
    team = await hireTeam(product.url);
    for (const name of ['lost', 'broken']) failed.push(await playRun(team.member, { ends: 'failed', task: { name } }));
    for (const name of ['good', 'fine']) await playRun(team.member, { ends: 'succeeded', task: { name } });
    context = await openBrowser();
    page = await context.newPage();
    complaints = complaintsOf(page);
    await signInOnPage(page, product.url, MEMBER);
    await waitForNames(page, ['fine', 'good', 'broken', 'lost']);
  });
  afterAll(async () => {
    await context?.close();
    await product?.stop();
  });

  it('is nothing once another list has come, by going back as by a link', async () => {
    await page.getByRole('button', { name: 'Any status' }).click();
    await page.getByRole('checkbox', { name: 'Failed' }).click();
    await page.keyboard.press('Escape');
    await waitForNames(page, ['broken', 'lost']);
    await tick('lost');
    await bar().waitFor();
    await page.goBack();
    await waitForNames(page, ['fine', 'good', 'broken', 'lost']);
    expect(await bar().count()).toBe(0);
    expect(await rowOf(page, 'lost').getByRole('checkbox').isChecked()).toBe(false);

    await page.goForward();
    await waitForNames(page, ['broken', 'lost']);
    await tick('broken');
    await bar().waitFor();
    await page.getByRole('navigation').getByRole('link', { name: 'Tasks', exact: true }).first().click();
    await waitForNames(page, ['fine', 'good', 'broken', 'lost']);
    expect(await bar().count()).toBe(0);
  });

  it('has a bar that fits every width it is shown at', async () => {
    await page.goto(`${product.url}/tasks`);
    await waitForNames(page, ['fine', 'good', 'broken', 'lost']);
    await page.getByRole('checkbox', { name: 'Select all loaded rows' }).click();
    await bar().waitFor();
    for (const width of [660, 800, 1000, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      const main = (await page.getByRole('main').boundingBox())!;
      const outside: string[] = [];
      for (const button of await bar().getByRole('button').or(bar().getByRole('link')).all()) {
        const box = (await button.boundingBox())!;
        if (box.x < main.x || box.x + box.width > main.x + main.width) outside.push(await button.innerText());
      }
      expect([width, outside]).toEqual([width, []]);
      await screenshot(page, `bulk-bar-${width}`);
    }
  });

  it('says how many can be retried, which those with a newer attempt cannot', async () => {
    await team.member.call('POST', `/train-tasks/${failed[0]!.taskId}/retry`);
    await page.goto(`${product.url}/tasks?status=FAILED`);
    await waitForNames(page, ['broken', 'lost']);
    await page.getByRole('checkbox', { name: 'Select all loaded rows' }).click();
    await page.getByRole('button', { name: 'Retry (1)' }).waitFor();
  });

  it('stays, though somebody moves a selected task to the trash elsewhere', async () => {
    await page.goto(`${product.url}/tasks?status=SUCCESS`);
    await waitForNames(page, ['fine', 'good']);
    await tick('good');
    await page.mouse.move(0, 0);
    const { items } = await team.member.get<{ items: { taskId: string; name: string }[] }>('/train-tasks?status=SUCCESS');
    for (const { taskId } of items) await team.member.call('DELETE', `/train-tasks/${taskId}`);
    await waitForNames(page, ['good']);
    expect(await rowOf(page, 'good').getByRole('checkbox').isChecked()).toBe(true);
  });

  it('is chosen among rows that stay while mine, shared and all are switched', async () => {
    await page.goto(`${product.url}/tasks`);
    await rowOf(page, 'broken').waitFor();
    let answer = (): void => undefined;
    const held = new Promise<void>((done) => {
      answer = done;
    });
    await page.route('**/api/train-tasks?*scope=*', async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole('radiogroup').getByText('Shared with me').click();
    await page.locator('[role="region"][aria-busy="true"]').waitFor();
    expect(await rowOf(page, 'broken').count()).toBe(1);
    answer();
    await page.getByText('Nothing is shared with you').waitFor();
    await page.unrouteAll({ behavior: 'wait' });
  });

  it('can be narrowed by a calendar whose every button has a name', async () => {
    await page.goto(`${product.url}/tasks`);
    await page.getByRole('button', { name: 'Any time' }).click();
    await page.getByText('Own range').click();
    await page.getByRole('button', { name: 'Previous month' }).click();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('makes the page complain of nothing', () => {
    expect(complaints).toEqual([]);
  });
});

import { EventEmitter, once } from 'node:events';
import type { BrowserContext, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot } from './support/browser.js';
import { isShown, namesOf, rowOf, waitForNames } from './support/list.js';
import { signInOnPage } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { hireTeam, MEMBER, playRun, TEAM_ENV, type Team } from './support/team.js';

describe('a person who comes back to the failed runs of one model', () => {
  let product: Product;
  let team: Team;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    product = await startProduct(TEAM_ENV);
    team = await hireTeam(product.url);
    for (let index = 0; index < 4; index += 1) {
      await playRun(team.member, { ends: 'failed', task: { name: `flux run ${index}`, modelName: 'flux.1-dev' } });
      await playRun(team.member, { ends: index % 2 === 0 ? 'failed' : 'succeeded', task: { name: `other run ${index}` } });
    }
    await playRun(team.member, { ends: 'succeeded', task: { name: 'flux that went well', modelName: 'flux.1-dev' } });
    context = await openBrowser();
    page = await context.newPage();
    complaints = complaintsOf(page);
    await signInOnPage(page, product.url, MEMBER);
  });
  afterAll(async () => {
    await context?.close();
    await product?.stop();
  });

  it('narrows the list to them: failed, of the last seven days, of the model', async () => {
    await page.getByRole('button', { name: 'Any status' }).click();
    await page.getByRole('checkbox', { name: 'Failed' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Any time' }).click();
    await page.getByText('Last 7 days').click();
    await page.getByRole('button', { name: 'Add filter' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Model' }).click();
    await page.getByLabel('flux.1-dev').click();
    await page.keyboard.press('Escape');
    await waitForNames(page, ['flux run 3', 'flux run 2', 'flux run 1', 'flux run 0']);
    expect(new URL(page.url()).search).toBe('?status=FAILED&created=7d&modelName=flux.1-dev');
    await screenshot(page, 'failed-runs');
  });

  it('selects them all and is told how many can be retried', async () => {
    await page.getByRole('checkbox', { name: 'Select all loaded rows' }).click();
    await page.getByRole('button', { name: 'Retry (4)' }).waitFor();
    await screenshot(page, 'failed-runs-selected');
  });

  it('retries them at once and finds the new attempts waiting', async () => {
    await page.getByRole('button', { name: 'Retry (4)' }).click();
    await page.getByText('4 new attempts queued').waitFor();
    await page.goto(`${product.url}/tasks?status=PENDING`);
    await waitForNames(page, ['flux run 3', 'flux run 2', 'flux run 1', 'flux run 0']);
    expect(await rowOf(page, 'flux run 3').innerText()).toContain('Waiting');
    const { items } = await team.member.get<{ items: { attempt: number }[] }>('/train-tasks?status=PENDING');
    expect(items.map(({ attempt }) => attempt)).toEqual([2, 2, 2, 2]);
  });

  it('throws one away by mistake and takes it back at once', async () => {
    await rowOf(page, 'flux run 1').getByRole('checkbox').click();
    await page.getByRole('button', { name: /trash \(1\)/i }).click();
    await waitForNames(page, ['flux run 3', 'flux run 2', 'flux run 0']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await waitForNames(page, ['flux run 3', 'flux run 2', 'flux run 1', 'flux run 0']);
  });

  it('takes it back once, though the questions that follow are answered late and one by one', async () => {
    const all = ['flux run 3', 'flux run 2', 'flux run 1', 'flux run 0'];
    await rowOf(page, 'flux run 1').getByRole('checkbox').click();
    await page.getByRole('button', { name: /trash \(1\)/i }).click();
    await waitForNames(
      page,
      all.filter((name) => name !== 'flux run 1'),
    );
    const answers: (() => Promise<void>)[] = [];
    const arrivals = new EventEmitter();
    let isHeld = true;
    await page.route(/\/api\/train-tasks\?/, async (route) => {
      const response = await route.fetch();
      // One that was given up for another must not fail the test.
      const answer = (): Promise<void> => route.fulfill({ response }).catch(() => undefined);
      if (!isHeld) return answer();
      answers.push(answer);
      arrivals.emit('answer');
    });
    await page.getByRole('button', { name: 'Undo' }).last().click();
    while (!(await isShown(page, all))) {
      const answer = answers.shift();
      if (answer === undefined) await Promise.race([once(arrivals, 'answer'), waitForNames(page, all)]);
      else await answer();
    }
    isHeld = false;
    for (const answer of answers.reverse()) await answer();
    await page.unrouteAll({ behavior: 'wait' });
    await page.evaluate(
      () =>
        new Promise((done) => {
          requestAnimationFrame(() => requestAnimationFrame(done));
        }),
    );
    expect(await namesOf(page)).toEqual(all);
  });

  it('meets no error on the way', () => {
    expect(complaints).toEqual([]);
  });
});

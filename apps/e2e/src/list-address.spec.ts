import type { BrowserContext, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot } from './support/browser.js';
import { waitForNames } from './support/list.js';
import { settled, signInOnPage } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { ADMIN, hireTeam, MEMBER, playRun, TEAM_ENV } from './support/team.js';

describe('the address of a list', () => {
  let product: Product;
  const contexts: BrowserContext[] = [];
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    product = await startProduct(TEAM_ENV);
    const { member, admin } = await hireTeam(product.url);
    await playRun(member, {
      ends: 'succeeded',
      steps: 20,
      task: { name: 'low and slow', loraRank: 4, learningRate: 1e-5, extraParams: { optimizer: 'Lion', warmup: 5 } },
    });
    await playRun(member, {
      ends: 'succeeded',
      steps: 20,
      task: { name: 'low and quick', loraRank: 4, learningRate: 1e-3, extraParams: { optimizer: 'Lion', warmup: 50 } },
    });
    await playRun(member, {
      ends: 'failed',
      steps: 20,
      task: { name: 'high', loraRank: 64, learningRate: 1e-4, extraParams: { optimizer: 'Prodigy' } },
    });
    await playRun(admin, { ends: 'failed', steps: 20, task: { name: 'of the admin', loraRank: 64, learningRate: 1e-4 } });
    const context = await openBrowser();
    contexts.push(context);
    page = await context.newPage();
    complaints = complaintsOf(page);
    await signInOnPage(page, product.url, MEMBER);
    await waitForNames(page, ['high', 'low and quick', 'low and slow']);
  });
  afterAll(async () => {
    for (const context of contexts) await context.close();
    await product?.stop();
  });

  it('grows with every filter, and back and forward walk through them', async () => {
    await page.getByRole('button', { name: 'Any status' }).click();
    await page.getByRole('checkbox', { name: 'Succeeded' }).click();
    await page.keyboard.press('Escape');
    await waitForNames(page, ['low and quick', 'low and slow']);
    await page.getByRole('button', { name: 'LR', exact: true }).click();
    await waitForNames(page, ['low and slow', 'low and quick']);
    await page.goBack();
    await waitForNames(page, ['low and quick', 'low and slow']);
    await page.goBack();
    await waitForNames(page, ['high', 'low and quick', 'low and slow']);
    await page.goForward();
    await page.goForward();
    await waitForNames(page, ['low and slow', 'low and quick']);
  });

  it('sorts by a second column among equals of the first', async () => {
    await page.getByRole('button', { name: 'Clear all' }).click();
    await page.getByRole('button', { name: 'Rank', exact: true }).click();
    await page.getByRole('button', { name: 'LR', exact: true }).click({ modifiers: ['Shift'] });
    await waitForNames(page, ['low and slow', 'low and quick', 'high']);
    await page.getByRole('button', { name: /^LR/ }).click({ modifiers: ['Shift'] });
    await waitForNames(page, ['low and quick', 'low and slow', 'high']);
    expect(new URL(page.url()).search).toBe('?sort=loraRank,-learningRate');
    expect(await page.getByRole('columnheader', { name: /^Rank/ }).getAttribute('aria-sort')).toBe('ascending');
    expect(await page.getByRole('columnheader', { name: /^LR/ }).innerText()).toContain('2');
  });

  it('leads to the same list in another browser, and to what they may see for somebody else', async () => {
    await page.goto(`${product.url}/tasks?extra.optimizer=Lion&sort=loraRank,-learningRate&column=metric.loss.min&column=extra.optimizer`);
    await waitForNames(page, ['low and quick', 'low and slow']);
    await screenshot(page, 'list-with-columns');
    const context = await openBrowser();
    contexts.push(context);
    const other = await context.newPage();
    await signInOnPage(other, product.url, ADMIN);
    await other.goto(page.url());
    await waitForNames(other, ['low and quick', 'low and slow']);
    await other.getByText('optimizer: Lion').waitFor();
    expect(await other.getByRole('columnheader').allInnerTexts()).toEqual(expect.arrayContaining(['loss (lowest)', 'optimizer']));
    await other.goto(`${product.url}/tasks?status=FAILED`);
    await waitForNames(other, ['of the admin', 'high']);
    await page.goto(other.url());
    await waitForNames(page, ['high']);
  });

  it('sorts by a parameter that only the trainer knows, then by a metric', async () => {
    await page.goto(`${product.url}/tasks?column=extra.warmup&column=metric.loss.min`);
    await waitForNames(page, ['high', 'low and quick', 'low and slow']);
    await page.getByRole('button', { name: 'warmup', exact: true }).click();
    await waitForNames(page, ['low and slow', 'low and quick', 'high']);
    await page.getByRole('button', { name: 'warmup', exact: true }).click();
    await waitForNames(page, ['low and quick', 'low and slow', 'high']);
    await page.getByRole('button', { name: 'loss (lowest)', exact: true }).click({ modifiers: ['Shift'] });
    await page.waitForURL(({ searchParams }) => searchParams.get('sort') === '-extra.warmup,metric.loss.min');
    await waitForNames(page, ['low and quick', 'low and slow', 'high']);
  });

  it('takes a range of a parameter that only the trainer knows', async () => {
    await page.goto(`${product.url}/tasks`);
    await waitForNames(page, ['high', 'low and quick', 'low and slow']);
    await page.getByRole('button', { name: 'Add filter' }).click();
    await page.getByRole('button', { name: 'Extra parameter' }).click();
    await page.getByRole('combobox', { name: 'Parameter' }).fill('warmup');
    await page.getByRole('option', { name: 'warmup' }).click();
    await page.getByText('Range of numbers').click();
    await page.getByRole('textbox', { name: 'From' }).fill('60');
    await page.getByRole('textbox', { name: 'To' }).fill('10');
    expect(await page.getByRole('button', { name: 'The first is larger than the second' }).isDisabled()).toBe(true);
    await page.getByRole('textbox', { name: 'To' }).fill('1e2');
    await page.getByRole('textbox', { name: 'From' }).fill('10');
    await screenshot(page, 'filter-extra-range');
    await page.keyboard.press('Enter');
    await waitForNames(page, ['low and quick']);
    expect(new URL(page.url()).search).toBe('?extraMin.warmup=10&extraMax.warmup=100');
    await page.getByText('warmup: 10 – 100').waitFor();
    await page.reload();
    await waitForNames(page, ['low and quick']);
    await page.getByRole('button', { name: 'Add filter' }).click();
    await page.getByRole('button', { name: 'Extra parameter' }).click();
    await page.getByRole('combobox', { name: 'Parameter' }).fill('warmup');
    await page.getByRole('option', { name: 'warmup' }).click();
    expect(await page.getByRole('textbox', { name: 'From' }).inputValue()).toBe('10');
    await page.getByRole('textbox', { name: 'From' }).fill('');
    await page.keyboard.press('Enter');
    await waitForNames(page, ['low and quick', 'low and slow']);
    await page.getByRole('button', { name: 'Remove filter warmup ≤ 100' }).click();
    await waitForNames(page, ['high', 'low and quick', 'low and slow']);
  });

  it('is asked which filter to add each time, also before the menu has quite closed', async () => {
    const add = page.getByRole('button', { name: 'Add filter' });
    await add.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Rank' }).click();
    await page.getByRole('textbox', { name: 'From' }).waitFor();
    const wasClosed = await add.evaluate(async (button) => {
      (button as HTMLElement).click();
      await Promise.resolve();
      const closed = button.getAttribute('aria-expanded') === 'false';
      (button as HTMLElement).click();
      return closed;
    });
    expect(wasClosed).toBe(true);
    await page.getByRole('dialog').getByRole('button', { name: 'Model' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('takes a range of start times, to the minute or in whole days, in both languages', async () => {
    const [time, day] = [(ms: number) => new Date(ms - new Date(ms).getTimezoneOffset() * 60_000).toISOString().slice(0, 16), 86_400_000];
    await page.getByRole('button', { name: 'Any time' }).click();
    await page.getByText('Started', { exact: true }).last().click();
    await page.getByLabel('From', { exact: true }).fill(time(Date.now()));
    await page.getByLabel('Before', { exact: true }).fill(time(Date.now() - day));
    await page.getByText('Must be later than the beginning').waitFor();
    expect(await page.getByRole('button', { name: 'Apply' }).isDisabled()).toBe(true);
    await screenshot(page, 'filter-started');
    await page.getByLabel('From', { exact: true }).fill(time(Date.now() - 3 * day));
    await page.keyboard.press('Enter');
    await page.getByText('No task matches these filters').waitFor();
    const search = new URL(page.url()).searchParams;
    expect([...search.keys()]).toEqual(['startedFrom', 'startedTo']);
    await page.getByRole('button', { name: /^Remove filter Started:/ }).waitFor();
    await page.getByRole('button', { name: /^Started: .* – / }).click();
    await page.getByText('Last 24 hours').click();
    await waitForNames(page, ['high', 'low and quick', 'low and slow']);
    expect(new URL(page.url()).search).toBe('?started=24h');
    await page.goto(
      `${product.url}/tasks?startedFrom=${new Date(2025, 2, 1).toISOString()}&startedTo=${new Date(2025, 2, 8).toISOString()}&extraMin.warmup=10`,
    );
    await page.getByRole('button', { name: 'Remove filter Started: Mar 1, 2025 – Mar 7, 2025' }).waitFor();
    await page.evaluate(() => localStorage.setItem('lora-ledger.language', 'zh'));
    await page.reload();
    await page.getByText('开始时间：2025年3月1日 – 2025年3月7日').first().waitFor();
    await page.getByText('warmup ≥ 10').waitFor();
    await screenshot(page, 'filter-started-zh');
    await page.evaluate(() => localStorage.setItem('lora-ledger.language', 'en'));
    await page.goto(`${product.url}/tasks`);
    await waitForNames(page, ['high', 'low and quick', 'low and slow']);
  });

  it('is the address of the export as well', async () => {
    await page.goto(`${product.url}/tasks?loraRankMax=8&sort=learningRate&column=extra.optimizer`);
    await waitForNames(page, ['low and slow', 'low and quick']);
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: /CSV/ }).click()]);
    const text = await new Response((await download.createReadStream()) as unknown as ReadableStream).text();
    const [head, ...lines] = text.trim().split('\r\n');
    expect(head?.split(',').at(-1)).toBe('extra.optimizer');
    expect(lines.map((line) => [line.split(',')[1], line.split(',').at(-1)])).toEqual([
      ['low and slow', 'Lion'],
      ['low and quick', 'Lion'],
    ]);
  });

  it('stays when the export of it is refused, and says why', async () => {
    await page.goto(`${product.url}/tasks?sort=nonsense`);
    await page.getByText('The tasks could not be loaded').waitFor();
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: /CSV/ }).click();
    await page.getByRole('alert').filter({ hasText: 'sort' }).last().waitFor();
    await screenshot(page, 'export-refused');
    expect(new URL(page.url()).pathname).toBe('/tasks');
  });

  it('may carry what other programs add to addresses, here and on every page that asks with its own', async () => {
    const context = await openBrowser();
    contexts.push(context);
    const other = await context.newPage();
    await signInOnPage(other, product.url, ADMIN);
    const refused: string[] = [];
    other.on('response', (answer) => {
      if (answer.status() >= 400) refused.push(`${answer.status()} ${answer.url()}`);
    });
    for (const path of ['/tasks', '/trash', '/users', '/audit-log', '/queue', '/analytics/overview', '/analytics/failures']) {
      await other.goto(`${product.url}${path}?utm_source=mail&fbclid=1`);
      await settled(other);
    }
    expect(refused).toEqual([]);
  });

  it('meets no error on the way', () => {
    expect(complaints).toEqual([]);
  });
});

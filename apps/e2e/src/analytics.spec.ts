import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot } from './support/browser.js';
import { settled, signInOnPage } from './support/pages.js';
import { ROOT, startProduct, type Product } from './support/product.js';
import { Script } from './support/script.js';
import { ADMIN, TEAM_ENV } from './support/team.js';

/** What the demo trainer can run again. */
const DEMO = {
  modelName: 'char-lm-base',
  trainDataDir: 'apps/demo-trainer/data/harbour-log',
  batchSize: 16,
  epochs: 1,
  loraAlpha: 16,
  extraParams: { optimizer: 'adamw', lr_scheduler: 'cosine' },
};
const RANKS = [8, 16, 32, 64];
const OF_EACH = 15;

/** A past training. Rank 32 is best: it nearly always succeeds, with the lowest loss; the others fail every other time. */
async function playPast(owner: Script, loraRank: number, turn: number): Promise<void> {
  const { taskId } = await owner.post<{ taskId: string }>('/train-tasks', {
    ...DEMO,
    name: `rank ${loraRank}, attempt ${turn + 1}`,
    loraRank,
    learningRate: [0.01, 0.02, 0.03][turn % 3],
  });
  const end = 2 + 0.1 * Math.abs(Math.log2(loraRank / 32)) + 0.001 * turn;
  await owner.post(`/train-tasks/${taskId}/start`, { host: 'gpu-1', totalSteps: 4 });
  await owner.post(`/train-tasks/${taskId}/progress`, {
    points: [3, 2.6, end + 0.1, end].map((value, index) => ({ key: 'loss', step: index + 1, value })),
  });
  const isFine = loraRank === 32 ? turn !== 7 : turn % 2 === 0;
  await (isFine
    ? owner.post(`/train-tasks/${taskId}/finish`, {})
    : owner.post(`/train-tasks/${taskId}/fail`, { error: 'torch.OutOfMemoryError: CUDA out of memory' }));
}

describe('somebody who asks the past what to run', () => {
  let product: Product;
  let admin: Script;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    product = await startProduct(TEAM_ENV);
    admin = await new Script(product.url).signIn(ADMIN.username, ADMIN.password);
    for (let turn = 0; turn < OF_EACH; turn += 1) await Promise.all(RANKS.map((loraRank) => playPast(admin, loraRank, turn)));
    context = await openBrowser({ reducedMotion: 'reduce' });
    page = await context.newPage();
    complaints = complaintsOf(page);
    await signInOnPage(page, product.url, ADMIN);
  });
  afterAll(async () => {
    await context?.close();
    await product?.stop();
  });

  it('finds the best rank for a model, as a chart and as a table', async () => {
    await page.getByRole('link', { name: 'Analytics' }).click();
    await page.getByRole('link', { name: 'Success rate' }).click();
    await page.getByRole('button', { name: 'Add filter' }).click();
    await page.getByRole('button', { name: 'Model', exact: true }).click();
    await page.getByRole('checkbox', { name: DEMO.modelName }).check();
    await page.keyboard.press('Escape');
    await page.getByRole('img', { name: /success rate by Rank, 4 values/ }).waitFor();
    await settled(page);
    await screenshot(page, 'story-analytics-ranks');
    await page.getByRole('button', { name: /^Show as table/ }).click();
    const rates = await page
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader') })
      .evaluateAll((rows) => rows.map((row) => [...row.children].slice(0, 2).map((cell) => cell.textContent)));
    expect(rates).toEqual([
      ['8', '53%'],
      ['16', '53%'],
      ['32', '93%'],
      ['64', '53%'],
    ]);
  });

  it('clicks through to the tasks behind a bar, and comes back to the same question', async () => {
    await page.getByRole('rowheader').getByRole('link', { name: '32' }).click();
    await page.waitForURL(/\/tasks\?/);
    await page.getByText('15 tasks').waitFor();
    await page.goBack();
    await page.waitForURL(/\/analytics\/success\?modelName=char-lm-base/);
    const chart = page.getByRole('img', { name: /success rate by Rank/ });
    await chart.locator('canvas').waitFor();
    await settled(page);
    const box = await chart.boundingBox();
    // The third of four bars, rank 32.
    await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) / 3, (box?.y ?? 0) + 4 + (2.5 * ((box?.height ?? 0) - 30)) / 4);
    await page.waitForURL(
      (url) => url.pathname === '/tasks' && url.searchParams.get('loraRankMin') === '32' && url.searchParams.get('loraRankMax') === '32',
    );
    await page.goBack();
  });

  it('takes the figures and the picture away', async () => {
    await page.getByRole('button', { name: /^Export/ }).click();
    const [csv] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: /CSV/ }).click()]);
    expect(csv.suggestedFilename()).toBe('success-rate-by-loraRank.csv');
    await page.getByRole('button', { name: /^Export/ }).click();
    const [png] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: /PNG/ }).click()]);
    expect(png.suggestedFilename()).toBe('success-rate-by-loraRank.png');
  });

  it('clicks through from a bar of durations to just the tasks that took so long', async () => {
    await page.getByRole('link', { name: 'Durations', exact: true }).click();
    await page.getByRole('button', { name: 'Show as table: How durations are spread' }).click();
    const bar = page
      .getByRole('region', { name: 'How durations are spread' })
      .getByRole('row')
      .filter({ has: page.getByRole('link') })
      .first();
    const count = Number(await bar.getByRole('cell').innerText());
    await bar.getByRole('link').click();
    await page.waitForURL((url) => url.pathname === '/tasks' && url.searchParams.has('durationMin') && url.searchParams.has('durationMax'));
    await page.getByText(count === 1 ? '1 task' : `${count} tasks`, { exact: true }).waitFor();
    await page.getByRole('button', { name: /^Remove.*Duration/ }).waitFor();
    await page.goBack();
  });

  it('looks at the groups of a convergence one by one', async () => {
    await page.getByRole('link', { name: 'Convergence', exact: true }).click();
    await page.getByRole('group', { name: 'Groups by Learning rate that are drawn' }).waitFor();
    await page.goto(`${product.url}/analytics/convergence?modelName=${DEMO.modelName}&by=loraRank&target=2.2`);
    const legend = page.getByRole('group', { name: 'Groups by Rank that are drawn' });
    await legend.waitFor();
    const shown = () => legend.getByRole('button').evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-pressed')));
    expect(await shown()).toEqual(['true', 'true', 'true', 'true']);
    await legend.getByRole('button', { name: /^8/ }).click();
    expect(await shown()).toEqual(['false', 'true', 'true', 'true']);
    await page.getByRole('columnheader', { name: 'Middle half, steps' }).waitFor();
    await settled(page);
    await screenshot(page, 'story-analytics-convergence');
  });

  it('sees what failures have in common, and what they cost', async () => {
    await page.getByRole('link', { name: 'Failures', exact: true }).click();
    await page.getByText('torch.OutOfMemoryError: CUDA out of memory').waitFor();
    const link = page.getByRole('region', { name: 'Errors that say the same' }).getByRole('link', { name: /^Show the \d+ failures$/ });
    const [count = ''] = /\d+/.exec(await link.innerText()) ?? [];
    await link.click();
    await page.waitForURL((url) => url.pathname === '/tasks' && url.searchParams.getAll('ids').length === Number(count));
    await page.getByText(`${count} tasks`, { exact: true }).waitFor();
    await page.getByRole('button', { name: `Remove filter ${count} named tasks` }).waitFor();
    await page.goBack();
    const [csv] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Figures as CSV: Errors that say the same' }).click(),
    ]);
    expect(csv.suggestedFilename()).toBe('errors.csv');
    expect(await readFile(await csv.path(), 'utf8')).toContain(`torch.OutOfMemoryError: CUDA out of memory,Out of memory,${count},`);
    await settled(page);
    await screenshot(page, 'story-analytics-failures');
    await page.getByRole('link', { name: 'Cost', exact: true }).click();
    await page.getByRole('button', { name: 'Set a budget' }).click();
    await page.getByRole('combobox', { name: 'Owner' }).fill(ADMIN.username);
    await page.getByRole('textbox', { name: /Cost per calendar month/ }).fill('250');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('0 of 250').waitFor();
    await page.getByText('Months begin at midnight UTC.').waitFor();
    await page.getByRole('button', { name: 'Figures as CSV: Budgets of this month' }).waitFor();
    await settled(page);
    await screenshot(page, 'story-analytics-cost');
  });

  it('clones with the recommendation and runs it to success', async () => {
    await page.getByRole('link', { name: 'Recommendations' }).click();
    await page.getByRole('heading', { name: 'Proven 1' }).waitFor();
    await settled(page);
    await screenshot(page, 'story-analytics-recommendations');
    const best = page.getByRole('region', { name: 'Proven 1', exact: true });
    expect(await best.getByText('Rank', { exact: true }).locator('xpath=following-sibling::dd').innerText()).toBe('32');
    expect(await best.getByText('Runs', { exact: true }).locator('xpath=following-sibling::dd').innerText()).toBe('15');
    await best.getByRole('link', { name: 'Clone with these' }).click();
    await page.waitForURL('**/clone');
    expect(await page.getByRole('textbox', { name: /^Rank/ }).inputValue()).toBe('32');
    await page.getByRole('button', { name: 'Start clone' }).click();
    await page.waitForURL(/tasks\/[0-9a-f-]{36}$/);
    const taskId = page.url().slice(-36);
    await runOutside(taskId);
    await page.getByText('Succeeded', { exact: true }).first().waitFor({ timeout: 30_000 });
    await screenshot(page, 'story-analytics-succeeded');
  });

  it('asks what to try after this run, and gets the form filled with what changes marked', async () => {
    await page.getByRole('link', { name: 'What to try next' }).click();
    await page.getByText('Compared with one task').waitFor();
    await page.getByRole('region', { name: 'Suggestion 1', exact: true }).getByRole('link', { name: 'Try these' }).click();
    await page.waitForURL(/\/clone\?with=/);
    await page
      .getByText(/^(One change|\d+ changes)/)
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
  });

  /** As a scheduler would run it on any host: with the worker and a token for this task alone. */
  async function runOutside(taskId: string): Promise<void> {
    const { token } = await admin.post<{ token: string }>(`/train-tasks/${taskId}/token`);
    const worker = spawn(process.execPath, [join(ROOT, 'apps/worker/dist/main.js'), 'run', taskId], {
      stdio: 'ignore',
      env: { ...process.env, LEDGER_URL: product.url, LEDGER_TASK_TOKEN: token, LEDGER_DATA_DIR: product.dataDir },
    });
    expect(await new Promise((done) => worker.once('exit', done))).toBe(0);
  }
});

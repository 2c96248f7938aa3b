import type { BrowserContext, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot } from './support/browser.js';
import { namesOf, rowOf, waitForNames, waitForRest } from './support/list.js';
import { signInOnPage } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { hireTeam, MEMBER, playRun, TEAM_ENV, type RunTask, type Team } from './support/team.js';

describe('a list that is left open while trainings run', () => {
  let product: Product;
  let team: Team;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  let running: RunTask;
  /** Lists are not answered until it is done: what shows meanwhile has come by the stream. How soon, is for the benchmark to say. */
  const byTheStream = async (work: () => Promise<void>): Promise<void> => {
    let answer = (): void => undefined;
    const isDone = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route(/\/api\/train-tasks\?/, async (route) => {
      await isDone;
      // One that was given up for another must not fail the test.
      await route.continue().catch(() => undefined);
    });
    await work().finally(answer);
    await page.unrouteAll({ behavior: 'wait' });
  };
  const report = ({ taskId, trainer }: RunTask, step: number, loss: number) =>
    trainer.post(`/train-tasks/${taskId}/progress`, { points: [{ key: 'loss', step, value: loss }], currentStep: step, totalSteps: 200 });

  beforeAll(async () => {
    product = await startProduct(TEAM_ENV);
    team = await hireTeam(product.url);
    for (let index = 0; index < 40; index += 1)
      await playRun(team.member, { ends: 'succeeded', steps: 4, task: { name: `old run ${index}` } });
    running = await playRun(team.member, { ends: 'running', task: { name: 'night shift' } });
    context = await openBrowser();
    page = await context.newPage();
    complaints = complaintsOf(page);
    await signInOnPage(page, product.url, MEMBER);
    await rowOf(page, 'night shift').waitFor();
  });
  afterAll(async () => {
    await context?.close();
    await product?.stop();
  });

  it('shows how far a run is, how long it will take, and its loss as soon as it has reported', async () => {
    await rowOf(page, 'night shift').getByText('60%').waitFor();
    await byTheStream(async () => {
      await report(running, 150, 0.0777);
      await rowOf(page, 'night shift').getByText('75%').waitFor();
    });
    expect(await rowOf(page, 'night shift').innerText()).toMatch(/75% · \d+[smh][\s\S]*0\.0777/);
    await screenshot(page, 'live-row');
  });

  it('keeps a column with a metric of a running task current, long before all rows are asked for again', async () => {
    const norm = (step: number, value: number) =>
      running.trainer.post(`/train-tasks/${running.taskId}/progress`, {
        points: [{ key: 'grad_norm', step, value }],
        currentStep: step,
        totalSteps: 200,
      });
    await page.goto(`${product.url}/tasks?column=metric.grad_norm.max`);
    await rowOf(page, 'night shift').getByText('75%').waitFor();
    for (const [step, value] of [
      [151, 7.25],
      [152, 8.5],
    ] as const) {
      await norm(step, value);
      await rowOf(page, 'night shift').getByText(String(value)).waitFor({ timeout: 15_000 });
    }
    await page.goto(`${product.url}/tasks`);
  });

  it('shows the final value of a metric in the column of a run that ends with it', async () => {
    const short = await playRun(team.member, { ends: 'running', task: { name: 'short shift' } });
    await page.goto(`${product.url}/tasks?column=metric.grad_norm.last`);
    await rowOf(page, 'short shift').getByText('60%').waitFor();
    await short.trainer.post(`/train-tasks/${short.taskId}/progress`, {
      points: [{ key: 'grad_norm', step: 130, value: 3.125 }],
      currentStep: 130,
      totalSteps: 200,
    });
    await rowOf(page, 'short shift').getByText('3.125').waitFor({ timeout: 15_000 });
    await short.trainer.post(`/train-tasks/${short.taskId}/progress`, {
      points: [{ key: 'grad_norm', step: 200, value: 9.875 }],
      currentStep: 200,
      totalSteps: 200,
    });
    await short.trainer.post(`/train-tasks/${short.taskId}/finish`, {});
    await rowOf(page, 'short shift').getByText('Succeeded').waitFor();
    await rowOf(page, 'short shift').getByText('9.875').waitFor({ timeout: 15_000 });
    await page.goto(`${product.url}/tasks`);
  });

  it('leaves the focus in the field where somebody types when a new row pushes the others down', async () => {
    await page.locator('tr[data-row]').first().waitFor();
    await page.keyboard.press('j');
    await page.waitForFunction(() => document.activeElement?.matches('tr[data-row="0"]') === true);
    const field = page.locator('input[type="search"]');
    await field.click();
    await playRun(team.member, { ends: 'succeeded', steps: 4, task: { name: 'slipped in' } });
    await rowOf(page, 'slipped in').waitFor();
    await page.locator('tr[data-row="1"][data-active]').waitFor();
    expect(await field.evaluate((one) => one === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
  });

  it('changes rows where they stand: order, selection, active row and place stay', async () => {
    await rowOf(page, 'old run 30').getByRole('checkbox').click();
    await page.locator('[role="region"]').hover();
    await page.mouse.wheel(0, 400);
    await page.waitForFunction(() => (document.querySelector('[role="region"]')?.scrollTop ?? 0) >= 400);
    await waitForRest(page);
    const before = await namesOf(page);
    const fresh = await playRun(team.member, { ends: 'pending', task: { name: 'just handed in' } });
    await report(running, 160, 0.05);
    await page.getByRole('button', { name: '1 new task' }).waitFor();
    expect(await namesOf(page)).toEqual(before);
    expect(await rowOf(page, 'old run 30').getByRole('checkbox').isChecked()).toBe(true);
    expect(await page.locator('[role="region"]').evaluate((element) => element.scrollTop)).toBe(400);
    await page.getByRole('button', { name: '1 new task' }).click();
    await page.mouse.wheel(0, -2000);
    await rowOf(page, 'just handed in').getByText('Waiting').waitFor();
    await byTheStream(async () => {
      await fresh.trainer.post(`/train-tasks/${fresh.taskId}/start`, { totalSteps: 10 });
      await rowOf(page, 'just handed in').getByText('Running').waitFor();
    });
  });

  it('shows the end of a run', async () => {
    await byTheStream(async () => {
      await running.trainer.post(`/train-tasks/${running.taskId}/fail`, { error: 'CUDA out of memory' });
      await rowOf(page, 'night shift').getByText('Failed').waitFor();
    });
    expect(await rowOf(page, 'old run 30').count()).toBe(1);
  });

  it('keeps new rows that wait for the list they belong to', async () => {
    await page.locator('[role="region"]').hover();
    await playRun(team.member, { ends: 'pending', task: { name: 'for all to see' } });
    const fresh = page.getByRole('button', { name: '1 new task' });
    await fresh.waitFor();
    const field = page.locator('input[type="search"]');
    await field.fill('night');
    await waitForNames(page, ['night shift']);
    expect(await fresh.count()).toBe(0);
    await field.fill('');
    await fresh.click();
    await rowOf(page, 'for all to see').waitFor();
    expect(await fresh.count()).toBe(0);
  });

  it('leaves no gap when more tasks arrive at once than are asked for', async () => {
    await page.goto(`${product.url}/tasks`);
    await page.mouse.move(0, 0);
    await rowOf(page, 'for all to see').waitFor();
    await byTheStream(async () => {
      for (let index = 0; index < 60; index += 1) await playRun(team.member, { ends: 'pending', task: { name: `many ${index}` } });
    });
    await rowOf(page, 'many 59').waitFor();
    await page.locator('[role="region"]').evaluate((element) => {
      element.scrollTop = 55 * 38;
    });
    await rowOf(page, 'many 0').waitFor();
    await rowOf(page, 'for all to see').waitFor();
  });

  it('goes on by asking when the stream is taken away, without a word', async () => {
    await page.route('**/api/stream', (route) => route.abort());
    await page.goto(`${product.url}/tasks?status=RUNNING`);
    await waitForNames(page, ['just handed in']);
    const [task] = (await team.member.get<{ items: { taskId: string }[] }>('/train-tasks?status=RUNNING')).items;
    await team.member.post(`/train-tasks/${task?.taskId}/progress`, {
      points: [{ key: 'loss', step: 5, value: 0.5 }],
      currentStep: 5,
      totalSteps: 10,
    });
    await rowOf(page, 'just handed in').getByText('50%').waitFor();
    expect(await page.getByText('The connection to the server is lost').count()).toBe(0);
  });

  it('lets rows into an empty list by themselves, wherever the pointer is', async () => {
    await page.goto(`${product.url}/tasks?tag=first of its kind`);
    await page.getByRole('button', { name: 'Clear all filters' }).waitFor();
    await page.getByRole('button', { name: 'Clear all filters' }).hover();
    await team.member.post('/train-tasks', {
      name: 'first of its kind',
      tags: ['first of its kind'],
      modelName: 'sd15',
      trainDataDir: './data',
      loraRank: 8,
      learningRate: 1e-4,
      batchSize: 1,
      epochs: 1,
    });
    await waitForNames(page, ['first of its kind']);
    expect(await page.getByRole('button', { name: /new task/ }).count()).toBe(0);
    await page.goto(`${product.url}/tasks?status=RUNNING`);
    await waitForNames(page, ['just handed in']);
  });

  it('says quietly that the server is away, and heals by itself', async () => {
    await page.route('**/api/**', (route) => route.abort());
    await page.getByText('The connection to the server is lost').waitFor();
    await page.unroute('**/api/**');
    await page.getByText('The connection to the server is lost').waitFor({ state: 'hidden' });
    await waitForNames(page, ['just handed in']);
  });

  it('complains of nothing but the requests that were taken away', () => {
    expect(complaints.filter((text) => !text.includes('net::ERR_FAILED'))).toEqual([]);
  });
});

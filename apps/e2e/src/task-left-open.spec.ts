import type { BrowserContext, Page } from 'playwright-core';
import { complaintsOf, openBrowser } from './support/browser.js';
import { settled, signInOnPage } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { hireTeam, MEMBER, playRun, TEAM_ENV, type RunTask, type Team } from './support/team.js';

const HOUR = 3_600_000;

describe('a task that is left open', () => {
  let product: Product;
  let team: Team;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  const turn = (visibilityState: 'hidden' | 'visible') =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    }, visibilityState);
  const open = async ({ taskId }: RunTask): Promise<void> => {
    await page.goto(`${product.url}/tasks/${taskId}?metrics=loss`);
    await settled(page);
    await page.getByRole('log').getByText('model saved.').waitFor();
  };
  const write = async ({ taskId, trainer }: RunTask, text: string): Promise<void> => {
    const { size } = await team.member.get<{ size: number }>(`/train-tasks/${taskId}/log`);
    await trainer.post(`/train-tasks/${taskId}/log`, { offset: size, text });
  };
  const lastStep = ({ taskId, trainer }: RunTask) =>
    trainer.post(`/train-tasks/${taskId}/progress`, {
      points: [{ key: 'loss', step: 200, value: 0.05 }],
      currentStep: 200,
      totalSteps: 200,
    });
  const finish = ({ taskId, trainer }: RunTask) => trainer.post(`/train-tasks/${taskId}/finish`, {});
  /** The page hears that what has ended did so an hour before. */
  const anHourAgo = () =>
    page.route(/\/api\/train-tasks\/([0-9a-f-]{36}$|compare\?)/, async (route) => {
      const response = await route.fetch();
      const earlier = (key: string, value: unknown) =>
        key === 'endTime' && typeof value === 'string' ? new Date(Date.parse(value) - HOUR).toISOString() : value;
      await route.fulfill({ response, json: JSON.parse(await response.text(), earlier) as unknown });
    });
  /** Once a curve has come as far as the last step. */
  const wholeCurve = () =>
    page.waitForResponse(async (answer) => {
      if (!/\/metrics\?/.test(answer.url())) return false;
      const { series } = (await answer.json()) as { series: { steps: number[] }[] };
      return series[0]?.steps.at(-1) === 200;
    });

  beforeAll(async () => {
    product = await startProduct(TEAM_ENV);
    team = await hireTeam(product.url);
  });
  beforeEach(async () => {
    context = await openBrowser();
    page = await context.newPage();
    complaints = complaintsOf(page);
    await signInOnPage(page, product.url, MEMBER);
  });
  afterEach(async () => {
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await context.close();
    expect(complaints).toEqual([]);
  });
  afterAll(() => product?.stop());

  it('shows the end of its curve and of its log to somebody who comes back long after', async () => {
    const run = await playRun(team.member, { ends: 'running', task: { name: 'over night' } });
    await anHourAgo();
    await open(run);
    await turn('hidden');
    await lastStep(run);
    await write(run, 'the last line of the night\n');
    await finish(run);
    const drawn = wholeCurve();
    await turn('visible');
    await page.getByText('Succeeded', { exact: true }).first().waitFor();
    await page.getByRole('log').getByText('the last line of the night').waitFor();
    await drawn;
  });

  it('shows the end of its curve in a comparison', async () => {
    const runs = [
      await playRun(team.member, { ends: 'running', task: { name: 'one' } }),
      await playRun(team.member, { ends: 'running', task: { name: 'other' } }),
    ];
    await anHourAgo();
    await page.goto(`${product.url}/compare?ids=${runs.map(({ taskId }) => taskId).join(',')}`);
    await settled(page);
    await turn('hidden');
    for (const run of runs) {
      await lastStep(run);
      await finish(run);
    }
    const drawn = wholeCurve();
    await turn('visible');
    await drawn;
  });

  describe('whose log has grown by more than is read at once', () => {
    const longWhileAway = async (run: RunTask): Promise<void> => {
      await turn('hidden');
      for (let part = 0; part < 4; part += 1)
        await write(run, Array.from({ length: 6000 }, (_one, index) => `part ${part} line ${index} loss=0.0912 lr=1.0e-04\n`).join(''));
      await write(run, 'the very last line\n');
      await finish(run);
      await turn('visible');
      await page.getByText('Succeeded', { exact: true }).first().waitFor();
    };

    it('goes to its end for somebody who follows', async () => {
      const run = await playRun(team.member, { ends: 'running', task: { name: 'talkative' } });
      await anHourAgo();
      await open(run);
      await longWhileAway(run);
      await page.getByRole('log').getByText('the very last line').waitFor();
      await page.getByRole('switch', { name: 'Follow', checked: true }).waitFor();
    });

    it('leaves in place who reads, and offers the end', async () => {
      const run = await playRun(team.member, { ends: 'running', task: { name: 'talkative, read slowly' } });
      await anHourAgo();
      await open(run);
      await page.getByRole('switch', { name: 'Follow' }).click();
      await longWhileAway(run);
      await page.getByRole('button', { name: 'To the end' }).waitFor();
      await page.getByRole('log').getByText('model saved.').waitFor();
      await page.getByRole('button', { name: 'To the end' }).click();
      await page.getByRole('log').getByText('the very last line').waitFor();
    });
  });

  it('shows what is written after its end, also in a browser whose clock is wrong', async () => {
    await context.addInitScript((by) => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + by;
    }, HOUR);
    const run = await playRun(team.member, { ends: 'running', task: { name: 'at another time' } });
    await open(run);
    await finish(run);
    await page.getByText('Succeeded', { exact: true }).first().waitFor();
    const read = () => page.waitForResponse(/\/log\?offset=\d+/);
    // What is asked for because of the end has been answered before the line is there.
    await read();
    await read();
    await write(run, 'the last will\n');
    await page.getByRole('log').getByText('the last will').waitFor();
  });
});

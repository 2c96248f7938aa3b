import type { BrowserContext, Page } from 'playwright-core';
import { complaintsOf, openBrowser } from './support/browser.js';
import { namesOf, rowOf, waitForNames } from './support/list.js';
import { signInOnPage } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { hireTeam, MEMBER, playRun, TEAM_ENV, type RunTask, type Team } from './support/team.js';

const HOUR = 3_600_000;
const TABLET = { width: 1024, height: 768 };

describe('a list that somebody comes back to', () => {
  let product: Product;
  let team: Team;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  const old: RunTask[] = [];
  const inTable = () => page.locator('[role="region"]');
  const rename = ({ taskId }: RunTask, name: string) => team.member.call('PATCH', `/train-tasks/${taskId}`, { name });
  const scrollTo = (row: number) =>
    inTable().evaluate((element, top) => {
      element.scrollTop = top;
    }, row * 38);
  const anHourPasses = () =>
    page.evaluate((by) => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + by;
    }, HOUR);
  const turn = (visibilityState: 'hidden' | 'visible') =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, visibilityState);

  beforeAll(async () => {
    product = await startProduct(TEAM_ENV);
    team = await hireTeam(product.url);
    for (let index = 0; index < 90; index += 1)
      old.push(await playRun(team.member, { ends: 'pending', task: { name: `old ${String(index).padStart(2, '0')}` } }));
    context = await openBrowser();
    page = await context.newPage();
    complaints = complaintsOf(page);
    await signInOnPage(page, product.url, MEMBER);
    await rowOf(page, 'old 89').waitFor();
    await page.mouse.move(0, 0);
  });
  afterAll(async () => {
    await context?.close();
    await product?.stop();
  });

  it('asks once for a first page that comes late', async () => {
    const late = await context.newPage();
    const asked: string[] = [];
    late.on('request', (request) => {
      if (/train-tasks\?.*withTotal/.test(request.url())) asked.push(request.url());
    });
    await late.route('**/api/train-tasks?*', async (route) => {
      await late.getByRole('navigation').first().waitFor();
      await route.continue();
    });
    await late.route('**/api/stream', async (route) => {
      await rowOf(late, 'old 89').waitFor();
      await route.continue();
    });
    // The stream begins with `reset`, for which the list is looked at once.
    const looked = late.waitForResponse((answer) => /train-tasks\?limit=50$/.test(answer.url()));
    await late.goto(`${product.url}/tasks`);
    await looked;
    expect(asked).toHaveLength(1);
    await late.close();
  });

  it('lets a task go that its filter selects no more, when nobody points at it, and counts it off', async () => {
    const [first, second] = [
      await playRun(team.member, { ends: 'running', task: { name: 'early bird' } }),
      await playRun(team.member, { ends: 'running', task: { name: 'night owl' } }),
    ];
    await page.goto(`${product.url}/tasks?status=RUNNING`);
    await waitForNames(page, ['night owl', 'early bird']);
    await rowOf(page, 'night owl').hover();
    await first.trainer.post(`/train-tasks/${first.taskId}/finish`, {});
    await rowOf(page, 'early bird').getByText('Succeeded').waitFor();
    expect(await namesOf(page)).toEqual(['night owl', 'early bird']);
    await page.mouse.move(0, 0);
    await waitForNames(page, ['night owl']);
    await page.getByText('1 task', { exact: true }).waitFor();
    await second.trainer.post(`/train-tasks/${second.taskId}/finish`, {});
    await page.getByText('No task matches these filters').waitFor();
  });

  it('keeps a task that is selected, whatever becomes of it', async () => {
    const [chosen, other] = [
      await playRun(team.member, { ends: 'running', task: { name: 'chosen' } }),
      await playRun(team.member, { ends: 'running', task: { name: 'not chosen' } }),
    ];
    await page.goto(`${product.url}/tasks?status=RUNNING`);
    await waitForNames(page, ['not chosen', 'chosen']);
    await rowOf(page, 'chosen').getByRole('checkbox').click();
    await page.mouse.move(0, 0);
    for (const { taskId, trainer } of [chosen, other]) await trainer.post(`/train-tasks/${taskId}/finish`, {});
    await waitForNames(page, ['chosen']);
    expect(await rowOf(page, 'chosen').getByRole('checkbox').isChecked()).toBe(true);
  });

  it('puts a new task where the order of the list has it', async () => {
    await page.goto(`${product.url}/tasks?sort=name&status=PENDING`);
    await rowOf(page, 'old 01').waitFor();
    await page.mouse.move(0, 0);
    await playRun(team.member, { ends: 'pending', task: { name: 'old 01, once more' } });
    await rowOf(page, 'old 01, once more').waitFor();
    expect((await namesOf(page)).slice(0, 4)).toEqual(['old 00', 'old 01', 'old 01, once more', 'old 02']);
  });

  it('keeps what is selected when the list is put in another order', async () => {
    await page.goto(`${product.url}/tasks?q=old`);
    await rowOf(page, 'old 89').getByRole('checkbox').click();
    await rowOf(page, 'old 88').getByRole('checkbox').click();
    await page.getByText('2 selected').waitFor();
    await page.getByRole('columnheader', { name: 'Name' }).getByRole('button', { name: 'Name' }).first().click();
    await rowOf(page, 'old 00').waitFor();
    await page.getByText('2 selected').waitFor();
    expect(await rowOf(page, 'old 89').count()).toBe(0);
    await page.goBack();
    await page.getByText('2 selected').waitFor();
    expect(await rowOf(page, 'old 89').getByRole('checkbox').isChecked()).toBe(true);
  });

  it('shows what was changed elsewhere while the tab was hidden, and keeps the place', async () => {
    await page.goto(`${product.url}/tasks?q=old`);
    await rowOf(page, 'old 89').waitFor();
    await scrollTo(70);
    await rowOf(page, 'old 15').waitFor();
    await turn('hidden');
    await rename(old[15]!, 'old, renamed while hidden');
    await anHourPasses();
    await turn('visible');
    await rowOf(page, 'old, renamed while hidden').waitFor();
    expect(await inTable().evaluate((element) => element.scrollTop)).toBe(70 * 38);
  });

  it('shows what was changed elsewhere while one of its tasks was looked at', async () => {
    await page.goto(`${product.url}/tasks?q=old&loraRankMin=1`);
    await rowOf(page, 'old 89').waitFor();
    await scrollTo(70);
    await rowOf(page, 'old 14').getByRole('link').click();
    await page.getByRole('heading', { name: 'old 14' }).waitFor();
    await rename(old[13]!, 'renamed, old as it is');
    await anHourPasses();
    await page.goBack();
    await rowOf(page, 'renamed, old as it is').waitFor();
  });

  it('begins with the newest again for somebody who comes back to its top', async () => {
    await page.goto(`${product.url}/tasks?q=old&loraRankMin=2`);
    await rowOf(page, 'old 89').waitFor();
    await page.mouse.move(0, 0);
    await turn('hidden');
    await playRun(team.member, { ends: 'pending', task: { name: 'old friend' } });
    await anHourPasses();
    await turn('visible');
    await rowOf(page, 'old friend').waitFor();
    expect((await namesOf(page))[0]).toBe('old friend');
  });

  it('takes a finger that has tapped for no pointer that stays: a new task comes in by itself', async () => {
    const touched = await openBrowser({ viewport: TABLET, hasTouch: true, isMobile: true });
    try {
      const tablet = await touched.newPage();
      await signInOnPage(tablet, product.url, MEMBER);
      const box = rowOf(tablet, 'old 89').getByRole('checkbox');
      for (const isChosen of [true, false]) {
        await box.tap();
        await tablet.waitForFunction((wanted) => (document.querySelector('tr[data-row][data-selected]') !== null) === wanted, isChosen);
      }
      expect(await tablet.locator('[role="region"]:hover').count()).toBe(1);
      await playRun(team.member, { ends: 'pending', task: { name: 'while nobody touches' } });
      await rowOf(tablet, 'while nobody touches').waitFor();
    } finally {
      await touched.close();
    }
  });

  it('complains of nothing', () => {
    expect(complaints).toEqual([]);
  });
});

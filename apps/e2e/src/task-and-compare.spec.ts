import type { BrowserContext, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot, violations } from './support/browser.js';
import { settled, signInOnPage } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { COLLEAGUE, hireTeam, MEMBER, playRun, TEAM_ENV, type RunTask, type Team } from './support/team.js';

describe('somebody who looks at trainings', () => {
  let product: Product;
  let team: Team;
  let context: BrowserContext;
  let mira: Page;
  let complaints: string[];
  const runs: Record<'base' | 'clone' | 'failed', string> = { base: '', clone: '', failed: '' };

  beforeAll(async () => {
    product = await startProduct(TEAM_ENV);
    team = await hireTeam(product.url);
    context = await openBrowser();
    mira = await context.newPage();
    await signInOnPage(mira, product.url, MEMBER);
    complaints = complaintsOf(mira);
  });
  afterAll(async () => {
    await context?.close();
    await product?.stop();
  });

  const open = async (page: Page, path: string): Promise<void> => {
    await page.goto(product.url + path);
    await settled(page);
  };

  it('follows a run as it goes on: its state, its curve, its log and its end', async () => {
    const { taskId, trainer } = await playRun(team.member, { ends: 'running', steps: 400, task: { name: 'quay at night' } });
    await open(mira, `/tasks/${taskId}`);
    await mira.getByText('Running', { exact: true }).first().waitFor();
    await mira
      .getByText(/step 240/)
      .first()
      .waitFor();
    const view = mira.getByRole('log');
    const { size } = await team.member.get<{ size: number }>(`/train-tasks/${taskId}/log`);
    await trainer.post(`/train-tasks/${taskId}/log`, { offset: size, text: 'a line that has just been written\n' });
    await trainer.post(`/train-tasks/${taskId}/progress`, {
      points: [{ key: 'loss', step: 300, value: 0.05 }],
      currentStep: 300,
      totalSteps: 400,
    });
    await mira
      .getByText(/step 300/)
      .first()
      .waitFor();
    await view.getByText('a line that has just been written').waitFor();
    await screenshot(mira, 'follow-a-run');
    const long = Array.from({ length: 60 }, (_one, index) => `further line ${index}\n`).join('');
    await trainer.post(`/train-tasks/${taskId}/log`, { offset: size + 34, text: long });
    await view.getByText('further line 59', { exact: true }).waitFor();
    await view.hover();
    await mira.mouse.wheel(0, -600);
    await mira.getByRole('switch', { name: 'Follow', checked: false }).waitFor();
    await trainer.post(`/train-tasks/${taskId}/finish`, { output: 'output/quay.safetensors' });
    await mira.getByText('Succeeded', { exact: true }).first().waitFor();
  });

  it('takes the configuration away from the head of the page', async () => {
    const { taskId } = await playRun(team.member, { ends: 'succeeded', steps: 20, task: { name: 'to take away' } });
    await open(mira, `/tasks/${taskId}`);
    await mira.getByRole('main').locator('header').getByRole('button', { name: 'Export config' }).click();
    await mira.getByRole('dialog').getByRole('link', { name: 'Download' }).waitFor();
    await mira.keyboard.press('Escape');
    await screenshot(mira, 'task-header');
  });

  it('loads the earlier lines of a wrapped log without losing the place', async () => {
    const { taskId, trainer } = await playRun(team.member, { ends: 'running', steps: 20, task: { name: 'long story' } });
    const { size } = await team.member.get<{ size: number }>(`/train-tasks/${taskId}/log`);
    const text = Array.from({ length: 400 }, (_one, index) => `line ${index} ${'of a long story '.repeat(25)}\n`).join('');
    await trainer.post(`/train-tasks/${taskId}/log`, { offset: size, text });
    await trainer.post(`/train-tasks/${taskId}/finish`, {});
    await open(mira, `/tasks/${taskId}`);
    const view = mira.getByRole('log');
    await view.getByText(/^line 399 /).waitFor();
    await mira.getByRole('switch', { name: 'Wrap lines' }).check({ force: true });
    await view.hover();
    await mira.mouse.wheel(0, -3000);
    await mira.getByRole('switch', { name: 'Follow', checked: false }).waitFor();
    await settled(mira);
    const topOf = (number: string) =>
      view
        .getByText(`line ${number} `)
        .evaluate((line) => Math.round(line.getBoundingClientRect().top - line.closest('[role="log"]')!.getBoundingClientRect().top));
    const [, number = ''] = /line (\d+) /.exec(
      await view.evaluate((frame) => {
        const { top, left } = frame.getBoundingClientRect();
        return document.elementFromPoint(left + 40, top + 60)?.textContent ?? '';
      }),
    )!;
    const before = await topOf(number);
    await mira.getByRole('button', { name: 'Load earlier lines' }).click();
    await mira.getByRole('button', { name: 'Load earlier lines' }).waitFor({ state: 'detached' });
    await settled(mira);
    expect(Math.abs((await topOf(number)) - before)).toBeLessThanOrEqual(2);
  });

  it('zooms into a curve by dragging and by keys, and can pass on what they see', async () => {
    const { taskId } = await playRun(team.member, {
      ends: 'succeeded',
      steps: 1000,
      task: { name: 'harbour woodcut', loraRank: 16, note: 'Captions by hand.' },
    });
    runs.base = taskId;
    await open(mira, `/tasks/${taskId}?metrics=loss`);
    const chart = mira.getByRole('application', { name: /^loss: last/ });
    const box = (await chart.boundingBox())!;
    const asked = mira.waitForResponse((response) => /metrics\?.*from=\d+/.test(response.url()));
    await mira.mouse.move(box.x + box.width * 0.4, box.y + 80);
    await mira.mouse.down();
    await mira.mouse.move(box.x + box.width * 0.6, box.y + 90, { steps: 4 });
    await mira.mouse.up();
    expect((await asked).ok()).toBe(true);
    await mira.waitForURL(/from=\d+.*to=\d+/);
    await mira.getByRole('button', { name: 'Reset zoom' }).waitFor();
    const shared = mira.url();
    await chart.focus();
    await mira.keyboard.press('Home');
    await chart
      .getByRole('status')
      .getByText(/loss: .* at step \d+/)
      .waitFor({ state: 'attached' });
    await mira.keyboard.press('0');
    await mira.waitForURL((url) => !url.searchParams.has('from'));
    await mira.goto(shared);
    await mira.getByRole('button', { name: 'Reset zoom' }).waitFor();
    await mira.getByText('Elapsed', { exact: true }).click();
    await mira.waitForURL(/axis=relative/);
  });

  it('finds text in a log that is far longer than what is loaded', async () => {
    const { taskId, trainer } = await playRun(team.member, { ends: 'running', task: { name: 'talkative' } });
    let { size } = await team.member.get<{ size: number }>(`/train-tasks/${taskId}/log`);
    for (let part = 0; part < 4; part += 1) {
      const text = `${Array.from({ length: 6000 }, (_one, index) => `part ${part} line ${index} loss=0.0912 lr=1.0e-04`).join('\n')}\n${part === 1 ? '损失异常 in the middle\nbar 10%\rbar with needle 50%\rbar 100%\n' : ''}`;
      await trainer.post(`/train-tasks/${taskId}/log`, { offset: size, text });
      size += Buffer.byteLength(text);
    }
    await open(mira, `/tasks/${taskId}`);
    const view = mira.getByRole('log');
    await view.getByText('part 3 line 5999', { exact: false }).waitFor();
    const field = mira.getByRole('searchbox', { name: 'Find in the whole log' });
    await field.fill('损失异常');
    await field.press('Enter');
    await view.getByText('损失异常').waitFor();
    await mira.getByText('1 of 1', { exact: true }).waitFor();
    await field.fill('NEEDLE');
    await field.press('Enter');
    await view.locator('mark', { hasText: 'needle' }).waitFor();
    await screenshot(mira, 'log-search');
    await field.fill('line 17 ');
    await field.press('Enter');
    await mira.getByText('1 of 4', { exact: true }).waitFor();
    await mira.getByRole('button', { name: 'Previous match' }).click();
    await mira.getByText('4 of 4', { exact: true }).waitFor();
    await field.fill('nobody wrote this');
    await field.press('Enter');
    await mira.getByText('Not found', { exact: true }).waitFor();
    // The end itself is asked for, however much stands between.
    const end = mira.waitForRequest(/\/log\?offset=-\d+/);
    await mira.getByRole('button', { name: 'To the end' }).click();
    await end;
    await view.getByText('part 3 line 5999', { exact: false }).waitFor();
  });

  it('goes on among the matches that are known while more are looked for', async () => {
    const field = mira.getByRole('searchbox', { name: 'Find in the whole log' });
    const step = (to: 'Next' | 'Previous') => mira.getByRole('button', { name: `${to} match` }).click();
    const isAt = (line: number) => mira.locator('[data-target]', { hasText: `part 0 line ${line} ` }).waitFor();
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    await mira.route(/\/log\/search\?.*from=[1-9]/, async (route) => {
      await released;
      await route.continue();
    });
    await field.fill('lr=1.0e-04');
    await field.press('Enter');
    await mira.getByText('1 of 200 or more', { exact: true }).waitFor();
    // To the last one: the whole log has to be searched.
    await step('Previous');
    await mira.getByText(/^Searched/).waitFor();
    await step('Next');
    await isAt(1);
    await step('Next');
    await isAt(2);
    await step('Previous');
    await isAt(1);
    release();
    await mira.getByText('2 of 5,000 or more', { exact: true }).waitFor();
    await isAt(1);
    await step('Next');
    await isAt(2);
  });

  it('reads what a trainer wrote on coloured ground', async () => {
    const { taskId, trainer } = await playRun(team.member, { ends: 'running', task: { name: 'colourful' } });
    const { size } = await team.member.get<{ size: number }>(`/train-tasks/${taskId}/log`);
    const words = [40, 41, 42, 43, 44, 45, 46, 47].map(
      (ground) =>
        `\u001b[${ground}mplain\u001b[0m \u001b[37;${ground}mwhite\u001b[0m${ground === 40 ? '' : ` \u001b[30;${ground}mblack\u001b[0m`}`,
    );
    await trainer.post(`/train-tasks/${taskId}/log`, { offset: size, text: `${words.join('\n')}\nthe last line\n` });
    await open(mira, `/tasks/${taskId}`);
    await mira.getByRole('log').getByText('the last line').waitFor();
    expect(await violations(mira)).toEqual([]);
    await screenshot(mira, 'log-colours');
  });

  it('learns why a training failed and what others that failed have in common', async () => {
    const sweep = await Promise.all(
      Array.from({ length: 24 }, (_one, index): Promise<RunTask> => {
        const isHot = index % 2 === 0;
        return playRun(team.member, {
          ends: isHot ? 'failed' : 'succeeded',
          steps: 20,
          error: `RuntimeError: loss is NaN at step ${index + 7}`,
          task: { name: `sweep ${index}`, learningRate: isHot ? 1e-3 : 1e-4, seed: index },
        });
      }),
    );
    runs.failed = sweep[22]!.taskId;
    await open(mira, `/tasks/${runs.failed}`);
    const card = mira.getByRole('alert').filter({ hasText: 'Failed:' });
    await card.getByText('What similar failures tell').waitFor();
    await card.getByText('11 other failures say the same', { exact: false }).waitFor();
    await card
      .getByText(/12 of 12 failed/)
      .first()
      .waitFor();
    await card.getByText('This task too.').first().waitFor();
    await screenshot(mira, 'failure-explained');
    await card.getByRole('link', { name: /^Learning rate/ }).click();
    await mira.waitForURL(/\/tasks\?.*status=FAILED/);
    await mira.getByText('sweep 0', { exact: true }).first().waitFor();
  });

  it('compares two trainings from the list, changes the baseline, and sees why one was made', async () => {
    const { taskId } = await team.member.post<{ taskId: string }>(`/train-tasks/${runs.base}/clone`, {
      overrides: { loraRank: 32, name: 'harbour woodcut, rank doubled' },
      note: 'Does more rank keep the fine lines?',
    });
    runs.clone = taskId;
    await team.member.post(`/train-tasks/${taskId}/start`, { host: 'gpu-1', totalSteps: 50 });
    await team.member.post(`/train-tasks/${taskId}/progress`, {
      points: Array.from({ length: 50 }, (_one, step) => ({ key: 'loss', step: step * 20 + 1, value: 0.2 / (step + 1) })),
    });
    await team.member.post(`/train-tasks/${taskId}/finish`, { output: 'output/h32.safetensors' });
    await open(mira, '/tasks?q=woodcut');
    for (const box of await mira.getByRole('checkbox', { name: /harbour woodcut/ }).all()) await box.check();
    await mira.getByRole('link', { name: 'Compare 2' }).click();
    await mira.waitForURL('**/compare?**');
    await settled(mira);
    await mira.getByText('Does more rank keep the fine lines?', { exact: false }).first().waitFor();
    const rank = mira.getByRole('row', { name: /^Rank/ });
    await rank.waitFor();
    expect(await mira.getByRole('row', { name: /^Batch size/ }).count()).toBe(0);
    await mira.getByRole('button', { name: 'Next difference' }).click();
    expect(await mira.evaluate(() => document.activeElement?.textContent)).toContain('Rank');
    const before = await rank.innerText();
    await mira
      .getByRole('button', { name: /^Set .* as baseline$/ })
      .first()
      .click();
    await mira.waitForURL(/base=/);
    expect(await rank.innerText()).not.toBe(before);
    await mira.getByRole('img', { name: /^A line for each task/ }).waitFor();
    await mira.getByText('best').first().waitFor();
    await screenshot(mira, 'compare');
  });

  it('sees in an open comparison how a waiting task goes through to its end, curve and all, though nobody touches the page', async () => {
    const { taskId, trainer } = await playRun(team.member, { ends: 'pending', task: { name: 'harbour at dawn' } });
    await open(mira, `/compare?ids=${runs.base}&ids=${taskId}`);
    await mira.getByText('Waiting', { exact: true }).first().waitFor();
    await trainer.post(`/train-tasks/${taskId}/start`, { host: 'gpu-1', totalSteps: 50 });
    await trainer.post(`/train-tasks/${taskId}/progress`, {
      points: Array.from({ length: 50 }, (_one, step) => ({ key: 'loss', step: step + 1, value: 0.2 / (step + 1) })),
    });
    await trainer.post(`/train-tasks/${taskId}/finish`, { output: 'output/dawn.safetensors' });
    await mira.getByRole('application', { name: /^loss over one another: .*harbour at dawn/ }).waitFor();
    await mira.getByText('Waiting', { exact: true }).waitFor({ state: 'detached' });
    await screenshot(mira, 'compare-followed');
  });

  it('passes a comparison on: who may not see the tasks is told so, and sees it once they are shared', async () => {
    const link = `/compare?ids=${runs.base}&ids=${runs.clone}`;
    const other = await openBrowser();
    try {
      const jonas = await other.newPage();
      await signInOnPage(jonas, product.url, COLLEAGUE);
      await jonas.goto(product.url + link);
      await jonas.getByText('2 of these tasks do not exist or are not shared with you', { exact: false }).waitFor();
      expect(await jonas.locator('body').innerText()).not.toContain('woodcut');
      for (const taskId of [runs.base, runs.clone])
        await team.member.call('PUT', `/train-tasks/${taskId}/shares`, { everyone: true, usernames: [] });
      await jonas.goto(product.url + link);
      await jonas.getByText('harbour woodcut, rank doubled').first().waitFor();
      await jonas.getByRole('application', { name: /^loss over one another/ }).waitFor();
    } finally {
      await other.close();
    }
  });

  it('meets no accessibility violation, light or dark', async () => {
    const found: Record<string, string[]> = {};
    for (const colorScheme of ['light', 'dark'] as const) {
      await mira.emulateMedia({ colorScheme });
      for (const path of [`/tasks/${runs.clone}`, `/tasks/${runs.failed}`, `/compare?ids=${runs.base}&ids=${runs.clone}`]) {
        await open(mira, path);
        const violated = await violations(mira);
        if (violated.length > 0) found[`${colorScheme} ${path}`] = violated;
      }
    }
    expect(found).toEqual({});
  });

  it('sees no error in the console on the way', () => {
    expect(complaints).toEqual([]);
  });
});

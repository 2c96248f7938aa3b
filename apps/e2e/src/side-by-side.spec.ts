import { execFileSync } from 'node:child_process';
import type { BrowserContext, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot } from './support/browser.js';
import { namesOf } from './support/list.js';
import { signInOnPage } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { ADMIN, COLLEAGUE, hireTeam, MEMBER, playRun, TEAM_ENV, type Team } from './support/team.js';

describe('a member, a colleague and an admin, each in a browser of their own', () => {
  let product: Product;
  let team: Team;
  let taskId: string;
  const contexts: BrowserContext[] = [];
  const complaints: string[][] = [];
  let mira: Page;
  let jonas: Page;
  let grace: Page;

  const seat = async (who: { username: string; password: string }): Promise<Page> => {
    const context = await openBrowser();
    contexts.push(context);
    const page = await context.newPage();
    await signInOnPage(page, product.url, who);
    complaints.push(complaintsOf(page));
    return page;
  };

  beforeAll(async () => {
    product = await startProduct(TEAM_ENV);
    team = await hireTeam(product.url);
    await playRun(team.colleague, { ends: 'succeeded', task: { name: 'lighthouse at noon' } });
    ({ taskId } = await playRun(team.member, { ends: 'succeeded', task: { name: 'harbour woodcut', loraRank: 24 } }));
    [mira, jonas, grace] = [await seat(MEMBER), await seat(COLLEAGUE), await seat(ADMIN)];
  });
  afterAll(async () => {
    for (const context of contexts) await context.close();
    await product?.stop();
  });

  it('a member sees their own tasks, no administration, and the same words for a page that is not theirs as for one that does not exist', async () => {
    await mira.getByText('harbour woodcut').first().waitFor();
    expect(await mira.getByText('lighthouse at noon').count()).toBe(0);
    expect(await mira.getByRole('columnheader', { name: 'Owner' }).count()).toBe(0);
    expect(await mira.getByText('Administration').count()).toBe(0);
    for (const path of ['/admin/users', '/admin/audit-log', '/admin/queue', '/nowhere']) {
      await mira.goto(product.url + path);
      await mira.getByRole('heading', { name: 'There is nothing here' }).waitFor();
      await mira.getByRole('link', { name: 'Back to tasks' }).waitFor();
    }
    await jonas.goto(`${product.url}/tasks/${taskId}`);
    await jonas.getByRole('heading', { name: 'There is nothing here' }).waitFor();
  });

  it("the admin sees everybody's with their owners, and one person's by a filter", async () => {
    await grace.getByRole('columnheader', { name: 'Owner' }).waitFor();
    await grace.getByText('lighthouse at noon').first().waitFor();
    await grace.goto(`${product.url}/tasks?user=${MEMBER.username}`);
    await grace.getByText('harbour woodcut').first().waitFor();
    expect(await grace.getByText('lighthouse at noon').count()).toBe(0);
    await grace
      .getByText(new RegExp(`Owner.*${MEMBER.username}`))
      .first()
      .waitFor();
    await grace.goto(`${product.url}/tasks/${taskId}`);
    await grace.getByRole('heading', { name: 'harbour woodcut' }).waitFor();
  });

  it("the fingerprint leads the admin to everybody's tasks of the same experiment, from the task and from its clone, and a member to those they may see", async () => {
    const { taskId: twin } = await playRun(team.colleague, { ends: 'succeeded', task: { name: 'the same by jonas', loraRank: 24 } });
    const { taskId: mine } = await playRun(team.admin, { ends: 'pending', task: { name: 'the same by grace', loraRank: 24 } });
    const follow = async (page: Page, names: readonly string[]): Promise<void> => {
      await page.waitForURL(/\/tasks\?.*fingerprint=/);
      await page.getByText('Same experiment', { exact: false }).first().waitFor();
      for (const name of names) await page.getByRole('link', { name, exact: true }).waitFor();
      expect((await namesOf(page)).sort()).toEqual([...names].sort());
    };
    await grace.goto(`${product.url}/tasks/${mine}`);
    await grace.getByText('Fingerprint').getByRole('link').click();
    await follow(grace, ['harbour woodcut', 'the same by grace', 'the same by jonas']);
    await grace.goto(`${product.url}/tasks/${mine}/clone`);
    const same = grace.getByRole('status').filter({ hasText: 'the same by jonas' });
    await same.getByRole('link', { name: 'harbour woodcut' }).waitFor();
    await jonas.goto(`${product.url}/tasks/${twin}`);
    await jonas.getByText('Fingerprint').getByRole('link').click();
    await follow(jonas, ['the same by jonas']);
    for (const [owner, task] of [
      [team.colleague, twin],
      [team.admin, mine],
    ] as const)
      await owner.call('DELETE', `/train-tasks/${task}`);
  });

  it('the member shares one task with a colleague by part of their name', async () => {
    await mira.goto(`${product.url}/tasks/${taskId}`);
    await mira.getByRole('button', { name: 'Share' }).click();
    await mira.getByRole('textbox', { name: 'People' }).or(mira.getByLabel('People')).first().fill('jon');
    await mira.getByRole('option', { name: /jonas/ }).click();
    await mira.getByText('One person beside the owner and admins can read this task.').waitFor();
    await screenshot(mira, 'share-dialog');
    await mira.getByRole('button', { name: 'Save' }).click();
    await mira.getByText('Sharing saved').first().waitFor();
  });

  it('the colleague finds it under "Shared with me", sees whose it is, may not change it, and clones it', async () => {
    await jonas.goto(`${product.url}/tasks`);
    await jonas.getByText('lighthouse at noon').first().waitFor();
    expect(await jonas.getByText('harbour woodcut').count()).toBe(0);
    await jonas.getByText('Shared with me', { exact: true }).click();
    await jonas.getByRole('link', { name: 'harbour woodcut' }).click();
    await jonas.getByText(`Shared by ${MEMBER.username}`).waitFor();
    await screenshot(jonas, 'task-shared-with-me');
    for (const action of ['Share', 'Move to trash', 'Retry'])
      expect(await jonas.getByRole('button', { name: action, exact: true }).count()).toBe(0);
    await jonas.getByRole('link', { name: 'Clone' }).click();
    await jonas.waitForURL('**/clone');
    await jonas.getByRole('textbox', { name: /^Rank/ }).fill('48');
    await jonas.getByRole('button', { name: 'Start clone' }).click();
    await jonas.waitForURL((url) => /\/tasks\/[0-9a-f-]{36}$/.test(url.pathname) && !url.pathname.includes(taskId));
    await jonas.getByRole('button', { name: 'Share', exact: true }).waitFor();
    const clone = jonas.url().split('/').at(-1) ?? '';
    await mira.goto(`${product.url}/tasks/${clone}`);
    await mira.getByRole('heading', { name: 'There is nothing here' }).waitFor();
  });

  it("when sharing is taken back the colleague's open page says that there is nothing, with a way out", async () => {
    await jonas.goto(`${product.url}/tasks/${taskId}`);
    await jonas.getByText(`Shared by ${MEMBER.username}`).waitFor();
    await mira.goto(`${product.url}/tasks/${taskId}`);
    await mira.getByRole('button', { name: 'Share' }).click();
    await mira.getByRole('button', { name: 'Stop sharing' }).click();
    await mira.getByText('Not shared any more').first().waitFor();
    await jonas.reload();
    await jonas.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    await jonas.getByRole('link', { name: 'Back to tasks' }).click();
    await jonas.waitForURL('**/tasks');
  });

  it("the audit log tells the admin who shared what, and of the admin's own look", async () => {
    await grace.goto(`${product.url}/admin/audit-log?subject=${taskId}`);
    await grace.getByText('Sharing changed').first().waitFor();
    await grace.getByText('Task of somebody else viewed').first().waitFor();
    await screenshot(grace, 'audit-log-of-a-task');
    await grace.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([grace.waitForEvent('download'), grace.getByRole('menuitem', { name: 'As CSV' }).click()]);
    expect(download.suggestedFilename()).toBe('audit-log.csv');
  });

  it('a new token is shown once, with a command and a script that work as they are pasted', async () => {
    await mira.goto(`${product.url}/account/tokens`);
    await mira.getByRole('button', { name: 'New token' }).first().click();
    await mira.getByLabel('Name').fill('notebook');
    await mira.getByRole('button', { name: 'Create token' }).click();
    await mira.getByText('This is the only time the token is shown.').waitFor();
    await screenshot(mira, 'token-once');
    const secret = await mira.getByLabel('Token “notebook”').inputValue();
    const snippet = async (): Promise<string> =>
      (await mira.getByRole('dialog').locator('pre, code').filter({ visible: true }).first().textContent()) ?? '';
    const answer = JSON.parse(execFileSync('bash', ['-c', await snippet()], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })) as {
      items: { name: string }[];
    };
    expect(answer.items.map(({ name }) => name)).toEqual(['harbour woodcut']);
    await mira.getByRole('tab', { name: 'Python' }).click();
    expect(execFileSync('python3', ['-c', await snippet()], { encoding: 'utf8' })).toMatch(/^SUCCESS 0\.\d+ harbour woodcut\n$/);
    await mira.getByRole('button', { name: 'I have copied it' }).click();
    await mira.getByText(secret.slice(0, 10)).first().waitFor();
    expect(await mira.content()).not.toContain(secret);
    await mira.reload();
    await mira.getByText('notebook').first().waitFor();
    expect(await mira.content()).not.toContain(secret);
  });

  it('a new password signs every other session out', async () => {
    const elsewhere = await seat(MEMBER);
    await mira.goto(`${product.url}/account`);
    await mira.getByLabel('Present password').fill(MEMBER.password);
    await mira.locator('input[autocomplete="new-password"]').fill('quite another long secret');
    await mira.getByRole('button', { name: 'Change password' }).click();
    await mira.getByText('Password changed. Other sessions have ended.').first().waitFor();
    await elsewhere.waitForURL('**/sign-in*', { timeout: 15_000 });
    await mira.goto(`${product.url}/account/sessions`);
    await mira.getByText('This browser').first().waitFor();
    expect(await mira.getByRole('button', { name: 'End', exact: true }).count()).toBe(0);
  });

  it('somebody who is disabled is thrown out within seconds, without touching anything', async () => {
    await jonas.goto(`${product.url}/tasks`);
    await jonas.getByText('lighthouse at noon').first().waitFor();
    await grace.goto(`${product.url}/admin/users`);
    await grace.waitForLoadState('networkidle');
    await grace.getByRole('button', { name: /Actions for jonas/ }).click();
    await grace.getByRole('menuitem', { name: 'Disable' }).click();
    await screenshot(grace, 'user-disable');
    await grace.getByRole('button', { name: 'Disable', exact: true }).click();
    const began = Date.now();
    await jonas.waitForURL('**/sign-in*', { timeout: 15_000 });
    expect(Date.now() - began).toBeLessThan(10_000);
    await jonas.locator('input[autocomplete="username"]').fill(COLLEAGUE.username);
    await jonas.locator('input[type="password"]').fill(COLLEAGUE.password);
    await jonas.locator('button[type="submit"]').click();
    await jonas.getByRole('alert').first().waitFor();
    await screenshot(jonas, 'sign-in-disabled');
  });

  it('and no page complained on the way', () => {
    expect(complaints.flat()).toEqual([]);
  });
});

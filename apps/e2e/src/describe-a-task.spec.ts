import type { BrowserContext, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot, violations } from './support/browser.js';
import { flaws, settled, signInOnPage, SIZES } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { COLLEAGUE, hireTeam, MEMBER, playRun, TEAM_ENV, type Team } from './support/team.js';

const LONG =
  'a portrait of the harbour at dusk, seen from the northern pier with a very long lens and_without_any_place_to_break_the_line_in_between_so_that_it_has_to_be_broken_somewhere';

describe('somebody who puts into words what a training was', () => {
  let product: Product;
  let team: Team;
  let context: BrowserContext;
  let mira: Page;
  let complaints: string[];
  let taskId: string;
  const pencil = () => mira.getByRole('button', { name: 'Rename' });
  const nameField = () => mira.getByRole('textbox', { name: 'Name of the task' });
  const description = () => mira.getByRole('textbox', { name: 'Description' });
  const tagField = () => mira.getByRole('combobox', { name: 'Tags of the task' });
  const tags = async () => (await team.member.get<{ tags: string[] }>(`/train-tasks/${taskId}`)).tags;
  const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  const focused = () =>
    mira.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');
  const open = async (page: Page): Promise<void> => {
    await page.goto(`${product.url}/tasks/${taskId}`);
    await settled(page);
  };

  beforeAll(async () => {
    product = await startProduct(TEAM_ENV);
    team = await hireTeam(product.url);
    ({ taskId } = await playRun(team.member, { ends: 'succeeded', task: { name: 'harbour' } }));
    await playRun(team.member, { ends: 'succeeded', task: { name: 'beach', tags: ['seaside'] } });
    await team.member.call('PUT', `/train-tasks/${taskId}/shares`, { everyone: true, usernames: [] });
    context = await openBrowser();
    mira = await context.newPage();
    mira.setDefaultTimeout(15_000);
    await signInOnPage(mira, product.url, MEMBER);
    complaints = complaintsOf(mira);
    await open(mira);
  });
  afterAll(async () => {
    await context?.close();
    await product?.stop();
  });

  it('renames it with Enter, and whoever looks at it sees the new name and no pencil of their own', async () => {
    const other = await openBrowser();
    try {
      const jonas = await other.newPage();
      await signInOnPage(jonas, product.url, COLLEAGUE);
      await open(jonas);
      expect(await jonas.getByRole('button', { name: /Rename|description|tags/ }).count()).toBe(0);
      await pencil().click();
      await nameField().fill('harbour at dusk');
      await screenshot(mira, 'rename');
      expect(await violations(mira)).toEqual([]);
      await nameField().press('Enter');
      await heading(mira, 'harbour at dusk').waitFor();
      expect(await focused()).toBe('Rename');
      await heading(jonas, 'harbour at dusk').waitFor();
      await jonas.getByText('Edited', { exact: true }).waitFor();
      expect(await mira.title()).toContain('harbour at dusk');
    } finally {
      await other.close();
    }
  });

  it('takes the new name back', async () => {
    await mira.getByRole('button', { name: 'Undo' }).click();
    await heading(mira, 'harbour').waitFor();
  });

  it('gives up with Escape, and can call back what was typed', async () => {
    await pencil().click();
    await nameField().fill('quay');
    await nameField().press('Escape');
    await heading(mira, 'harbour').waitFor();
    await mira.getByText('The name stays as it was').waitFor();
    await mira.getByRole('button', { name: 'Undo' }).last().click();
    expect(await nameField().inputValue()).toBe('quay');
    await nameField().fill('  ');
    await nameField().press('Enter');
    await mira.getByText('A task needs a name').waitFor();
    await nameField().press('Escape');
  });

  it('begins from the command palette', async () => {
    await mira.keyboard.press('Control+k');
    await mira.getByRole('combobox', { name: /A page, a command/ }).fill('rename');
    await mira.getByRole('option', { name: 'Rename', exact: true }).waitFor();
    await mira.keyboard.press('Enter');
    await nameField().waitFor();
    await mira.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Name of the task');
    await mira.getByRole('dialog', { name: 'Command palette' }).waitFor({ state: 'hidden' });
  });

  it('is not offered to begin again while they type, which would take away what they have typed', async () => {
    await nameField().fill('half a na');
    await mira.keyboard.press('Control+k');
    await mira.getByRole('combobox', { name: /A page, a command/ }).fill('rename');
    await mira.getByText('Nothing is called “rename”').waitFor();
    await mira.keyboard.press('Escape');
    await mira.getByRole('dialog', { name: 'Command palette' }).waitFor({ state: 'hidden' });
    expect(await nameField().inputValue()).toBe('half a na');
    await nameField().press('Escape');
    await heading(mira, 'harbour').waitFor();
  });

  it('is invited to describe it, and finds the text again after a reload', async () => {
    await mira.getByRole('main').getByRole('button', { name: 'Add a description' }).click();
    await description().fill('First try with captions by hand.\n\nThe water is too smooth.');
    await mira.reload();
    expect(await description().inputValue()).toContain('The water is too smooth.');
    await screenshot(mira, 'describe');
    expect(await violations(mira)).toEqual([]);
    await description().press('Control+Enter');
    await mira.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Edit the description');
    await mira.getByText('Description saved').waitFor();
    await mira.getByText('First try with captions by hand.').waitFor();
    expect((await team.member.get<{ description: string }>(`/train-tasks/${taskId}`)).description).toContain('The water is too smooth.');
  });

  it('is told when an admin has changed it meanwhile, and decides which text stays', async () => {
    await mira.getByRole('main').getByRole('button', { name: 'Edit the description' }).click();
    await description().fill('Mine: the water is fine.');
    await team.admin.call('PATCH', `/train-tasks/${taskId}`, { description: 'Theirs: see the second run.' });
    await mira.getByText('Somebody has changed it meanwhile to:').waitFor();
    await mira.getByText('Theirs: see the second run.').waitFor();
    await screenshot(mira, 'described-meanwhile');
    expect(await violations(mira)).toEqual([]);
    await mira.getByRole('button', { name: 'Save mine instead' }).click();
    await mira.getByText('Mine: the water is fine.').waitFor();
  });

  it('loses nothing when saving fails', async () => {
    await mira.getByRole('main').getByRole('button', { name: 'Edit the description' }).click();
    await description().fill('Written in a tunnel.');
    await context.setOffline(true);
    await description().press('Control+Enter');
    await mira.getByText('What you have typed is kept: try again.', { exact: false }).waitFor();
    await context.setOffline(false);
    await description().press('Control+Enter');
    await mira.getByText('Written in a tunnel.').waitFor();
    await mira.getByRole('button', { name: 'Edit the description' }).waitFor();
  });

  it('adds a tag that is in use and one of their own, and takes them away with one click or a key', async () => {
    await mira.getByRole('main').getByRole('button', { name: 'Add tags' }).click();
    await mira.getByRole('option', { name: 'seaside' }).waitFor();
    await screenshot(mira, 'tags-offered');
    expect(await violations(mira)).toEqual([]);
    await tagField().fill('sea');
    await tagField().press('ArrowDown');
    await tagField().press('Enter');
    await mira.getByRole('button', { name: 'Remove the tag seaside' }).waitFor();
    for (const tag of ['dusk', 'typo', 'oops']) {
      await tagField().fill(tag);
      await tagField().press('Enter');
    }
    await mira.getByRole('button', { name: 'Remove the tag typo' }).click();
    expect(await focused()).toBe('Tags of the task');
    await tagField().press('Backspace');
    await screenshot(mira, 'tags');
    await tagField().press('Enter');
    await mira.getByText('Tags saved').waitFor();
    await mira.getByRole('button', { name: 'Edit the tags' }).waitFor();
    expect(await focused()).toBe('Edit the tags');
    expect(await tags()).toEqual(['seaside', 'dusk']);
  });

  it('takes the tags back, and begins again from the command palette', async () => {
    await mira.getByRole('alert').filter({ hasText: 'Tags saved' }).getByRole('button', { name: 'Undo' }).click();
    await mira.getByRole('main').getByRole('button', { name: 'Add tags' }).waitFor();
    expect(await tags()).toEqual([]);
    await mira.keyboard.press('Control+k');
    await mira.getByRole('combobox', { name: /A page, a command/ }).fill('tags');
    await mira.getByRole('option', { name: 'Add tags', exact: true }).waitFor();
    await mira.keyboard.press('Enter');
    await tagField().waitFor();
    await mira.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Tags of the task');
    await mira.getByRole('dialog', { name: 'Command palette' }).waitFor({ state: 'hidden' });
  });

  it('keeps the tags that could not be saved, and what an admin has added meanwhile', async () => {
    await tagField().fill('night');
    await tagField().press('Enter');
    await context.setOffline(true);
    await tagField().press('Enter');
    await mira.getByText('What you have typed is kept: try again.', { exact: false }).waitFor();
    await context.setOffline(false);
    await team.admin.call('PATCH', `/train-tasks/${taskId}`, { tags: ['reviewed'] });
    await mira.getByText('Somebody has changed it meanwhile to:').waitFor();
    await mira.getByText('reviewed', { exact: true }).waitFor();
    await tagField().fill('reviewed');
    await tagField().press('Enter');
    await mira.getByRole('button', { name: 'Save mine instead' }).click();
    await mira.getByRole('button', { name: 'Edit the tags' }).waitFor();
    expect(await tags()).toEqual(['night', 'reviewed']);
  });

  it('sees long names and texts whole, in Chinese, in the dark and on a phone', async () => {
    await team.member.call('PATCH', `/train-tasks/${taskId}`, { name: LONG, description: 'Written in a tunnel.' });
    await mira.evaluate(() => localStorage.setItem('lora-ledger.language', 'zh'));
    await mira.emulateMedia({ colorScheme: 'dark' });
    await open(mira);
    await screenshot(mira, 'long-name-zh-dark');
    await mira.setViewportSize(SIZES.phone);
    await mira.getByRole('button', { name: '重命名' }).click();
    await screenshot(mira, 'rename-zh-phone');
    await mira.getByRole('button', { name: '编辑标签' }).click();
    await screenshot(mira, 'tags-zh-phone');
    expect([await violations(mira), await flaws(mira)]).toEqual([[], []]);
  });

  it('sees no error in the console on the way', () => {
    expect(complaints.filter((complaint) => !/ERR_INTERNET_DISCONNECTED/.test(complaint))).toEqual([]);
  });
});

import type { BrowserContext, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot } from './support/browser.js';
import { keysOn } from './support/keys.js';
import { waitForNames } from './support/list.js';
import { signInOnPage } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { COLLEAGUE, hireTeam, MEMBER, playRun, TEAM_ENV, type Team } from './support/team.js';

describe('somebody without a mouse who looks closer', () => {
  let product: Product;
  let team: Team;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  let taskId: string;
  const { press, type, tabTo, tabBackTo, broughtTo } = keysOn(() => page);
  const button = (name: string) => page.getByRole('main').getByRole('button', { name, exact: true });
  const heading = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  const dialog = () => page.getByRole('dialog', { name: /^Share/ });
  const people = () =>
    dialog()
      .getByRole('combobox', { name: 'People' })
      .or(dialog().getByRole('textbox', { name: 'People' }));
  const shared = async () =>
    (await team.member.get<{ people: { username: string }[] }>(`/train-tasks/${taskId}/shares`)).people.map(({ username }) => username);

  beforeAll(async () => {
    product = await startProduct(TEAM_ENV);
    team = await hireTeam(product.url);
    ({ taskId } = await playRun(team.member, { ends: 'succeeded', steps: 20, task: { name: 'harbour', loraRank: 8 } }));
    await playRun(team.member, { ends: 'succeeded', steps: 20, task: { name: 'beach', learningRate: 3e-4, epochs: 12 } });
    context = await openBrowser();
    page = await context.newPage();
    page.setDefaultTimeout(8_000);
    complaints = complaintsOf(page);
    await signInOnPage(page, product.url, MEMBER);
    await waitForNames(page, ['beach', 'harbour']);
  });
  afterAll(async () => {
    await context?.close();
    await product?.stop();
  });

  it('opens a task, and begins to read at its top', async () => {
    await press('j', 'j', 'Enter');
    await heading('harbour').waitFor();
    await broughtTo(page.getByRole('main'));
    await screenshot(page, 'page-by-keys');
  });

  it('renames it, describes it and tags it, and is back at the button each time', async () => {
    await tabTo(button('Rename'));
    await press('Enter');
    await broughtTo(page.getByRole('textbox', { name: 'Name of the task' }));
    await press('Control+a');
    await type('harbour at dusk');
    await press('Enter');
    await heading('harbour at dusk').waitFor();
    await broughtTo(button('Rename'));
    await tabTo(button('Add tags'));
    await press('Enter');
    await broughtTo(page.getByRole('combobox', { name: 'Tags of the task' }));
    await type('dusk');
    await press('Enter', 'Enter');
    await broughtTo(button('Edit the tags'));
    await tabTo(button('Add a description'));
    await press('Enter');
    await broughtTo(page.getByRole('textbox', { name: 'Description' }));
    await type('The water is too smooth.');
    await press('Control+Enter');
    await broughtTo(button('Edit the description'));
    await press('Control+z');
    await broughtTo(button('Add a description'));
  });

  it('shares it with somebody, and with nobody again', async () => {
    await tabBackTo(button('Share'));
    await press('Enter');
    await broughtTo(people());
    await type(COLLEAGUE.username);
    await page.getByRole('option', { name: COLLEAGUE.username }).waitFor();
    await press('ArrowDown', 'Enter');
    await dialog().getByText('One person beside the owner and admins can read this task.').waitFor();
    await tabTo(dialog().getByRole('button', { name: 'Save' }));
    await press('Enter');
    await broughtTo(button('Share'));
    expect(await shared()).toEqual([COLLEAGUE.username]);
    await press('Enter');
    await broughtTo(people());
    await dialog().getByText(COLLEAGUE.username).first().waitFor();
    await press('Backspace');
    await dialog().getByText('Only the owner and admins can see this task.').waitFor();
    await tabTo(dialog().getByRole('button', { name: 'Save' }));
    await press('Enter');
    await broughtTo(button('Share'));
    expect(await shared()).toEqual([]);
  });

  it('searches its log from match to match, and reads on in it', async () => {
    await tabTo(page.getByRole('searchbox', { name: 'Find in the whole log' }));
    await type('sav');
    await press('Enter');
    await page.getByText('1 of 2', { exact: false }).waitFor();
    await tabTo(button('Next match'));
    await press('Enter');
    await page.getByText('2 of 2', { exact: false }).waitFor();
    await broughtTo(button('Next match'));
    await tabTo(page.getByRole('log'));
    await screenshot(page, 'log-by-keys');
  });

  it('goes from part to part of it', async () => {
    await page.setViewportSize({ width: 720, height: 800 });
    const parts = page.getByRole('navigation', { name: 'Parts of this page' });
    await tabBackTo(parts.getByRole('link', { name: 'Log' }));
    await press('Enter');
    await page.waitForURL('**#log');
    await press('Tab');
    await broughtTo(page.getByRole('searchbox', { name: 'Find in the whole log' }));
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('compares it with another one: from difference to difference, and from the other side', async () => {
    await tabBackTo(page.getByRole('main').getByRole('link', { name: 'Tasks' }));
    await press('Enter');
    await waitForNames(page, ['beach', 'harbour at dusk']);
    await broughtTo(page.getByRole('main'));
    await press('j', 'x', 'j', 'x', 'v');
    await page.waitForURL('**/compare?**');
    const frame = page.getByRole('group', { name: 'Parameters and results' });
    await frame.waitFor();
    await broughtTo(page.getByRole('main'));
    await tabTo(button('Next difference'));
    await press('Enter');
    await broughtTo(page.getByRole('row', { name: /^Rank/ }));
    await tabBackTo(button('Next difference'));
    await press('Enter');
    await broughtTo(page.getByRole('row', { name: /^Learning rate/ }));
    await tabBackTo(button('Previous difference'));
    await press('Enter');
    await broughtTo(page.getByRole('row', { name: /^Rank/ }));
    await screenshot(page, 'difference-by-keys');
    const other = page.getByRole('button', { name: /^Set .* as baseline$/ });
    const name = (await other.getAttribute('aria-label')) ?? '';
    await tabBackTo(other);
    await press('Enter');
    await page.waitForURL(/base=/);
    await page.getByRole('button', { name, exact: true }).waitFor({ state: 'detached' });
    await page.waitForFunction(() => document.activeElement?.closest('th') !== null);
  });

  it('adds and looks up nothing it does not want: the list of tasks to add closes with Escape', async () => {
    const add = page.getByRole('combobox', { name: 'Add a task' }).or(page.getByRole('textbox', { name: 'Add a task' }));
    await tabBackTo(add);
    await press('ArrowDown');
    await page.getByText('No other task has such a name.').waitFor();
    await press('Escape');
    await page.getByText('No other task has such a name.').waitFor({ state: 'hidden' });
    await broughtTo(add);
  });

  it('reads what the keys do, and is back where it was', async () => {
    const only = page.getByRole('switch', { name: 'Only differences' });
    await tabTo(only);
    await press('Shift+?');
    await page.getByRole('dialog', { name: 'Keyboard' }).getByText('Undo what the last message tells of').waitFor();
    await press('Escape');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor({ state: 'detached' });
    await broughtTo(only);
  });

  it('meets no error on the way', () => {
    expect(complaints).toEqual([]);
  });
});

import type { BrowserContext, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot } from './support/browser.js';
import { keysOn } from './support/keys.js';
import { waitForNames } from './support/list.js';
import { startProduct, type Product } from './support/product.js';
import { hireTeam, MEMBER, playRun, TEAM_ENV } from './support/team.js';

const ALL = ['fourth wall', 'third rail', 'second sight', 'first light'];

describe('somebody without a mouse who looks for tasks', () => {
  let product: Product;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  const { press, type, tabTo, tabBackTo, arrowTo, broughtTo } = keysOn(() => page);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  /** In what has opened below a button. */
  const choice = (name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true });
  const closed = () => page.getByRole('dialog').waitFor({ state: 'detached' });
  const item = (name: string) => page.getByRole('menuitem', { name, exact: true });
  const views = () => button('Views');
  const openViews = async (): Promise<void> => {
    await press('Enter');
    await item('Save this view').waitFor();
  };

  beforeAll(async () => {
    product = await startProduct(TEAM_ENV);
    const { member } = await hireTeam(product.url);
    await playRun(member, { ends: 'succeeded', task: { name: 'first light', modelName: 'flux.1-dev', loraRank: 8 } });
    await playRun(member, { ends: 'failed', task: { name: 'second sight', modelName: 'flux.1-dev', loraRank: 16 } });
    await playRun(member, { ends: 'succeeded', task: { name: 'third rail', loraRank: 32 } });
    await playRun(member, { ends: 'failed', task: { name: 'fourth wall', loraRank: 32 } });
    context = await openBrowser();
    page = await context.newPage();
    page.setDefaultTimeout(8_000);
    complaints = complaintsOf(page);
  });
  afterAll(async () => {
    await context?.close();
    await product?.stop();
  });

  it('signs in', async () => {
    await page.goto(product.url);
    await tabTo(page.locator('input[autocomplete="username"]'));
    await type(MEMBER.username);
    await tabTo(page.locator('input[type="password"]'));
    await type(MEMBER.password);
    await press('Enter');
    await waitForNames(page, ALL);
  });

  it('sees only what has failed, and is back at the button when the choice is made', async () => {
    await tabTo(button('Any status'));
    await press('Enter');
    await tabTo(page.getByRole('checkbox', { name: 'Failed' }));
    await press('Space');
    await waitForNames(page, ['fourth wall', 'second sight']);
    await press('Escape');
    await broughtTo(button('Failed'));
  });

  it('asks for a model, typing where the field waits for it', async () => {
    await tabTo(button('Add filter'));
    await press('Enter');
    await tabTo(choice('Model'));
    await press('Enter');
    await broughtTo(page.getByRole('textbox', { name: 'Find or type a value' }));
    await type('flux');
    await page.getByRole('checkbox', { name: 'flux.1-dev' }).waitFor();
    await press('Enter');
    await waitForNames(page, ['second sight']);
    await press('Escape');
    await closed();
    await broughtTo(button('Add filter'));
  });

  it('asks for a range of ranks', async () => {
    await press('Enter');
    await tabTo(choice('Rank'));
    await press('Enter');
    await broughtTo(page.getByRole('textbox', { name: 'From' }));
    await type('20');
    await press('Enter');
    await broughtTo(button('Add filter'));
    await page.getByText('No task matches these filters').waitFor();
  });

  it('takes filters away one by one, then all, and does not lose their place', async () => {
    await tabTo(button('Remove filter Status: Failed'));
    await press('Enter');
    await broughtTo(button('Remove filter Model: flux.1-dev'));
    await screenshot(page, 'chip-focused');
    await press('Enter');
    await broughtTo(button('Remove filter Rank ≥ 20'));
    await waitForNames(page, ['fourth wall', 'third rail']);
    await tabTo(button('Clear all'));
    await press('Enter');
    await broughtTo(page.getByRole('searchbox', { name: 'Search tasks' }));
    await waitForNames(page, ALL);
  });

  it('asks for the last days, and for days of the month before in the calendar', async () => {
    await tabTo(button('Any time'));
    await press('Enter');
    await tabTo(choice('Last 7 days'));
    await press('Enter');
    await closed();
    await broughtTo(button('Last 7 days'));
    await waitForNames(page, ALL);
    await press('Enter');
    await tabTo(choice('Previous month'));
    await press('Enter');
    await tabTo(choice('Next month'));
    await press('Tab', 'Enter');
    await page.locator('button[data-first-in-range], button[data-selected]').first().waitFor();
    await press('ArrowDown');
    await screenshot(page, 'calendar-by-keys');
    await press('Enter');
    await page.getByText('No task matches these filters').waitFor();
    await broughtTo(page.getByRole('search').getByRole('button', { name: /^\w+ \d+ – / }));
    await tabTo(button('Clear all filters'));
    await press('Enter');
    await waitForNames(page, ALL);
    await broughtTo(page.getByRole('region', { name: 'Tasks' }));
  });

  it('gives the list a name', async () => {
    await press('/');
    await type('light');
    await waitForNames(page, ['first light']);
    await tabTo(views());
    await openViews();
    await arrowTo(item('Save this view'));
    await press('Enter');
    await broughtTo(page.getByRole('textbox', { name: 'Name' }));
    await type('Lights');
    await press('Enter');
    await page.getByText('View “Lights” saved').waitFor();
    await broughtTo(views());
  });

  it('opens it by its name', async () => {
    await press('/', 'Control+a', 'Delete');
    await waitForNames(page, ALL);
    await tabTo(views());
    await openViews();
    await arrowTo(item('Lights'));
    await press('Enter');
    await waitForNames(page, ['first light']);
    await broughtTo(views());
  });

  it('calls it something else', async () => {
    await openViews();
    await arrowTo(item('Change view Lights'));
    await press('Enter');
    await broughtTo(page.getByRole('textbox', { name: 'Name' }));
    await press('Control+a');
    await type('Lamps');
    await press('Enter');
    await page.getByText('View “Lamps” saved').waitFor();
    await broughtTo(views());
  });

  it('deletes it, and takes that back without having to find the button', async () => {
    await openViews();
    await arrowTo(item('Delete view Lamps'));
    await press('Enter');
    await page.getByText('View “Lamps” deleted').waitFor();
    await item('Lamps').waitFor({ state: 'detached' });
    await broughtTo(item('Save this view'));
    await press('Control+z');
    await item('Lamps').waitFor();
    await press('Escape');
    await broughtTo(views());
  });

  it('gets back to where Tab has come from', async () => {
    await tabBackTo(page.getByRole('searchbox', { name: 'Search tasks' }));
  });

  it('meets no error on the way', () => {
    expect(complaints).toEqual([]);
  });
});

import type { BrowserContext, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot, violations } from './support/browser.js';
import { keysOn } from './support/keys.js';
import { rowOf, waitForNames } from './support/list.js';
import { settled, signInOnPage } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { hireTeam, MEMBER, playRun, TEAM_ENV, type RunTask } from './support/team.js';

describe('a person who leaves the mouse alone', () => {
  let product: Product;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  const runs: RunTask[] = [];
  const { press, tabTo, tabBackTo } = keysOn(() => page);
  const tick = async (name: string): Promise<void> => {
    await tabTo(rowOf(page, name).getByRole('checkbox'));
    await press('Space');
  };
  const tickAll = async (): Promise<void> => {
    await tabTo(page.getByRole('checkbox', { name: 'Select all loaded rows' }));
    await press('Space');
  };
  /** Leaves the list for good before it comes back: pages are loaded when they are gone to. */
  const wentTo = async (path: string): Promise<void> => {
    await page.waitForURL(`**${path}`);
    await page.locator('tr[data-row]').first().waitFor({ state: 'detached' });
    await page.getByRole('heading').first().waitFor();
  };
  const callPalette = async (text: string): Promise<void> => {
    await press('Control+k');
    await page.waitForFunction(
      () => document.activeElement?.closest('[role="dialog"]') !== null && document.activeElement?.tagName === 'INPUT',
    );
    await page.keyboard.type(text);
    await page.locator('[data-action][data-selected]').waitFor();
  };
  const activeName = () => page.locator('tr[data-active] a').innerText();

  beforeAll(async () => {
    product = await startProduct(TEAM_ENV);
    const { member } = await hireTeam(product.url);
    for (const name of ['first light', 'second sight', 'third rail', 'fourth wall'])
      runs.push(await playRun(member, { ends: 'succeeded', steps: 20, task: { name } }));
    context = await openBrowser();
    page = await context.newPage();
    complaints = complaintsOf(page);
    await signInOnPage(page, product.url, MEMBER);
    await waitForNames(page, ['fourth wall', 'third rail', 'second sight', 'first light']);
  });
  afterAll(async () => {
    await context?.close();
    await product?.stop();
  });

  it('walks down with j and up with k', async () => {
    await press('j', 'j', 'j');
    expect(await activeName()).toBe('second sight');
    await press('k');
    expect(await activeName()).toBe('third rail');
  });

  it('searches with /, goes back to the rows with Escape', async () => {
    await press('/');
    await page.keyboard.type('wall');
    await waitForNames(page, ['fourth wall']);
    await press('Escape', 'j');
    expect(await activeName()).toBe('fourth wall');
    await press('/', 'Control+a', 'Delete', 'Escape');
    await waitForNames(page, ['fourth wall', 'third rail', 'second sight', 'first light']);
  });

  it('selects two rows with x and compares them with v', async () => {
    await press('j', 'x', 'j', 'x', 'v');
    await wentTo('/compare?**');
    expect(new URL(page.url()).searchParams.getAll('ids').flatMap((ids) => ids.split(','))).toHaveLength(2);
    await page.goBack();
    await waitForNames(page, ['fourth wall', 'third rail', 'second sight', 'first light']);
  });

  it('finds the row it was on when it comes back, and compares from the boxes as well', async () => {
    expect(await activeName()).toBe('third rail');
    await tick('first light');
    await tabBackTo(rowOf(page, 'second sight').getByRole('checkbox'));
    await press('Space');
    await press('v');
    await wentTo('/compare?**');
    await page.goBack();
    await waitForNames(page, ['fourth wall', 'third rail', 'second sight', 'first light']);
    expect(await activeName()).toBe('second sight');
    await press('k');
  });

  it('opens a row with Enter and clones one with c', async () => {
    await press('k', 'Enter');
    await wentTo(`/tasks/${runs[3]?.taskId}`);
    await page.goBack();
    await waitForNames(page, ['fourth wall', 'third rail', 'second sight', 'first light']);
    expect(await activeName()).toBe('fourth wall');
    await press('j', 'c');
    await wentTo(`/tasks/${runs[2]?.taskId}/clone`);
    await page.goBack();
    await waitForNames(page, ['fourth wall', 'third rail', 'second sight', 'first light']);
  });

  it('compares what is ticked without having gone to a row, and says why where that is not possible', async () => {
    await page.reload();
    await waitForNames(page, ['fourth wall', 'third rail', 'second sight', 'first light']);
    await press('v');
    await page.getByText('Select 2 to 20 tasks to compare them; 0 selected now.').waitFor();
    await tickAll();
    expect(await page.locator('tr[data-active]').count()).toBe(0);
    await press('v');
    await wentTo('/compare?**');
    await page.goBack();
    await waitForNames(page, ['fourth wall', 'third rail', 'second sight', 'first light']);
  });

  it('throws away with e what is selected, wherever it is, and takes it back', async () => {
    for (const name of ['third rail', 'first light']) await tick(name);
    await press('k', 'e');
    await waitForNames(page, ['fourth wall', 'second sight']);
    await page.getByText('2 tasks moved to the trash').waitFor();
    await press('Control+z');
    await waitForNames(page, ['fourth wall', 'third rail', 'second sight', 'first light']);
    await press('k', 'k', 'k');
    expect(await activeName()).toBe('fourth wall');
    await press('j');
  });

  it('throws a row away with e', async () => {
    await press('k', 'e');
    await waitForNames(page, ['third rail', 'second sight', 'first light']);
    await page.getByText('Moved to the trash', { exact: true }).waitFor();
  });

  it('takes rows back from the trash with r: the active one, or all that are selected', async () => {
    await tick('third rail');
    await press('e');
    await waitForNames(page, ['second sight', 'first light']);
    await page.goto(`${product.url}/trash`);
    await rowOf(page, 'fourth wall').waitFor();
    await tickAll();
    await page.getByRole('button', { name: 'Restore (2)' }).locator('kbd').getByText('r').waitFor();
    await screenshot(page, 'trash-bulk-bar');
    await press('r');
    await page.getByText('The trash is empty').waitFor();
    await page.goto(`${product.url}/tasks`);
    await waitForNames(page, ['fourth wall', 'third rail', 'second sight', 'first light']);
    await press('j', 'e');
    await waitForNames(page, ['third rail', 'second sight', 'first light']);
  });

  it('reads what the keys do with ?, on every page what they do there', async () => {
    const helped = async (): Promise<string[]> => {
      // A form begins with its first field, which takes what is typed.
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      await press('Shift+?');
      const dialog = page.getByRole('dialog', { name: 'Keyboard' });
      await dialog.waitFor();
      const rows = await dialog
        .locator('tr')
        .evaluateAll((lines) => lines.map((line) => [...line.querySelectorAll('kbd')].map(({ textContent }) => textContent).join(' ')));
      // Single letters rest meanwhile.
      await press('c');
      await dialog.waitFor();
      await screenshot(page, `keyboard-help-${new URL(page.url()).pathname.split('/')[1] ?? ''}`);
      await press('Escape');
      await dialog.waitFor({ state: 'hidden' });
      return rows;
    };
    const EVERYWHERE = ['Ctrl/⌘ Z', 'Ctrl K', '?'];
    expect(await helped()).toEqual(['/', 'j k', 'Enter', 'x', 'c', 'v', 'e', ...EVERYWHERE]);
    const expected: [string, string[]][] = [
      ['/trash', ['/', 'j k', 'Enter', 'x', 'r']],
      [`/tasks/${runs[1]?.taskId}`, ['c']],
      [`/tasks/${runs[1]?.taskId}/clone`, ['Ctrl/⌘ Enter']],
      ['/analytics/overview', ['/']],
      ['/account', []],
    ];
    for (const [path, keys] of expected) {
      await page.goto(`${product.url}${path}`);
      await settled(page);
      expect([path, await helped()]).toEqual([path, [...keys, ...EVERYWHERE]]);
    }
    await page.goto(`${product.url}/tasks`);
    await waitForNames(page, ['third rail', 'second sight', 'first light']);
  });

  it('opens a task with the command palette by a word of its name', async () => {
    await callPalette('second');
    await page.getByRole('dialog').getByText('second sight').waitFor();
    await screenshot(page, 'command-palette');
    expect(await violations(page)).toEqual([]);
    await press('Enter');
    await page.waitForURL(`**/tasks/${runs[1]?.taskId}`);
  });

  it('opens a task by the beginning of its id, and pages and commands from anywhere', async () => {
    await callPalette(runs[0]?.taskId.slice(0, 8) ?? '');
    await page.getByRole('dialog').getByText('first light').waitFor();
    await press('Enter');
    await page.waitForURL(`**/tasks/${runs[0]?.taskId}`);
    await callPalette('trash');
    await press('Enter');
    await page.waitForURL('**/trash');
    await rowOf(page, 'fourth wall').waitFor();
    await callPalette('dark');
    await press('Enter');
    await page.waitForFunction(() => document.documentElement.dataset['mantineColorScheme'] === 'dark');
    await callPalette('语言');
    await press('Enter');
    await page.getByRole('heading', { name: '回收站' }).waitFor();
  });

  it('sorts, pins and shades a column from the menu in its header', async () => {
    await page.goto(`${product.url}/tasks`);
    await rowOf(page, 'third rail').waitFor();
    await page.getByRole('button', { name: '“损失”列的选项' }).focus();
    await press('Enter');
    await page.getByRole('menuitem', { name: '按数值着色' }).waitFor();
    await page.getByRole('menuitem', { name: '降序排列' }).focus();
    await press('Enter');
    await page.waitForURL('**sort=-finalLoss**');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '“损失”列的选项' }).focus();
    await press('Enter');
    await page.getByRole('menuitem', { name: '按数值着色' }).focus();
    await press('Enter');
    await page.locator('td[data-shade]').first().waitFor();
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await screenshot(page, 'shaded-dark-zh');
    expect(await violations(page)).toEqual([]);
  });

  it('meets no error on the way', () => {
    expect(complaints).toEqual([]);
  });
});

import type { Locator, Page } from 'playwright-core';

/** The row of the task table that has the name. */
export function rowOf(page: Page, name: string): Locator {
  return page.locator('tr[data-row]').filter({ has: page.getByRole('link', { name, exact: true }) });
}

/** Names of the tasks that the table shows, from its top. While it moves its elements stand in another order. */
export function namesOf(page: Page): Promise<string[]> {
  return page.locator('tr[data-row]').evaluateAll((rows) =>
    rows
      .map((row) => ({ index: Number(row.getAttribute('data-row')), name: row.querySelector('a[href^="/tasks/"]')?.textContent ?? '' }))
      .sort((a, b) => a.index - b.index)
      .map(({ name }) => name),
  );
}

export async function isShown(page: Page, names: readonly string[]): Promise<boolean> {
  return JSON.stringify(await namesOf(page)) === JSON.stringify(names);
}

/** Until the table shows exactly these tasks, in this order. */
export async function waitForNames(page: Page, names: readonly string[]): Promise<void> {
  await page.waitForFunction((wanted) => {
    const shown = [...document.querySelectorAll('tr[data-row] a[href^="/tasks/"]')].map((link) => link.textContent);
    return document.querySelector('[aria-busy="true"]') === null && JSON.stringify(shown) === JSON.stringify(wanted);
  }, names);
}

/** Until the table has come to rest somewhere in its middle: as long as it moves, most of its rows are drawn where it goes. */
export async function waitForRest(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const view = document.querySelector<HTMLElement>('[role="region"]:has(tr[data-row])');
    const rows = [...(view?.querySelectorAll<HTMLElement>('tr[data-row]') ?? [])];
    const height = rows[0]?.offsetHeight;
    if (view === null || height === undefined) return false;
    const indexes = rows.map((row) => Number(row.dataset['row']));
    const above = Math.floor(view.scrollTop / height) - Math.min(...indexes);
    const below = Math.max(...indexes) - Math.floor((view.scrollTop + view.clientHeight) / height);
    return Math.abs(above - below) < 4;
  });
}

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

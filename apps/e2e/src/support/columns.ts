import type { Locator, Page } from 'playwright-core';

/** Hands on the column headers of the list: reads them, drags them, uses their menus. @param page asked at each use, so that it may be opened later */
export function columnsOn(page: () => Page) {
  const header = (title: string): Locator =>
    page()
      .getByRole('columnheader')
      .filter({ has: page().getByText(title, { exact: true }) });
  const menuOf = (title: string): Locator => page().getByRole('button', { name: `Options of column ${title}`, exact: true });
  const titles = async (): Promise<string[]> =>
    (await page().getByRole('columnheader').allInnerTexts()).map((text) => text.trim()).filter((text) => text !== '');
  const box = async (one: Locator): Promise<{ x: number; y: number; width: number; height: number }> => {
    const found = await one.boundingBox();
    if (found === null) throw new Error('it is not drawn');
    return found;
  };
  const widthOf = async (title: string): Promise<number> => Math.round((await box(header(title))).width);
  const waitForTitles = async (...wanted: string[]): Promise<void> => {
    await page().waitForFunction(
      (those) =>
        JSON.stringify(
          [...document.querySelectorAll('th')]
            .map((th) => th.innerText.trim())
            .filter((text) => text !== '')
            .slice(0, those.length),
        ) === JSON.stringify(those),
      wanted,
    );
  };
  const dragEdge = async (title: string, by: number): Promise<void> => {
    const { x, y, width, height } = await box(header(title));
    await page().mouse.move(x + width - 1, y + height / 2);
    await page().mouse.down();
    await page().mouse.move(x + width - 1 + by / 2, y + height / 2, { steps: 4 });
    await page().mouse.move(x + width - 1 + by, y + height / 2, { steps: 4 });
    await page().mouse.up();
  };
  /** While it is held there, a line says where the column would go. */
  const dragHeader = async (title: string, side: 'before' | 'after', onto: string): Promise<void> => {
    const target = await box(header(onto));
    await header(title).getByText(title, { exact: true }).hover();
    await page().mouse.down();
    // The first event over an element says that it is entered, only the next that something is held over it; a header holds several.
    const [x, y] = [target.x + target.width * (side === 'before' ? 0.3 : 0.7), target.y + target.height / 2];
    await page().mouse.move(x, y, { steps: 5 });
    for (const down of [1, 2, 3]) await page().mouse.move(x, y + down);
    await header(onto)
      .and(page().locator(`[data-drop="${side}"]`))
      .waitFor();
    await page().mouse.up();
    await page().locator('[data-drop]').waitFor({ state: 'detached' });
  };
  const pick = async (title: string, item: string): Promise<void> => {
    await header(title).hover();
    await menuOf(title).click();
    await page().getByRole('menuitem', { name: item, exact: true }).click();
    await page().getByRole('menu').waitFor({ state: 'detached' });
  };

  const reset = async (): Promise<void> => {
    await page().getByRole('button', { name: 'Columns', exact: true }).click();
    await page().getByRole('button', { name: 'Reset columns' }).click();
    await page().keyboard.press('Escape');
    await page().getByRole('dialog').waitFor({ state: 'detached' });
  };
  return { header, menuOf, titles, box, widthOf, waitForTitles, dragEdge, dragHeader, pick, reset };
}

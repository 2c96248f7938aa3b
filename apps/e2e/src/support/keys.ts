import type { Locator, Page } from 'playwright-core';

/** More stops than any page has between two things that belong together. */
const PATIENCE = 120;

/** Somebody who has a keyboard and nothing else, and who wants to see where they are. @param page asked at each use, so that it may be opened later */
export function keysOn(page: () => Page) {
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page().keyboard.press(key);
  };
  const type = (text: string): Promise<void> => page().keyboard.type(text);
  const isAt = (wanted: Locator): Promise<boolean> => wanted.evaluate((one) => one === document.activeElement);
  const led = async (key: string, wanted: Locator): Promise<void> => {
    await wanted.waitFor();
    for (let stop = 0; stop < PATIENCE; stop += 1) {
      if (await isAt(wanted)) return expectSeen(page());
      await press(key);
    }
    throw new Error(`${key} does not lead to ${wanted.toString()}; the focus is on ${await whatHasFocus(page())}`);
  };
  /** Goes on with Tab until the focus is there. */
  const tabTo = (wanted: Locator): Promise<void> => led('Tab', wanted);
  const tabBackTo = (wanted: Locator): Promise<void> => led('Shift+Tab', wanted);
  const arrowTo = (wanted: Locator): Promise<void> => led('ArrowDown', wanted);
  /** Until the focus has come there by itself, where it must be seen as well. */
  const broughtTo = async (wanted: Locator): Promise<void> => {
    await wanted.waitFor();
    try {
      await page().waitForFunction((one) => one === document.activeElement, await wanted.elementHandle(), { timeout: 5_000 });
    } catch {
      throw new Error(`the focus did not come to ${wanted.toString()} but to ${await whatHasFocus(page())}`);
    }
    await expectSeen(page());
  };
  return { press, type, tabTo, tabBackTo, arrowTo, broughtTo };
}

function whatHasFocus(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200) ?? 'nothing');
}

/** What has the focus is marked by a line around it, or around what is drawn for it; a field by its cursor. */
async function expectSeen(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const one = document.activeElement;
    if (one === null || !one.matches(':focus-visible')) return false;
    if (one.matches('textarea, [contenteditable], input:not([type="checkbox"], [type="radio"])')) return true;
    return [one, one.nextElementSibling].some((drawn) => {
      if (drawn === null) return false;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(drawn);
      return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
    });
  });
}

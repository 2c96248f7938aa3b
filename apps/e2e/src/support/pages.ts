import type { Page } from 'playwright-core';
import { written } from './script.js';

export const LANGUAGES = ['en', 'zh'] as const;
export const SIZES = {
  laptop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
  '4k': { width: 3840, height: 2160 },
} as const;

/** Every address the running page's own router knows, as patterns: `/tasks/$taskId`. */
export async function routesOf(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    Object.keys((window as unknown as { __TSR_ROUTER__: { routesByPath: object } }).__TSR_ROUTER__.routesByPath).map((path) =>
      path.replace(/(.)\/$/, '$1'),
    ),
  );
}

export async function signInOnPage(page: Page, url: string, { username, password }: { username: string; password: string }): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.locator('input[autocomplete="username"]').fill(username);
  await page.locator('input[type="password"]').fill(password);
  await page.locator('button[type="submit"]').click();
  await page.waitForURL('**/tasks');
}

/** Until what the page shows has come: a heading, no skeleton, nothing that announces itself as busy, two frames for what moves. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1, h2').first().waitFor();
  await page.waitForFunction(() => document.querySelector('.mantine-Skeleton-root, [aria-busy="true"]') === null);
  await page.evaluate(async () => {
    await document.fonts.ready;
    const moving = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(moving.map(({ finished }) => finished));
    await new Promise((done) => {
      requestAnimationFrame(() => requestAnimationFrame(done));
    });
  });
}

/**
 * What is wrong with a page by just looking at it: it can be pushed sideways, shows the key of a text instead of the text, or speaks
 * English on a page in Chinese.
 */
export async function flaws(page: Page): Promise<string[]> {
  return [...(await brokenLooks(page)), ...(await englishWords(page))];
}

/** Words that are no more English than Chinese: what the field calls a parameter, names of programs and formats. */
const AT_HOME = ['Alpha', 'Chrome', 'Linux', 'English', 'Swagger', 'Python', 'Token'];

/**
 * English on a page in Chinese: two words in a row, of which the second has a small letter as it has in any sentence, or a label of one word.
 * What people and programs have written stands as they wrote it: it was put in by this test, or its element says that it is not to be
 * translated or in which language it is.
 */
async function englishWords(page: Page): Promise<string[]> {
  return page.evaluate(
    ({ data, atHome }) => {
      if (!document.documentElement.lang.startsWith('zh')) return [];
      const isOwn = (one: Element) =>
        one.closest('[translate="no"], [lang="en"], pre, code, [role="log"], .cm-editor, style, script') !== null;
      const shown: string[] = [];
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const parent = texts.currentNode.parentElement;
        if (parent !== null && !isOwn(parent) && parent.checkVisibility()) shown.push(texts.currentNode.textContent ?? '');
      }
      for (const one of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]'))
        if (!isOwn(one) && one.closest('[aria-hidden="true"]') === null)
          shown.push(...['aria-label', 'placeholder', 'title', 'alt'].map((name) => one.getAttribute(name) ?? ''));
      const isEnglish = (text: string) =>
        /[A-Za-z]{2,}[,.;:]? +[a-z]{2,}/.test(text) || (/^[A-Z][a-z]{2,}$/.test(text) && !atHome.includes(text));
      return [
        ...new Set(
          shown
            .map((text) => data.reduce((rest, one) => rest.replaceAll(one, ''), text).trim())
            .filter(isEnglish)
            .map((text) => `English on a page in Chinese: ${text.slice(0, 120)}`),
        ),
      ];
    },
    // The longer first: they may contain the shorter.
    { data: [...written].filter((one) => one.length > 1).sort((a, b) => b.length - a.length), atHome: AT_HOME },
  );
}

async function brokenLooks(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) {
      const wide = [...document.querySelectorAll('body *')]
        .filter((one) => one.getBoundingClientRect().right > clientWidth + 1)
        .map((one) => `${one.tagName.toLowerCase()}.${one.className}`);
      found.push(`scrolls sideways: ${scrollWidth} > ${clientWidth} because of ${wide.slice(-3).join(', ')}`);
    }
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const shown: string[] = [document.title];
    while (texts.nextNode()) shown.push(texts.currentNode.textContent ?? '');
    for (const one of document.querySelectorAll('[aria-label], [placeholder], [title]'))
      shown.push(...['aria-label', 'placeholder', 'title'].map((name) => one.getAttribute(name) ?? ''));
    const isKey = (text: string) =>
      /^[a-z][A-Za-z]*(\.[A-Za-z][A-Za-z0-9_]*)+$/.test(text) && !/\.(yaml|toml|json|py|safetensors|csv)$/.test(text);
    return [
      ...found,
      ...shown
        .map((text) => text.trim())
        .filter((text) => isKey(text) || /\{\{|\[object |\bundefined\b/.test(text))
        .map((text) => `untranslated or broken: ${text.slice(0, 80)}`),
    ];
  });
}

/** Longer lines of prose than this, in CSS pixels, are hard to read back from. */
const LONGEST_LINE = 1200;

/** Lines of prose that a wide window stretches. Logs and source text have the lengths that their writers gave them. */
export async function stretchedLines(page: Page): Promise<string[]> {
  return page.evaluate((longest) => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (text.parentElement?.closest('pre, code, [role="log"], .cm-editor') !== null) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const width = Math.max(0, ...[...range.getClientRects()].map((line) => line.width));
      if (width > longest) found.push(`a line of ${Math.round(width)} pixels: ${text.textContent?.slice(0, 60)}`);
    }
    return found;
  }, LONGEST_LINE);
}

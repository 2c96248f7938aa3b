import type { BrowserContext, Locator, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot, violations } from './support/browser.js';
import { settled, signInOnPage, SIZES } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { hireTeam, MEMBER, playRun, TEAM_ENV } from './support/team.js';
import { fingersOn, type Fingers, type Way } from './support/touch.js';

let product: Product;
const contexts: BrowserContext[] = [];
const complaints: string[] = [];
const ids: string[] = [];

async function openPage(options: Parameters<typeof openBrowser>[0] = {}): Promise<Page> {
  const context = await openBrowser(options);
  contexts.push(context);
  const page = await context.newPage();
  await signInOnPage(page, product.url, MEMBER);
  const own = complaintsOf(page);
  page.once('close', () => complaints.push(...own));
  return page;
}

const rangeOf = (page: Page): [number, number] => {
  const { searchParams } = new URL(page.url());
  return [Number(searchParams.get('from')), Number(searchParams.get('to'))];
};
const hasZoom = (url: URL) => url.searchParams.has('from');

beforeAll(async () => {
  product = await startProduct(TEAM_ENV);
  const { member } = await hireTeam(product.url);
  for (const loraRank of [8, 16, 32, 64])
    ids.push(
      (
        await playRun(member, {
          ends: 'succeeded',
          steps: 1000,
          task: { name: `rank ${loraRank}`, loraRank, learningRate: loraRank > 16 ? 2e-4 : 1e-4 },
        })
      ).taskId,
    );
});
afterAll(async () => {
  for (const context of contexts) await context.close();
  await product?.stop();
});

describe('a task page whose curves come late', () => {
  it('moves nothing when they come', async () => {
    const page = await openPage();
    let answer = (): void => {};
    const asked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route('**/metrics?*', async (route) => {
      await asked;
      await route.continue();
    });
    await page.goto(`${product.url}/tasks/${ids[0]!}`);
    await page.getByRole('log').getByText(/loss/).first().waitFor();
    await page.getByRole('heading', { name: 'Attempts and clones' }).waitFor();
    await page.waitForLoadState('load');
    await page.evaluate(() => {
      const moved: string[] = [];
      Object.assign(window, { moved });
      new PerformanceObserver((list) => {
        for (const { sources } of list.getEntries() as (PerformanceEntry & { sources: { node: Node | null }[] })[])
          moved.push(...sources.map(({ node }) => (node?.textContent ?? '').slice(0, 60)));
      }).observe({ type: 'layout-shift' });
    });
    answer();
    await page.locator('.u-over').first().waitFor();
    await settled(page);
    expect(await page.evaluate(() => (window as unknown as { moved: string[] }).moved)).toEqual([]);
    await page.close();
  });
});

describe('fingers on a curve', () => {
  let page: Page;
  let fingers: Fingers;
  let chart: Locator;
  /** A place on the chart by shares of its width and height. */
  const at = async ([right, down = 0.5]: readonly [number, number?]): Promise<readonly [number, number]> => {
    const box = (await chart.locator('.u-over').boundingBox())!;
    return [box.x + box.width * right, box.y + box.height * down];
  };
  const way = async (from: readonly [number, number?], to: readonly [number, number?]): Promise<Way> => ({
    from: await at(from),
    to: await at(to),
  });

  beforeAll(async () => {
    page = await openPage({ viewport: SIZES.phone, hasTouch: true, isMobile: true });
    fingers = await fingersOn(page);
    await page.goto(`${product.url}/tasks/${ids[0]}?metrics=loss`);
    await settled(page);
    chart = page.getByRole('application', { name: /^loss: last/ });
    await chart.evaluate((one) => one.scrollIntoView({ block: 'center' }));
  });

  it('read a value where one taps', async () => {
    const [x, y] = await at([0.5]);
    await page.touchscreen.tap(x, y);
    await page.getByText(/^step (49\d|50\d)/).waitFor();
  });

  it('mark a part to see closer when one is drawn across', async () => {
    await fingers.draw(await way([0.4], [0.6]));
    await page.waitForURL(hasZoom);
    const [from, to] = rangeOf(page);
    expect([Math.round(from / 100), Math.round(to / 100)]).toEqual([4, 6]);
  });

  it('show what is between them when two part, and more again when they meet', async () => {
    const [before] = rangeOf(page);
    await fingers.draw(await way([0.45], [0.2]), await way([0.55], [0.8]));
    await page.waitForURL((url) => Number(url.searchParams.get('from')) > before);
    const [from, to] = rangeOf(page);
    expect(to - from).toBeLessThan(60);
    await screenshot(page, 'curve-pinched');
    await fingers.draw(await way([0.1], [0.45]), await way([0.9], [0.55]));
    await page.waitForURL((url) => Number(url.searchParams.get('to')) - Number(url.searchParams.get('from')) > 200);
  });

  it('reset with two taps', async () => {
    const [x, y] = await at([0.5]);
    await page.touchscreen.tap(x, y);
    await page.touchscreen.tap(x, y);
    await page.waitForURL((url) => !hasZoom(url));
  });

  const showsWhole = async (): Promise<void> => {
    const [x, y] = await at([0.2]);
    await page.touchscreen.tap(x, y);
    await page.getByText(/^step (19\d|20\d)/).waitFor();
  };

  it('show the whole again with two taps after two have parted on it', async () => {
    await fingers.draw(await way([0.45], [0.2]), await way([0.55], [0.8]));
    await page.waitForURL(hasZoom);
    const [x, y] = await at([0.5]);
    await page.touchscreen.tap(x, y);
    await page.touchscreen.tap(x, y);
    await page.waitForURL((url) => !hasZoom(url));
    await showsWhole();
  });

  it('leave the chart as it was when the system takes them away', async () => {
    await fingers.lose(await way([0.45], [0.2]), await way([0.55], [0.8]));
    await showsWhole();
    expect(hasZoom(new URL(page.url()))).toBe(false);
  });

  it('scroll the page when they go up or down', async () => {
    const before = await page.evaluate(() => window.scrollY);
    await fingers.draw(await way([0.5, 0.9], [0.5, -0.4]));
    await page.waitForFunction((top) => window.scrollY > top + 50, before);
    expect(hasZoom(new URL(page.url()))).toBe(false);
  });
});

describe('keys on a curve', () => {
  let page: Page;
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };

  it.each(['', '&axis=epoch'])('zoom in and out, go past the edge, and say what is seen (%p)', async (axis) => {
    page ??= await openPage();
    await page.goto(`${product.url}/tasks/${ids[0]}?metrics=loss${axis}`);
    await settled(page);
    const chart = page.getByRole('application', { name: /^loss: last/ });
    await chart.focus();
    await press('End', '+');
    await chart
      .getByRole('status')
      .getByText(/^Showing .* to /)
      .waitFor({ state: 'attached' });
    await page.waitForURL(hasZoom);
    const [near] = rangeOf(page);
    expect(near).toBeGreaterThan(100);
    await settled(page);
    await press('Home', 'ArrowLeft');
    await page.waitForURL((url) => Number(url.searchParams.get('from')) < near);
    await settled(page);
    for (const key of ['-', '-', '-']) {
      await press(key);
      await settled(page);
    }
    await page.waitForURL((url) => !hasZoom(url));
    await press('+');
    await page.waitForURL(hasZoom);
    await press('0');
    await page.waitForURL((url) => !hasZoom(url));
    await chart.getByRole('status').getByText('Showing the whole curve').waitFor({ state: 'attached' });
  });
});

describe('the axes of a comparison', () => {
  let page: Page;
  const told = (count: number) => page.getByText(count === 1 ? 'One of 4 tasks passes through' : `${count} of 4 tasks pass through`);

  beforeAll(async () => {
    page = await openPage();
    await page.goto(`${product.url}/compare?ids=${ids.join(',')}`);
    await settled(page);
    await page
      .getByRole('img', { name: /^A line for each task/ })
      .locator('canvas')
      .waitFor();
  });

  it('are bounded by keys, step by step through the values there are', async () => {
    const low = page.getByRole('slider', { name: 'Rank, at least' });
    await low.focus();
    await page.keyboard.press('ArrowRight');
    await told(3).waitFor();
    expect(await low.getAttribute('aria-valuetext')).toBe('16');
    await page.keyboard.press('ArrowRight');
    await told(2).waitFor();
    await page.getByRole('slider', { name: 'Rank, at most' }).focus();
    await page.keyboard.press('ArrowLeft');
    await told(1).waitFor();
    await screenshot(page, 'compare-bounds');
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await told(1).waitFor({ state: 'detached' });
    expect(await low.getAttribute('aria-valuetext')).toBe('8');
  });

  it('are marked by drawing along one, and the comparison goes on with those that pass', async () => {
    const box = (await page.getByRole('img', { name: /^A line for each task/ }).boundingBox())!;
    await page.mouse.move(box.x + 60, box.y + 35);
    await page.mouse.down();
    await page.mouse.move(box.x + 60, box.y + 190, { steps: 6 });
    await page.mouse.up();
    await told(2).waitFor();
    expect(await page.getByRole('slider', { name: 'Rank, at least' }).getAttribute('aria-valuetext')).toBe('32');
    await page.getByRole('button', { name: 'Clear bounds' }).click();
    await told(2).waitFor({ state: 'detached' });
    await page.getByRole('slider', { name: 'Rank, at least' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('button', { name: 'Compare only these' }).click();
    await page.waitForURL((url) => url.searchParams.getAll('ids').flatMap((one) => one.split(',')).length === 3);
  });
});

it('nobody meets an error on the way', async () => {
  for (const context of contexts) for (const page of context.pages()) await page.close();
  expect(complaints).toEqual([]);
});

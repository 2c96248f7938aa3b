import type { BrowserContext, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot, violations } from './support/browser.js';
import { rowOf, waitForNames } from './support/list.js';
import { flaws, signInOnPage } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { hireTeam, MEMBER, playRun, TEAM_ENV } from './support/team.js';

describe('一个使用中文界面的成员', () => {
  let product: Product;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    product = await startProduct(TEAM_ENV);
    const { member } = await hireTeam(product.url);
    await playRun(member, {
      ends: 'succeeded',
      task: { name: '水墨 山水', modelName: 'flux.1-dev', extraParams: { optimizer: 'Prodigy' } },
    });
    await playRun(member, { ends: 'failed', task: { name: '工笔 花鸟' } });
    await playRun(member, { ends: 'running', task: { name: '夜景 长时间训练' } });
    context = await openBrowser({ locale: 'zh-CN' });
    page = await context.newPage();
    complaints = complaintsOf(page);
    await signInOnPage(page, product.url, MEMBER);
    await waitForNames(page, ['夜景 长时间训练', '工笔 花鸟', '水墨 山水']);
  });
  afterAll(async () => {
    await context?.close();
    await product?.stop();
  });

  it('看到的列表没有一个英文词条，也没有破损', async () => {
    expect(await flaws(page)).toEqual([]);
    expect(await page.locator('main').innerText()).toMatch(/任务[\s\S]*状态[\s\S]*名称[\s\S]*运行中/);
    await page.getByText('3 个任务').waitFor();
    await screenshot(page, 'list-zh');
  });

  it('页面上若混入英文句子或标签，检查会指出来', async () => {
    const planted = ['列表中 finalLoss must not be less than 0', 'Copy', 'nothing matches'];
    await page.evaluate(([sentence = '', word = '', label = '']) => {
      const mark = document.createElement('p');
      mark.id = 'planted';
      mark.append(sentence, Object.assign(document.createElement('b'), { textContent: word, title: label }));
      document.querySelector('main')?.append(mark);
    }, planted);
    expect(await flaws(page)).toEqual(planted.map((text) => `English on a page in Chinese: ${text}`));
    await page.evaluate(() => document.getElementById('planted')?.remove());
    expect(await flaws(page)).toEqual([]);
  });

  it('按状态筛选，用中文名称搜索', async () => {
    await page.getByRole('button', { name: '全部状态' }).click();
    await page.getByRole('checkbox', { name: '失败' }).click();
    await page.keyboard.press('Escape');
    await waitForNames(page, ['工笔 花鸟']);
    await page.getByText('状态：失败').waitFor();
    await page.getByRole('button', { name: '全部清除' }).click();
    await page.getByRole('searchbox', { name: '搜索任务' }).fill('山水');
    await waitForNames(page, ['水墨 山水']);
    await page.getByRole('searchbox', { name: '搜索任务' }).fill('');
    await waitForNames(page, ['夜景 长时间训练', '工笔 花鸟', '水墨 山水']);
  });

  it('添加一个参数列', async () => {
    await page.getByRole('button', { name: '列', exact: true }).click();
    await page.getByRole('combobox', { name: '添加指标或参数列' }).or(page.getByLabel('添加指标或参数列')).first().click();
    await page.getByRole('option', { name: 'optimizer' }).click();
    await page.keyboard.press('Escape');
    await page.waitForURL('**column=extra.optimizer**');
    await rowOf(page, '水墨 山水').getByText('Prodigy').waitFor();
    await page.keyboard.press('Escape');
    await screenshot(page, 'list-zh-column');
    expect(await violations(page)).toEqual([]);
  });

  it('把任务移到回收站，再撤销', async () => {
    await rowOf(page, '工笔 花鸟').getByRole('checkbox').click();
    await page.getByRole('button', { name: /移到回收站/ }).click();
    await waitForNames(page, ['夜景 长时间训练', '水墨 山水']);
    await page.getByRole('button', { name: '撤销' }).click();
    await waitForNames(page, ['夜景 长时间训练', '工笔 花鸟', '水墨 山水']);
  });

  it('用中文说明文件为何无法读取，以及错在哪里', async () => {
    await page.goto(`${product.url}/tasks/new`);
    const broken = { name: 'broken.yaml', mimeType: 'application/yaml', buffer: Buffer.from('modelName: a\nmodelName: b\n') };
    await page.locator('input[type="file"]').first().setInputFiles(broken);
    await page.getByText('第 2 行第 1 列：键“modelName”重复出现。').waitFor();
    await page.getByRole('textbox', { name: '以源文本表示的配置' }).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\nseed: [1');
    await page.getByRole('alert').filter({ hasText: '不是有效的 YAML。' }).waitFor();
    await screenshot(page, 'broken-source-zh');
    expect(await flaws(page)).toEqual([]);
  });

  it('一路上没有报错', () => {
    expect(complaints).toEqual([]);
  });
});

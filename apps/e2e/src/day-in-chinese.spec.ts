import type { BrowserContext, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot } from './support/browser.js';
import { rowOf, waitForNames } from './support/list.js';
import { settled } from './support/pages.js';
import { startProduct, type Product } from './support/product.js';
import { hireTeam, MEMBER, playRun, TEAM_ENV, type Team } from './support/team.js';

const TASK = /\/tasks\/[0-9a-f-]{36}$/;

describe('一个成员用中文度过的一天', () => {
  let product: Product;
  let team: Team;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  let taskId: string;
  const button = (name: string | RegExp) => page.getByRole('main').getByRole('button', { name });
  const field = (label: string) => page.getByLabel(label, { exact: false }).and(page.locator('input'));
  const reads = (text: string | RegExp) => page.getByText(text).first().waitFor();
  const lastOf = (path: string): string => path.split('/').pop() ?? '';

  beforeAll(async () => {
    product = await startProduct(TEAM_ENV);
    team = await hireTeam(product.url);
    for (const name of ['工笔 花鸟', '工笔 草虫']) await playRun(team.member, { ends: 'failed', task: { name, loraRank: 64 } });
    await playRun(team.member, { ends: 'succeeded', task: { name: '水墨 山水', loraRank: 8 } });
    context = await openBrowser({ locale: 'zh-CN' });
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    complaints = complaintsOf(page);
  });
  afterAll(async () => {
    await context?.close();
    await product?.stop();
  });

  it('登录：输错密码时看到原因，改正后看到自己的任务', async () => {
    await page.goto(product.url);
    await reads('团队的每一次 LoRA 训练：有记录、可解释、可复现。');
    await field('用户名').fill(MEMBER.username);
    await field('密码').fill('wrong password');
    await page.getByRole('button', { name: '登录' }).click();
    await reads('用户名或密码不正确，或账户已停用。');
    await field('密码').fill(MEMBER.password);
    await page.getByRole('button', { name: '登录' }).click();
    await waitForNames(page, ['水墨 山水', '工笔 草虫', '工笔 花鸟']);
    expect(await page.locator('html').getAttribute('lang')).toMatch(/^zh/);
    expect(await page.title()).toBe('任务 · LoRA Ledger');
    complaints = complaints.filter((complaint) => !complaint.includes('401'));
  });

  it('填写表单：漏填和填错的字段各有中文说明', async () => {
    await page.getByRole('link', { name: '新建任务' }).first().click();
    await page.getByRole('heading', { name: '新建任务' }).waitFor();
    await settled(page);
    await field('基础模型').fill('flux.1-dev');
    await field('训练数据目录').fill('');
    await field('秩（Rank）').fill('0');
    await field('学习率').fill('很高');
    await button('开始训练').click();
    await reads('必填');
    await reads('不能小于 1');
    await reads('请输入数字');
    await reads(/有 \d+ 个字段需要修改/);
    await screenshot(page, 'form-problems-zh');
  });

  it('改正后提交，任务排队等待，随后看着它运行到成功', async () => {
    await field('秩（Rank）').fill('16');
    await field('学习率').fill('2e-4');
    await field('批大小').fill('2');
    await field('轮数（Epoch）').fill('4');
    await field('训练数据目录').fill('./data/ink');
    await page.locator('[data-place="name"]').fill('水墨 江南');
    await button('开始训练').click();
    await page.waitForURL(TASK);
    await page.getByRole('heading', { level: 1, name: '水墨 江南' }).waitFor();
    await page.getByRole('status').getByText('等待中').first().waitFor();
    taskId = lastOf(page.url());
    const { token } = await team.member.post<{ token: string }>(`/train-tasks/${taskId}/token`);
    const trainer = team.member.with(token);
    await trainer.post(`/train-tasks/${taskId}/start`, { host: 'gpu-1', totalSteps: 100 });
    await trainer.post(`/train-tasks/${taskId}/progress`, {
      currentStep: 40,
      totalSteps: 100,
      points: [1, 2, 3].map((step) => ({ key: 'loss', step, value: 0.3 / step })),
    });
    await page.getByRole('status').getByText('运行中').first().waitFor();
    await reads(/第 40 \/ 100 步/);
    await trainer.post(`/train-tasks/${taskId}/finish`, { output: 'output/ink.safetensors' });
    await trainer.post(`/train-tasks/${taskId}/exit`, { exitCode: 0, hasFreshOutput: true, lastLines: '', outputFiles: [] });
    await page.getByRole('status').getByText('成功').first().waitFor();
    await screenshot(page, 'followed-zh');
  });

  it('克隆它，只改一处，写明原因', async () => {
    await page.getByRole('main').getByRole('link', { name: '克隆' }).click();
    await page.getByRole('heading', { name: '克隆“水墨 江南”' }).waitFor();
    await reads('参数与原任务完全相同，结果将是同一个实验。');
    await field('秩（Rank）').fill('32');
    await reads('1 处修改');
    await reads('原为 16');
    await page.getByLabel('备注').fill('秩加倍，线条会更细吗？');
    await screenshot(page, 'clone-one-change-zh');
    await button('启动克隆任务').click();
    await page.waitForURL((url) => TASK.test(url.pathname) && lastOf(url.pathname) !== taskId);
    await reads('等待中');
    await reads('秩加倍，线条会更细吗？');
  });

  it('对比两个任务：只看差异，换基准', async () => {
    await page.goto(`${product.url}/tasks?status=SUCCESS`);
    await waitForNames(page, ['水墨 江南', '水墨 山水']);
    for (const name of ['水墨 江南', '水墨 山水']) await rowOf(page, name).getByRole('checkbox').check();
    await page.getByRole('link', { name: '对比 2 个' }).click();
    await page.getByRole('heading', { name: '参数与结果' }).waitFor();
    const rank = page.getByRole('row', { name: /^秩（Rank）/ });
    await rank.waitFor();
    await page.getByRole('row', { name: /^最终损失/ }).waitFor();
    await page.getByRole('button', { name: '下一处差异' }).click();
    await page.getByRole('button', { name: /^把 .* 设为基准$/ }).click();
    await page.waitForURL(/base=/);
    await page.getByRole('switch', { name: '只看差异' }).waitFor();
    await screenshot(page, 'compare-zh');
  });

  it('看失败卡片：原因、建议、类似的失败', async () => {
    await page.goto(`${product.url}/tasks`);
    await rowOf(page, '工笔 草虫').getByRole('link').click();
    const card = page.getByRole('alert').filter({ hasText: '失败：显存或内存不足' });
    await card.getByText('可以尝试减小批大小、秩或分辨率，或开启梯度检查点。').waitFor();
    await card.getByText('类似的失败说明了什么').waitFor();
    await card.getByText('另有 1 个任务报出同样的错误', { exact: false }).waitFor();
    await screenshot(page, 'failure-card-zh');
  });

  it('筛出失败的任务，把筛选保存为视图', async () => {
    await page.goto(`${product.url}/tasks`);
    await page.getByRole('button', { name: '全部状态' }).click();
    await page.getByRole('checkbox', { name: '失败' }).click();
    await page.keyboard.press('Escape');
    await waitForNames(page, ['工笔 草虫', '工笔 花鸟']);
    await reads('状态：失败');
    await page.getByRole('button', { name: '视图', exact: true }).click();
    await page.getByRole('menuitem', { name: '保存当前视图' }).click();
    const dialog = page.getByRole('dialog', { name: '保存当前视图' });
    await dialog.getByLabel('名称').fill('待重试');
    await dialog.getByRole('button', { name: '保存' }).click();
    await reads('视图“待重试”已保存');
  });

  it('打开视图，一次重试全部失败的任务', async () => {
    await page.goto(`${product.url}/tasks`);
    await page.getByRole('button', { name: '视图', exact: true }).click();
    await page.getByRole('menuitem', { name: '待重试', exact: true }).click();
    await waitForNames(page, ['工笔 草虫', '工笔 花鸟']);
    await page.getByRole('checkbox', { name: '选择所有已加载的行' }).click();
    await page.getByRole('toolbar', { name: '已选择 2 项' }).waitFor();
    await screenshot(page, 'bulk-retry-zh');
    await page.getByRole('button', { name: '重试（2）' }).click();
    await reads('已排队 2 次新的尝试');
    await page.goto(`${product.url}/tasks?status=PENDING`);
    await rowOf(page, '工笔 花鸟').getByText('等待中').waitFor();
  });

  it('在分析里读到成功率、失败原因，以及样本太少的提醒', async () => {
    await page.getByRole('navigation').getByRole('link', { name: '分析' }).click();
    await page.getByRole('heading', { name: '分析' }).waitFor();
    await settled(page);
    const topics = page.getByRole('navigation', { name: '分析主题' });
    await reads('成功率');
    await topics.getByRole('link', { name: '失败' }).click();
    await reads('显存或内存不足');
    await topics.getByRole('link', { name: '成功率' }).click();
    await reads(/已结束的运行不足 10 次/);
    await screenshot(page, 'analytics-zh');
  });

  it('一路上没有报错', () => {
    expect(complaints).toEqual([]);
  });
});

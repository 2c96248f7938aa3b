import type { BrowserContext, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot, violations } from './support/browser.js';
import { flaws, settled, signInOnPage, SIZES } from './support/pages.js';
import { ROOT, startProduct, type Product } from './support/product.js';
import { hireTeam, MEMBER, TEAM_ENV, type Team } from './support/team.js';

const TOML =
  'pretrained_model_name_or_path = "./sd15.safetensors"\nnetwork_dim = 32\nnetwork_alpha = 8\nlearning_rate = 3e-4\ntrain_batch_size = 2\nmax_train_epochs = 6\ntrain_data_dir = "./harbour"\nlowram = true\n' +
  Array.from({ length: 9 }, (_, at) => `my_switch_${at} = true\n`).join('');
const ORIGINAL = {
  modelName: 'sd15',
  loraRank: 8,
  learningRate: 1e-4,
  batchSize: 2,
  epochs: 6,
  trainDataDir: './harbour',
  tags: ['water'],
  trainer: 'demo',
};

function drop(page: Page, names: readonly string[], type: 'drop' | 'dragover' = 'drop'): Promise<void> {
  return page.evaluate(
    ({ all, content, last }) => {
      const dataTransfer = new DataTransfer();
      for (const name of all) dataTransfer.items.add(new File([content], name));
      for (const one of ['dragover', last])
        document.body.dispatchEvent(new DragEvent(one, { dataTransfer, bubbles: true, cancelable: true }));
    },
    { all: names, content: TOML, last: type },
  );
}

describe('somebody who clones a task and changes more than a number', () => {
  let product: Product;
  let team: Team;
  let context: BrowserContext;
  let mira: Page;
  let complaints: string[];
  let taskId: string;
  const field = (name: RegExp) => mira.getByRole('textbox', { name });
  const back = (name: string) => mira.getByRole('button', { name: `Take back the original value of ${name}` });
  const clone = async (): Promise<void> => {
    await mira.goto(`${product.url}/tasks/${taskId}/clone`);
    await settled(mira);
  };

  beforeAll(async () => {
    product = await startProduct({ ...TEAM_ENV, LEDGER_TRAINERS_FILE: `${ROOT}/docker/trainers.example.yaml` });
    team = await hireTeam(product.url);
    const trainers = await team.member.get<{ items: { name: string }[] }>('/trainers');
    ({ taskId } = await team.member.post<{ taskId: string }>('/train-tasks', { ...ORIGINAL, trainer: trainers.items[0]!.name }));
    context = await openBrowser();
    mira = await context.newPage();
    mira.setDefaultTimeout(15_000);
    await signInOnPage(mira, product.url, MEMBER);
    complaints = complaintsOf(mira);
  });
  afterAll(async () => {
    await context?.close();
    await product?.stop();
  });

  it('sees every change marked, counts those of the experiment, and can take each back', async () => {
    await clone();
    expect(await field(/^Name optional/).inputValue()).toBe('');
    expect(await field(/^Name optional/).getAttribute('placeholder')).toBe('sd15 r8');
    await mira.getByRole('combobox', { name: 'Trainer' }).click();
    await mira.getByRole('option').nth(1).click();
    await back('Trainer').waitFor();
    await back('Trainer').click();
    await mira.getByText('No changes yet').waitFor();
    await mira.getByRole('switch', { name: 'Incremental training' }).check({ force: true });
    await field(/^Resume from/).fill('./first.safetensors');
    await field(/^Name optional/).fill('harbour again');
    await field(/^Description/).fill('With the weights of the first.');
    await mira
      .getByRole('combobox', { name: 'Tags' })
      .or(mira.getByRole('textbox', { name: 'Tags' }))
      .fill('dusk');
    await mira.keyboard.press('Enter');
    await mira.getByText('2 changes').waitFor();
    for (const name of ['Incremental training', 'Resume from', 'Name', 'Description', 'Tags']) expect(await back(name).count()).toBe(1);
    await mira.getByText('Described differently', { exact: false }).waitFor();
    await screenshot(mira, 'clone-marked');
    expect(await violations(mira)).toEqual([]);
    for (const name of ['Incremental training', 'Resume from', 'Name', 'Description', 'Tags']) await back(name).click();
    await mira.getByText('No changes yet').waitFor();
  });

  it('drops a file on the clone, compares it with the original, and takes it back', async () => {
    await field(/^Name optional/).fill('harbour from a file');
    await drop(mira, [], 'dragover');
    await drop(mira, ['more.toml', 'second.toml']);
    await mira.getByText('Filled from more.toml (sd-scripts)').or(mira.getByText('Filled from more.toml (kohya_ss)')).waitFor();
    await mira.getByText('second.toml was left out').waitFor();
    expect([await field(/^Rank/).inputValue(), await field(/^Name optional/).inputValue()]).toEqual(['32', 'harbour from a file']);
    await back('Rank').waitFor();
    await back('Learning rate').waitFor();
    await mira.getByText('lowram', { exact: false }).first().waitFor();
    const told = mira.getByRole('alert').filter({ hasText: 'Filled from' });
    expect(await told.getByText('my_switch_8', { exact: false }).count()).toBe(0);
    await told.getByRole('button', { name: 'Show all 10' }).click();
    await told.getByText('my_switch_8', { exact: false }).waitFor();
    await screenshot(mira, 'clone-from-file');
    expect(await violations(mira)).toEqual([]);
    await mira.getByRole('button', { name: 'Undo' }).click();
    expect(await field(/^Rank/).inputValue()).toBe('8');
    expect(await field(/^Name optional/).inputValue()).toBe('harbour from a file');
  });

  it('hands the file in as a clone, with a name of its own', async () => {
    await field(/^Name optional/).fill('');
    await drop(mira, ['more.toml']);
    await back('Rank').waitFor();
    await mira.getByRole('button', { name: 'Start clone' }).click();
    await mira.waitForURL((url) => /tasks\/[0-9a-f-]{36}$/.test(url.pathname) && !url.pathname.includes(taskId));
    const made = await team.member.get<{ name: string; clonedFrom: string; loraRank: number }>(
      `/train-tasks/${mira.url().split('/').pop()!}`,
    );
    expect(made).toMatchObject({ clonedFrom: taskId, loraRank: 32, name: expect.stringMatching(/r32$/) as string });
    const changes = mira.getByRole('list', { name: 'What was changed' });
    await changes.getByRole('button', { name: /^Show all/ }).click();
    await changes.getByText('my_switch_8', { exact: false }).waitFor();
    await changes.getByRole('button', { name: 'Show fewer' }).click();
    await changes.getByText('my_switch_8', { exact: false }).waitFor({ state: 'detached' });
  });

  it('reads it in Chinese, in the dark and on a phone', async () => {
    await mira.evaluate(() => localStorage.setItem('lora-ledger.language', 'zh'));
    await mira.emulateMedia({ colorScheme: 'dark' });
    for (const [size, viewport] of Object.entries(SIZES)) {
      await mira.setViewportSize(viewport);
      await clone();
      await drop(mira, ['more.toml', 'second.toml']);
      await mira.getByText('未采用 second.toml').waitFor();
      await mira.locator('[data-place="name"]').fill('另一个名字');
      await screenshot(mira, `clone-zh-${size}`);
      expect([await violations(mira), await flaws(mira)]).toEqual([[], []]);
      await mira.getByRole('button', { name: '撤销' }).click();
    }
  });

  it('sees no error in the console on the way', () => {
    expect(complaints).toEqual([]);
  });
});

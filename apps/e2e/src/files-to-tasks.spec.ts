import type { BrowserContext, Page } from 'playwright-core';
import { complaintsOf, openBrowser, screenshot, violations } from './support/browser.js';
import { ROOT, startProduct, type Product } from './support/product.js';
import { loraFile } from './support/weights.js';

interface Dropped {
  name: string;
  bytes: number[];
}

const YAML =
  '# the good one\nbase_model: ./models/v1-5.safetensors\ntrain_data_dir: ./data/art\nlora_rank: 8 # small\nlora_alpha: 16\nbatch_size: 4\nepochs: 10\nlearning_rate: 2e-4\nsave_steps: 100\n';
const toml = (rank: number): string =>
  `pretrained_model_name_or_path = "./m.safetensors"\nnetwork_dim = ${rank}\nnetwork_alpha = 4\nlearning_rate = 1e-4\ntrain_batch_size = 2\nmax_train_epochs = 4\ntrain_data_dir = "./d"\nlowram = true\n`;
const file = (name: string, content: string | Buffer): Dropped => ({ name, bytes: [...Buffer.from(content)] });
const TASK = /tasks\/[0-9a-f-]{36}$/;

/** Drops files on the window, as from a folder. */
function drop(page: Page, files: readonly Dropped[]): Promise<void> {
  return page.evaluate((all) => {
    const dataTransfer = new DataTransfer();
    for (const { name, bytes } of all) dataTransfer.items.add(new File([new Uint8Array(bytes)], name));
    for (const type of ['dragover', 'drop'])
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
  }, files as Dropped[]);
}

describe('a person with a folder full of configurations', () => {
  let product: Product;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  const source = () => page.getByRole('textbox', { name: 'Configuration as source text' });
  const field = (name: RegExp) => page.getByRole('textbox', { name });
  const toList = async () => {
    await page.goto(`${product.url}/tasks`);
    await page.getByRole('heading', { level: 1, name: 'Tasks' }).waitFor();
  };

  beforeAll(async () => {
    product = await startProduct({ LEDGER_TRAINERS_FILE: `${ROOT}/docker/trainers.example.yaml`, LEDGER_LOCAL_SLOTS: '0' });
    context = await openBrowser();
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    complaints = complaintsOf(page);
    await page.goto(product.setupLink);
    await page.getByLabel('Username').fill('grace');
    await page.getByRole('textbox', { name: 'Password' }).fill('a long enough password');
    await page.getByRole('button', { name: /create/i }).click();
    await page.getByRole('heading', { level: 1, name: 'Tasks' }).waitFor();
  });
  afterAll(async () => {
    await context?.close();
    await product?.stop();
  });

  it('is taught three ways to make a task, each with its command', async () => {
    for (const command of ['python -m webbrowser', '--data-binary @training.yaml', '"trainDataDir"'])
      await page.getByText(command, { exact: false }).first().waitFor();
    await screenshot(page, 'empty-list');
    expect(await violations(page)).toEqual([]);
  });

  it('drops a YAML file on the list, reads it in the form and edits either side, comments included', async () => {
    await drop(page, [file('art.yaml', YAML)]);
    await page.getByText('Filled from art.yaml (lora-scripts)').waitFor();
    expect(await field(/^Rank/).inputValue()).toBe('8');
    await source().waitFor();
    await field(/^Rank/).fill('32');
    await page.getByText('lora_rank: 32 # small').waitFor();
    expect(await source().innerText()).toContain('# the good one');

    await source().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('seed: 7');
    await page.waitForFunction(() => [...document.querySelectorAll('input')].some(({ value }) => value === '7'));
    await screenshot(page, 'form-source');
    await page.keyboard.type('\n broken: [');
    await page.getByText(/^Line \d+, column \d+: .*The form keeps what it had\./).waitFor();
    expect(await field(/^Rank/).inputValue()).toBe('32');
    await screenshot(page, 'form-source-error');
    expect(await violations(page)).toEqual([]);
    for (let key = 0; key < '\n broken: ['.length; key += 1) await page.keyboard.press('Backspace');
    await page.getByText('Form and source say the same.').waitFor();
  });

  it('has it back after a reload, in another format too, and hands it in with the keyboard', async () => {
    await page.reload();
    await source().getByText('seed: 7').waitFor();
    await page.getByRole('combobox', { name: 'Format of the source' }).click();
    await page.getByRole('option', { name: 'OneTrainer' }).click();
    await page.getByText('"lora_rank": 32').waitFor();
    await page
      .getByText(/OneTrainer cannot say/)
      .first()
      .waitFor();
    await page.getByRole('combobox', { name: 'Format of the source' }).click();
    await page.getByRole('option', { name: 'lora-scripts' }).click();
    await page.getByText('# the good one').waitFor();
    await source().click();
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(TASK);
    await page.getByText('art.yaml').first().waitFor();
    expect(await page.locator('body').innerText()).toContain('# the good one');
  });

  it('is told before the hand-in that the same experiment was run before, and takes the file back but not what was typed since', async () => {
    await toList();
    await drop(page, [file('again.yaml', YAML.replace('lora_rank: 8', 'lora_rank: 32').concat('seed: 7\n'))]);
    await page.getByText('This experiment was run before').waitFor();
    await page.getByRole('link', { name: 'v1-5 r32' }).first().waitFor();
    await screenshot(page, 'form-same-experiment');
    expect(await violations(page)).toEqual([]);
    await field(/^Rank/).fill('33');
    await page.getByText('This experiment was run before').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Filled from again.yaml').waitFor({ state: 'hidden' });
    expect(await field(/^Training data folder/).inputValue()).toBe('/data/style');
    expect(await field(/^Rank/).inputValue()).toBe('33');
    // With nothing left of its own the form gives way to the files that are dropped next.
    await field(/^Rank/).fill('16');
  });

  it('drops three files, mends the one with a problem, removes one and takes it back, and starts all', async () => {
    await drop(page, [file('a.toml', toml(4)), file('b.toml', toml(8).replace('train_data_dir = "./d"\n', '')), file('c.toml', toml(16))]);
    const strip = page.getByRole('navigation', { name: 'Drafts' });
    await strip.getByText('a.toml').waitFor();
    expect(await strip.innerText()).toContain('one problem');
    await screenshot(page, 'form-drafts');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Remove draft c.toml' }).click();
    await strip.getByText('c.toml').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await strip.getByText('c.toml').waitFor();

    await page.reload();
    await strip.getByText('b.toml').click();
    await page.getByText('The file does not say: Training data folder').waitFor();
    await field(/^Training data folder/).fill('./d');
    await page.getByRole('button', { name: 'Start all 3' }).click();
    await page.waitForURL('**/tasks');
    for (const rank of [4, 8, 16]) await page.getByText(`m r${rank}`, { exact: true }).first().waitFor();
  });

  it('drops a LoRA file: sees what stands in it and what is a guess, and enters it as a finished task, once', async () => {
    const weights = loraFile(7);
    await drop(page, [file('old_style.safetensors', weights)]);
    await page.getByText('These are finished weights').waitFor();
    const whole = (name: string) => page.locator('.mantine-TextInput-root', { has: page.locator(`[data-place="${name}"]`) }).innerText();
    expect(await whole('learningRate')).toContain('From the file');
    expect(await whole('trainDataDir')).toContain('Guessed from the file');
    await screenshot(page, 'form-weights');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Import as a finished task' }).click();
    await page.waitForURL(TASK);
    const first = page.url();
    await page.getByText('Succeeded').first().waitFor();

    await toList();
    await drop(page, [file('renamed.safetensors', weights)]);
    await page.getByRole('button', { name: 'Import as a finished task' }).click();
    await page.getByText('These weights are in the ledger already.').waitFor();
    await page.getByRole('link', { name: 'Open that task' }).click();
    await page.waitForURL(first);
  });

  it('clones with one change and a note, and is told that without it nothing would be new', async () => {
    await toList();
    await page.getByText('m r16', { exact: true }).first().click();
    await page.waitForURL(TASK);
    await page
      .getByRole('link', { name: 'Clone' })
      .or(page.getByRole('button', { name: 'Clone' }))
      .first()
      .click();
    await page.getByText('This experiment was run before').waitFor();
    await field(/^Rank/).fill('64');
    await page.getByText('One change').first().waitFor();
    await page.getByText('This experiment was run before').waitFor({ state: 'hidden' });
    await page.getByText('network_dim = 64').waitFor();
    await page.getByRole('textbox', { name: 'Note' }).fill('more capacity');
    await screenshot(page, 'form-clone');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Start clone' }).click();
    await page.waitForURL((url) => TASK.test(url.pathname));
    await page.getByText('more capacity').first().waitFor();
  });

  it('drops a bomb and something that is no configuration, and is told which is which', async () => {
    await toList();
    const bomb = `a: &a [1, 2]\n${Array.from(
      { length: 30 },
      (_, level) =>
        `k${level}: &b${level} [${Array(10)
          .fill(level === 0 ? '*a' : `*b${level - 1}`)
          .join(', ')}]`,
    ).join('\n')}\nlora_rank: 8\n`;
    await drop(page, [file('bomb.yaml', bomb), file('holiday.json', '{"beach": true}')]);
    await page.getByText('bomb.yaml could not be read').waitFor();
    await page.getByText('holiday.json could not be read').waitFor();
    await screenshot(page, 'form-refused');
  });

  it('finds it all in Chinese, in the dark and on a phone', async () => {
    await page.evaluate(() => localStorage.setItem('lora-ledger.language', 'zh'));
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(`${product.url}/tasks/new`);
    await page.getByRole('heading', { level: 1, name: '新建任务' }).waitFor();
    await page.getByText('源文件', { exact: true }).waitFor();
    await screenshot(page, 'form-zh-dark');
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('button', { name: '开始训练' }).scrollIntoViewIfNeeded();
    await screenshot(page, 'form-zh-phone');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });

  it('sees no error in the console on the way', () => {
    expect(complaints).toEqual([]);
  });
});

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectOutputs, MOST_FILES } from './output-files.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'outputs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A file last written `at`, in seconds since 1970. */
function write(name: string, content = 'x', at = 2000): void {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), content);
  utimesSync(join(folder, name), at, at);
}
const SINCE = 1_500_000;
const names = async (): Promise<string[]> => (await collectOutputs(folder, SINCE)).files.map(({ path }) => path);

describe('the output files of a run', () => {
  it('are the files written since its start, at any depth, sorted, with size and hash', async () => {
    write('b/step.pt', 'abc');
    write('a.safetensors', '');
    write('old.safetensors', 'x', 1000);
    expect(await collectOutputs(folder, SINCE)).toEqual({
      hasFreshOutput: true,
      files: [
        { path: 'a.safetensors', size: 0, sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855' },
        { path: 'b/step.pt', size: 3, sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' },
      ],
    });
  });

  it.each(['lora.safetensors', 'lora.pt', 'adapter_model.bin', 'result.txt', 'model'])('prove a result with %s', async (name) => {
    write(name);
    expect((await collectOutputs(folder, SINCE)).hasFreshOutput).toBe(true);
  });

  it.each([
    'train.log',
    'trainer_log.jsonl',
    'running_log.txt',
    'events.out.tfevents.17.host',
    'config.yaml',
    'adapter_config.json',
    'samples/01.png',
    'README.md',
  ])('prove none with %s alone', async (name) => {
    write(name);
    expect((await collectOutputs(folder, SINCE)).hasFreshOutput).toBe(false);
    expect(await names()).toEqual([name]);
  });

  it('prove none when empty or older than the start', async () => {
    write('a.safetensors', '');
    write('b.safetensors', 'x', 1000);
    expect((await collectOutputs(folder, SINCE)).hasFreshOutput).toBe(false);
  });

  it('are not looked for behind symbolic links', async () => {
    write('real.pt');
    symlinkSync('/etc', join(folder, 'etc'));
    symlinkSync('/etc/hostname', join(folder, 'hostname.pt'));
    expect(await names()).toEqual(['real.pt']);
  });

  it('are at most 1000, the newest ones', async () => {
    for (let index = 0; index < MOST_FILES + 5; index += 1) write(`step-${index}.pt`, 'x', 2000 + index);
    const found = await names();
    expect(found).toHaveLength(MOST_FILES);
    expect(found).not.toContain('step-4.pt');
    expect(found).toContain('step-5.pt');
  });

  it('are none where the trainer removed the folder', async () => {
    expect(await collectOutputs(join(folder, 'gone'), SINCE)).toEqual({ files: [], hasFreshOutput: false });
  });
});

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gpuName, gpuSeconds } from './gpu.js';

describe('GPU seconds', () => {
  it.each([
    [undefined, 10],
    ['0', 10],
    ['0,1', 20],
    [' 0, 1 ,GPU-8f5a ', 30],
    ['', 10],
    ['-1', 10],
  ])('with CUDA_VISIBLE_DEVICES=%j are %d for ten seconds', (visible, seconds) => {
    expect(gpuSeconds(10, visible)).toBe(seconds);
  });
});

describe('the name of the GPU', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gpu-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** The environment of a host whose `nvidia-smi` is this script. */
  function host(script: string, visible?: string): Record<string, string> {
    writeFileSync(join(folder, 'nvidia-smi'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'nvidia-smi'), 0o755);
    return { PATH: `${folder}:/usr/bin:/bin`, ...(visible === undefined ? {} : { CUDA_VISIBLE_DEVICES: visible }) };
  }

  it('counts devices of one kind', async () => {
    expect(await gpuName(host('printf "NVIDIA A100\\nNVIDIA A100\\nNVIDIA T4\\n"'))).toBe('2 × NVIDIA A100, NVIDIA T4');
  });

  it('is that of the devices the trainer sees', async () => {
    expect(await gpuName(host('echo "$3"', '1,3'))).toBe('--id=1,3');
    expect(await gpuName(host('echo "$3"', ''))).toBeNull();
  });

  it('is unknown when the driver does not answer', async () => {
    expect(await gpuName(host('echo "NVIDIA-SMI has failed"; exit 9'))).toBeNull();
  });

  it('is unknown on a host without one', async () => {
    expect(await gpuName({ PATH: '/nowhere' })).toBeNull();
  });
});

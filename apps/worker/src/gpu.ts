import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const ANSWER_MS = 5000;

/**
 * The devices of this host as `nvidia-smi` names them, e.g. "NVIDIA A100" or "2 × NVIDIA A100"; `null` without NVIDIA devices.
 * @param env the trainer's environment: CUDA_VISIBLE_DEVICES says which of them it sees
 */
export async function gpuName(env: Readonly<Record<string, string>>): Promise<string | null> {
  const visible = env['CUDA_VISIBLE_DEVICES'];
  if (visible !== undefined && devices(visible).length === 0) return null;
  try {
    const args = ['--query-gpu=name', '--format=csv,noheader', ...(visible === undefined ? [] : [`--id=${devices(visible).join(',')}`])];
    const { stdout } = await promisify(execFile)('nvidia-smi', args, { timeout: ANSWER_MS, env });
    const names = stdout
      .split('\n')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    const kinds = [...new Set(names)].map((kind) => ({ kind, count: names.filter((name) => name === kind).length }));
    const text = kinds.map(({ kind, count }) => (count > 1 ? `${count} × ${kind}` : kind)).join(', ');
    return text === '' ? null : text.slice(0, 255);
  } catch {
    return null;
  }
}

/**
 * GPU seconds of a run: wall seconds × the devices it was given. One device where nobody said how many, and also where there is none:
 * the run kept a machine busy all the same, and costs are counted by this number.
 */
export function gpuSeconds(wallSeconds: number, visible: string | undefined): number {
  return wallSeconds * Math.max(1, visible === undefined ? 1 : devices(visible).length);
}

function devices(visible: string): string[] {
  return visible
    .split(',')
    .map((device) => device.trim())
    .filter((device) => device !== '' && device !== '-1');
}

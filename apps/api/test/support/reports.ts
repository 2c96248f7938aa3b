import type { Api } from './api.js';

/** What a worker reports when its trainer has ended well; say only what matters to the test. */
export const exitReport = (more: object = {}): object => ({ exitCode: 0, hasFreshOutput: true, lastLines: '', outputFiles: [], ...more });

/** An output file as a worker reports it. */
export const FILE = { path: 'art.safetensors', size: 1000, sha256: 'a'.repeat(64) };

/** The history of a task, a line for each event: what, who, from which state, to which. */
export async function historyOf(reader: Api, taskId: string): Promise<string[]> {
  const { items } = await reader.get<{ items: Record<string, string | null>[] }>(`/train-tasks/${taskId}/events`);
  return items.map(({ type, actor, from, to }) => [type, actor, from ?? '-', to ?? '-'].join(' '));
}

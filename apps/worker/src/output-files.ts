import type { OutputFile } from '@lora-ledger/contracts';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';

export const MOST_FILES = 1000;
const MOST_ENTRIES = 20_000;
const LONGEST_PATH = 1000;

/** Logs, notes and samples that a trainer writes beside its result: they show that it ran, not that it got anywhere. */
const NOT_A_RESULT = /(?:\.(?:log|jsonl|ya?ml|toml|json|lock|pid|png|jpe?g|webp|gif|md)$)|(?:[_.-]log\.txt$)|(?:^events\.out\.tfevents)/i;

export interface Outputs {
  /** The newest files first are kept when there are more than {@link MOST_FILES}; sorted by path. */
  files: OutputFile[];
  /** Whether one of them can be a result: not empty, and neither a log nor a sample. */
  hasFreshOutput: boolean;
}

interface Found {
  path: string;
  size: number;
  mtimeMs: number;
}

/**
 * The regular files below `folder` that were written at or after `since` (ms since 1970, by the clock of the file system), with their SHA-256.
 * Symbolic links are not followed. A file that vanishes meanwhile is left out.
 */
export async function collectOutputs(folder: string, since: number): Promise<Outputs> {
  const fresh: Found[] = [];
  for await (const file of walk(folder)) {
    if (file.mtimeMs >= since) fresh.push(file);
  }
  const hasFreshOutput = fresh.some(({ path, size }) => size > 0 && !NOT_A_RESULT.test(path.slice(path.lastIndexOf(sep) + 1)));
  const newest = fresh
    .sort((a, b) => b.mtimeMs - a.mtimeMs)
    .slice(0, MOST_FILES)
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const files: OutputFile[] = [];
  for (const { path } of newest) {
    const hashed = await hashFile(path);
    const name = relative(folder, path).split(sep).join('/');
    if (hashed !== undefined && name.length <= LONGEST_PATH && !/[\u0000-\u001f\u007f\u0085\u2028\u2029]/.test(name))
      files.push({ path: name, ...hashed });
  }
  return { files, hasFreshOutput };
}

async function* walk(root: string): AsyncGenerator<Found> {
  const folders = [root];
  let entries = 0;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const opened = await opendir(folder).catch(() => undefined);
    if (opened === undefined) continue;
    for await (const entry of opened) {
      entries += 1;
      if (entries > MOST_ENTRIES) return;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(path);
      const found = entry.isFile() ? await lstat(path).catch(() => undefined) : undefined;
      if (found !== undefined) yield { path, size: found.size, mtimeMs: found.mtimeMs };
    }
  }
}

async function hashFile(path: string): Promise<{ size: number; sha256: string } | undefined> {
  const hash = createHash('sha256');
  let size = 0;
  try {
    await pipeline(createReadStream(path), async function (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        size += chunk.length;
      }
    });
    return { size, sha256: hash.digest('hex') };
  } catch {
    return undefined;
  }
}

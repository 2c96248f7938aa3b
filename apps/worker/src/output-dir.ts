import { lstat, mkdir, realpath } from 'node:fs/promises';
import { join, posix, win32 } from 'node:path';

/** A place that must not be written to; the message says which. */
export class PlaceError extends Error {
  override readonly name = 'PlaceError';
}

/**
 * Where one attempt writes its result, below `<dataDir>/outputs`: a relative wish becomes `<wish>/<taskId>`, an absolute one
 * (a path of another host, or outside) and none at all become `<taskId>`. So no run ever overwrites another's files.
 * @throws PlaceError for a wish that climbs
 */
export function outputDirName(wish: string | null, taskId: string): string[] {
  if (wish === null || posix.isAbsolute(wish) || win32.isAbsolute(wish) || wish.startsWith('~')) return [taskId];
  const parts = wish.split(/[\\/]+/).filter((part) => part !== '' && part !== '.');
  if (wish.includes('\0') || parts.includes('..'))
    throw new PlaceError(`the output path must stay inside the output folder: ${JSON.stringify(wish)}`);
  return [...parts, taskId];
}

/**
 * Makes the folder `parts` below `root`, one level after another, and answers its real path.
 * @throws PlaceError when a level is a symbolic link or a file: whoever put it there could lead a run anywhere
 */
export async function makeFolderInside(root: string, parts: readonly string[]): Promise<string> {
  await mkdir(root, { recursive: true });
  let folder = await realpath(root);
  for (const part of parts) {
    folder = join(folder, part);
    await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    if (!(await lstat(folder)).isDirectory()) throw new PlaceError(`${folder} is not a folder of its own`);
  }
  return folder;
}

import { open } from 'node:fs/promises';

/** Up to `length` bytes of a file from `offset` on; none when the file ends before or does not exist (yet). */
export async function readSlice(path: string, offset: number, length: number): Promise<Uint8Array> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (file === undefined) return new Uint8Array();
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(length), 0, length, offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** The last `length` bytes of a file, all of a shorter one. */
export async function readTail(path: string, length: number): Promise<Uint8Array> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return new Uint8Array();
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(
      new Uint8Array(Math.min(size, length)),
      0,
      Math.min(size, length),
      Math.max(0, size - length),
    );
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

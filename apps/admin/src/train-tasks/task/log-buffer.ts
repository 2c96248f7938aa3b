import type { LogSlice } from '@lora-ledger/contracts';

/** The part of a log that is held here: adjoining pieces, oldest first. Offsets and sizes in bytes. */
export interface LogBuffer {
  pieces: readonly LogSlice[];
  /** Of the whole log, as last heard. */
  size: number;
}

export const EMPTY_LOG: LogBuffer = { pieces: [], size: 0 };

export function startOf({ pieces }: LogBuffer): number {
  return pieces[0]?.offset ?? 0;
}

export function endOf({ pieces }: LogBuffer): number {
  return pieces.at(-1)?.nextOffset ?? 0;
}

export function textOf({ pieces }: LogBuffer): string {
  return pieces.map(({ text }) => text).join('');
}

/**
 * The buffer with what came after it. A piece that does not adjoin (it was asked for before another arrived) changes nothing.
 * Beyond `keep` bytes the oldest pieces are let go.
 */
export function append(buffer: LogBuffer, piece: LogSlice, keep: number): LogBuffer {
  if (buffer.pieces.length > 0 && piece.offset !== endOf(buffer)) return buffer;
  if (piece.text === '') return piece.size === buffer.size ? buffer : { ...buffer, size: piece.size };
  const pieces = [...buffer.pieces, piece];
  const first = pieces.findIndex(({ offset }) => piece.nextOffset - offset <= keep);
  return { pieces: pieces.slice(first === -1 ? pieces.length - 1 : first), size: piece.size };
}

/** The buffer with what stands before it. */
export function prepend(buffer: LogBuffer, piece: LogSlice): LogBuffer {
  return piece.nextOffset !== startOf(buffer) || piece.text === '' ? buffer : { pieces: [piece, ...buffer.pieces], size: piece.size };
}

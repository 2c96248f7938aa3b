import type { TrainTaskDetail } from '@lora-ledger/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { liveInterval } from '../live.js';
import { fetchLog, taskKeys } from '../queries.js';
import { append, EMPTY_LOG, endOf, prepend, startOf, textOf } from './log-buffer.js';
import { lineAt, toLines } from './log-lines.js';

const FIRST_BYTES = 65_536;
const MORE_BYTES = 262_144;
/** Held in memory at most; a running log that is followed lets its oldest part go. */
const KEEP_BYTES = 4 * 1024 * 1024;

/**
 * The log of a task from its end on: what is written arrives by itself, what was written before is there on request, and any other
 * place can be gone to. While somebody reads further up, nothing is taken away above them.
 */
export function useLog(task: Pick<TrainTaskDetail, 'taskId' | 'status' | 'endTime'>, follow: boolean) {
  const { taskId } = task;
  const [buffer, setBuffer] = useState(EMPTY_LOG);
  /** Whether the part held here goes on as the log is written. */
  const [isAtTail, setAtTail] = useState(true);
  const start = startOf(buffer);
  const loaded = endOf(buffer) - start;
  const isFull = !follow && loaded > KEEP_BYTES;
  /** Somebody may begin or cease to follow while an answer is on its way. */
  const follows = useRef(follow);
  useEffect(() => {
    follows.current = follow;
  }, [follow]);

  const tail = useQuery({
    queryKey: taskKeys.part(taskId, 'log-tail'),
    enabled: isAtTail && !isFull,
    refetchInterval: () => liveInterval(task),
    gcTime: 0,
    queryFn: async ({ signal }) => {
      const piece =
        buffer.pieces.length === 0
          ? await fetchLog(taskId, -FIRST_BYTES, FIRST_BYTES, signal)
          : await fetchLog(taskId, endOf(buffer), MORE_BYTES, signal);
      const isBehind = piece.nextOffset < piece.size;
      // More has come than is read at once, and more may come: who follows is taken to the end, as when the log was opened.
      const last = isBehind && follows.current ? await fetchLog(taskId, -FIRST_BYTES, FIRST_BYTES, signal) : null;
      if (last !== null && follows.current) setBuffer({ pieces: [last], size: last.size });
      else {
        const keep = follows.current ? KEEP_BYTES : Infinity;
        setBuffer((now) => append(now, piece, keep));
        // For who reads further up it goes on when they come down to it.
        if (isBehind) setAtTail(false);
      }
      return (last ?? piece).nextOffset;
    },
  });
  const earlier = useMutation({
    mutationFn: () => {
      const from = Math.max(0, start - MORE_BYTES);
      return fetchLog(taskId, from, start - from);
    },
    onSuccess: (piece) => setBuffer((now) => prepend(now, piece)),
  });
  const later = useMutation({
    mutationFn: () => fetchLog(taskId, endOf(buffer), MORE_BYTES),
    onSuccess: (piece) => {
      setBuffer((now) => append(now, piece, Infinity));
      if (piece.nextOffset >= piece.size) setAtTail(true);
    },
  });

  /** Makes sure that a byte of the log is held here, with what stands around it. */
  const { mutateAsync: goTo } = useMutation({
    mutationFn: async (offset: number) => {
      if (offset >= startOf(buffer) && offset < endOf(buffer)) return;
      const piece = await fetchLog(taskId, Math.max(0, offset - FIRST_BYTES), 2 * FIRST_BYTES);
      setAtTail(piece.nextOffset >= piece.size);
      setBuffer({ pieces: [piece], size: piece.size });
    },
  });
  // Asked for anew instead of through the query above: that would go on from what is held here, and the end may be far.
  const { mutate: jump } = useMutation({
    mutationFn: () => fetchLog(taskId, -FIRST_BYTES, FIRST_BYTES),
    onSuccess: (piece) => {
      setBuffer({ pieces: [piece], size: piece.size });
      setAtTail(true);
    },
  });
  const toEnd = (): void => {
    if (!isAtTail || isFull) jump();
  };

  const text = useMemo(() => textOf(buffer), [buffer]);
  const lines = useMemo(() => toLines(text, start === 0), [text, start]);
  return {
    lines,
    text,
    start,
    end: endOf(buffer),
    size: buffer.size,
    loaded,
    isPending: tail.isPending && buffer.pieces.length === 0,
    error: tail.error,
    hasEarlier: start > 0,
    loadEarlier: earlier.mutate,
    loadingEarlier: earlier.isPending,
    hasLater: !isAtTail || isFull,
    loadLater: later.mutate,
    loadingLater: later.isPending,
    goTo,
    toEnd,
    lineOf: (offset: number) => lineAt(text, start, offset),
  };
}

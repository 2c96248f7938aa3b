import type { TrainTaskDetail } from '@lora-ledger/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { liveInterval } from '../live.js';
import { fetchLog, taskKeys } from '../queries.js';
import { append, EMPTY_LOG, endOf, prepend, startOf, textOf } from './log-buffer.js';
import { toLines } from './log-lines.js';

const FIRST_BYTES = 65_536;
const MORE_BYTES = 262_144;
/** Held in memory at most; a running log lets its oldest part go. */
const KEEP_BYTES = 4 * 1024 * 1024;

/** The log of a task from its end on: what is written arrives by itself, what was written before is there on request. */
export function useLog(task: Pick<TrainTaskDetail, 'taskId' | 'status' | 'endTime'>) {
  const { taskId } = task;
  const [buffer, setBuffer] = useState(EMPTY_LOG);
  const query = useQuery({
    queryKey: [...taskKeys.detail(taskId), 'log-tail'],
    refetchInterval: () => liveInterval(task),
    gcTime: 0,
    queryFn: async ({ signal }) => {
      const piece = buffer.pieces.length === 0 ? await fetchLog(taskId, -FIRST_BYTES, FIRST_BYTES, signal) : await fetchLog(taskId, endOf(buffer), MORE_BYTES, signal);
      setBuffer((now) => append(now, piece, KEEP_BYTES));
      return piece.nextOffset;
    },
  });
  const earlier = useMutation({
    mutationFn: () => {
      const start = startOf(buffer);
      const from = Math.max(0, start - MORE_BYTES);
      return fetchLog(taskId, from, start - from);
    },
    onSuccess: (piece) => setBuffer((now) => prepend(now, piece)),
  });
  const start = startOf(buffer);
  const text = useMemo(() => textOf(buffer), [buffer]);
  const lines = useMemo(() => toLines(text, start === 0), [text, start]);
  return {
    lines, text, size: buffer.size, loaded: endOf(buffer) - start, isPending: query.isPending, error: query.error,
    hasEarlier: start > 0, loadEarlier: earlier.mutate, loadingEarlier: earlier.isPending,
  };
}

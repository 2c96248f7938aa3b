import type { LogMatch } from '@lora-ledger/contracts';
import { useMutation } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { fetchLogMatches } from '../queries.js';

interface Found {
  q: string;
  matches: readonly LogMatch[];
  /** Byte to go on from; `null` when the whole log has been searched. */
  nextFrom: number | null;
  /** Which match is looked at, -1 before the first. */
  index: number;
}

const NOTHING: Found = { q: '', matches: [], nextFrom: null, index: -1 };
const PAGE = 200;
/** Nobody walks through more; counting them would only keep the server busy. */
const MOST = 5000;

/** Finds text in the whole log, on the server: the first match at once, the others as somebody goes on. */
export function useLogSearch(taskId: string) {
  const [found, setFound] = useState(NOTHING);
  const latest = useRef(found);
  const controller = useRef<AbortController>(undefined);
  const steps = useRef(0);
  const keep = useCallback((next: Found) => {
    latest.current = next;
    setFound(next);
  }, []);
  useEffect(() => () => controller.current?.abort(), []);

  /** Searches on until there are more matches than before, or to the end of the log. */
  const { mutateAsync, isPending, error } = useMutation({
    mutationFn: async ({ toEnd }: { toEnd: boolean }) => {
      controller.current?.abort();
      const { signal } = (controller.current = new AbortController());
      const before = latest.current.matches.length;
      for (
        let now = latest.current;
        now.nextFrom !== null && now.matches.length < MOST && (toEnd || now.matches.length === before);
        now = latest.current
      ) {
        const page = await fetchLogMatches(taskId, now.q, now.nextFrom, PAGE, signal);
        // Somebody may have gone on among the known ones meanwhile.
        keep({ ...latest.current, matches: [...now.matches, ...page.items], nextFrom: page.nextFrom });
      }
    },
  });

  const step = useCallback(
    async (by: 1 | -1): Promise<LogMatch | undefined> => {
      const {
        matches: { length },
        index,
        nextFrom,
      } = latest.current;
      const wanted = index + by;
      const own = (steps.current += 1);
      const isLast = () => own === steps.current;
      if (nextFrom !== null && (wanted < 0 || wanted >= length))
        await mutateAsync({ toEnd: wanted < 0 }).catch((problem: unknown) => {
          if (isLast()) throw problem;
        });
      const now = latest.current;
      // Where somebody has gone meanwhile, they stay.
      if (!isLast()) return now.matches[now.index];
      if (now.matches.length === 0) return undefined;
      const next = (wanted + now.matches.length) % now.matches.length;
      keep({ ...now, index: next });
      return now.matches[next];
    },
    [keep, mutateAsync],
  );

  /** @returns the first match */
  const start = useCallback(
    (q: string): Promise<LogMatch | undefined> => {
      controller.current?.abort();
      keep(q.trim() === '' ? NOTHING : { ...NOTHING, q, nextFrom: 0 });
      return q.trim() === '' ? Promise.resolve(undefined) : step(1);
    },
    [keep, step],
  );

  return {
    q: found.q,
    index: found.index,
    count: found.matches.length,
    isComplete: found.nextFrom === null,
    current: found.matches[found.index],
    searchedTo: found.nextFrom,
    isSearching: isPending,
    error,
    start,
    step,
  };
}

export type LogSearchState = ReturnType<typeof useLogSearch>;

import { useCallback, useEffect, useMemo, useState } from 'react';
import { readStored, writeStored } from '../stored.js';
import type { Column } from './column.js';
import { defaultLayout, readLayout, restoreLayout, writeLayout, type TableLayout } from './table-layout.js';

/** Where else a layout stands than in this browser. */
export interface AddressedLayout {
  /** What the address says; `undefined`: nothing, everybody sees their own. */
  layout: string | undefined;
  /** It was one's own when it was put there: on the way back to it the present one is shown, not an old one. */
  isOwn: boolean;
  /** Puts it there; stays the same function. */
  tell: (layout: string | undefined, isOwn: boolean) => void;
}

export interface KeptLayout {
  layout: TableLayout;
  setLayout: (change: (layout: TableLayout) => TableLayout) => void;
  resetLayout: () => void;
  /** The layout came with the address and changes nothing in this browser; `null`: it is one's own. */
  borrowed: { giveBack: () => void; keep: () => void } | null;
}

interface Held {
  /** What the address said when this began. */
  told: string | undefined;
  kept: unknown;
  isOwn: boolean;
}

/** An edge that is dragged passes many widths. */
const TELL_MS = 300;

/**
 * The column layout of one list, kept in this browser under `name`. With an address it stands there too, unless it is what everybody
 * begins with; one that somebody else has put there is shown as they saw it, and one's own is left as it was.
 */
export function useTableLayout<Row>(
  name: string,
  columns: readonly Column<Row>[],
  pinned: readonly string[],
  address?: AddressedLayout,
): KeptLayout {
  const key = `lora-ledger.columns.${name}`;
  const { layout: told, isOwn: isToldAsOwn = false, tell } = address ?? {};
  const restore = useCallback((kept: unknown) => restoreLayout(kept, columns, pinned), [columns, pinned]);
  const [held, hold] = useState<Held>(() => begin(key, told, isToldAsOwn, restore));
  // Columns come and go with the address: those that are new take their place by default.
  const layout = useMemo(() => restore(held.kept), [held.kept, restore]);
  const text = useMemo(() => {
    const written = writeLayout(layout);
    return held.isOwn && written === writeLayout(defaultLayout(columns, pinned)) ? undefined : written;
  }, [layout, held.isOwn, columns, pinned]);
  // While drawing, not after it: not even one picture shows another's list with one's own columns.
  if (told !== held.told) hold(told === text ? { ...held, told } : begin(key, told, isToldAsOwn, restore));

  const isTold = text === told && (text === undefined || held.isOwn === isToldAsOwn);
  useEffect(() => {
    if (tell === undefined || isTold) return undefined;
    const timer = setTimeout(() => tell(text, held.isOwn), TELL_MS);
    return () => clearTimeout(timer);
  }, [tell, isTold, text, held.isOwn]);

  const setLayout = useCallback(
    (change: (layout: TableLayout) => TableLayout) =>
      hold((before) => {
        const kept = change(restore(before.kept));
        if (before.isOwn) writeStored(key, kept);
        return { ...before, kept };
      }),
    [key, restore],
  );
  const resetLayout = useCallback(() => setLayout(() => defaultLayout(columns, pinned)), [setLayout, columns, pinned]);
  const borrowed = useMemo(
    () =>
      held.isOwn
        ? null
        : {
            giveBack: () => hold(({ told: before }) => ({ told: before, kept: readStored(key), isOwn: true })),
            keep: () => {
              writeStored(key, layout);
              hold((before) => ({ ...before, isOwn: true }));
            },
          },
    [held.isOwn, key, layout],
  );
  return { layout, setLayout, resetLayout, borrowed };
}

function begin(key: string, told: string | undefined, isToldAsOwn: boolean, restore: (kept: unknown) => TableLayout): Held {
  const own = readStored(key);
  if (told === undefined || isToldAsOwn) return { told, kept: own, isOwn: true };
  const theirs = readLayout(told);
  // The columns that there are differ from list to list: two layouts are the same when they look so here.
  const isOwn = writeLayout(restore(theirs)) === writeLayout(restore(own));
  return { told, kept: isOwn ? own : theirs, isOwn };
}

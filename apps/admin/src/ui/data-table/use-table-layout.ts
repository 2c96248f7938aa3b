import { useCallback, useMemo, useState } from 'react';
import { readStored, writeStored } from '../stored.js';
import type { Column } from './column.js';
import { defaultLayout, restoreLayout, type TableLayout } from './table-layout.js';

/** The column layout of one list, kept in this browser under `name`. */
export function useTableLayout<Row>(
  name: string,
  columns: readonly Column<Row>[],
  pinned: readonly string[],
): {
  layout: TableLayout;
  setLayout: (change: (layout: TableLayout) => TableLayout) => void;
  resetLayout: () => void;
} {
  const key = `lora-ledger.columns.${name}`;
  const [kept, keep] = useState(() => readStored(key));
  // Columns come and go with the address: those that are new take their place by default.
  const layout = useMemo(() => restoreLayout(kept, columns, pinned), [kept, columns, pinned]);
  const setLayout = useCallback(
    (change: (layout: TableLayout) => TableLayout) =>
      keep((before: unknown) => {
        const after = change(restoreLayout(before, columns, pinned));
        writeStored(key, after);
        return after;
      }),
    [key, columns, pinned],
  );
  const resetLayout = useCallback(() => setLayout(() => defaultLayout(columns, pinned)), [setLayout, columns, pinned]);
  return { layout, setLayout, resetLayout };
}

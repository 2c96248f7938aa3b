import { useCallback, useState } from 'react';
import { readStored, writeStored } from '../stored.js';
import type { Column } from './column.js';
import { defaultLayout, restoreLayout, type TableLayout } from './table-layout.js';

/** The column layout of one list, kept in this browser under `name`. */
export function useTableLayout<Row>(name: string, columns: readonly Column<Row>[], pinned: readonly string[]): {
  layout: TableLayout;
  setLayout: (change: (layout: TableLayout) => TableLayout) => void;
  resetLayout: () => void;
} {
  const key = `lora-ledger.columns.${name}`;
  const [layout, keep] = useState(() => restoreLayout(readStored(key), columns, pinned));
  const setLayout = useCallback((change: (layout: TableLayout) => TableLayout) => keep((before) => {
    const after = change(before);
    writeStored(key, after);
    return after;
  }), [key]);
  return { layout, setLayout, resetLayout: () => setLayout(() => defaultLayout(columns, pinned)) };
}

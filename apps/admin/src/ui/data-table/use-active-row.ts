import { useMemo, useState } from 'react';

/** The row that keys act on. */
export interface ActiveRow {
  id: string;
  index: number;
  /** It was reached by keyboard. */
  byKey: boolean;
}

/** The active row keeps its row when others come or go, and its place when it goes itself. */
export function useActiveRow<Row>(
  rows: readonly Row[],
  rowId: (row: Row) => string,
  initial: ActiveRow | null,
): {
  active: ActiveRow | null;
  /** Where it stands now. */
  activeIndex: number | null;
  activate: (row: ActiveRow | null) => void;
} {
  const [active, activate] = useState(initial);
  const activeIndex = useMemo(() => {
    if (active === null || rows.length === 0) return null;
    const found = rows.findIndex((row) => rowId(row) === active.id);
    return found === -1 ? Math.min(active.index, rows.length - 1) : found;
  }, [rows, rowId, active]);
  return { active, activeIndex, activate };
}

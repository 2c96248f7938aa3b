/** One number of a run, and what it must be. */
export interface Figure {
  /** Row of the requirements, `P4`. */
  row: string;
  /** Unique inside its row. */
  name: string;
  value: number;
  unit: string;
  better: 'higher' | 'lower';
  /** The bound it must keep; absent: for information. */
  must?: number;
  /**
   * The figure divided by a yardstick of the same run: what is compared between machines. Absent where no yardstick of PostgreSQL
   * says anything about it.
   */
  ratio?: number;
}

export function passes({ value, better, must }: Figure): boolean | null {
  if (must === undefined) return null;
  return better === 'higher' ? value >= must : value <= must;
}

/** A row that could not be run, with the reason. */
export interface Skipped {
  row: string;
  reason: string;
}

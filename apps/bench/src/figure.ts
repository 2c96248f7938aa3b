/** One number of a run, and what it must be. */
export interface Figure {
  /** Row of the requirements, `P4`. */
  row: string;
  /** Unique inside its row, and the same in every run. */
  name: string;
  /** What the table says instead of the name. */
  detail?: string;
  value: number;
  unit: string;
  better: 'higher' | 'lower';
  /** The bound it must keep; absent: for information. */
  must?: number;
  /**
   * The figure divided by a yardstick of the same run, both in processor time: what is compared with the baseline, because neither
   * a faster machine nor a busy one changes it much. Absent where the clock is what counts.
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

import type { ListSearch } from '../../task-filter/list-search.js';
import type { AnalyticsSearch, SectionName } from '../analytics-search.js';

/** One figure of a table: as people read it, and as a program does. */
export interface Figure {
  shown: string;
  raw: string | number | null;
}

export interface FigureRow {
  key: string;
  /** What the row is about. */
  name: string;
  /** In the order of the columns. */
  figures: readonly Figure[];
  /** The tasks behind it; `null` when no filter selects them. */
  tasks: ListSearch | null;
  /** Where it leads when it stands for all tasks: the question that tells them apart. */
  question?: { section: SectionName; search: AnalyticsSearch } | null;
}

/** What a chart shows, as a table: the same marks for people who do not see it, and for export. */
export interface Figures {
  /** Heading of the names, then of the figures. */
  name: string;
  columns: readonly string[];
  rows: readonly FigureRow[];
}

/** RFC 4180. A text that a spreadsheet would read as a formula is made a text again by an apostrophe. */
export function toCsv({ name, columns, rows }: Figures): string {
  const lines = [[name, ...columns], ...rows.map((row) => [row.name, ...row.figures.map(({ raw }) => raw)])];
  return lines.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

import { SORT_FIELDS, type SortField } from '@lora-ledger/contracts';
import type { Where } from '../database/where.js';
import { Problem } from '../problem.js';

interface SortColumn {
  sql: string;
  type: 'text' | 'double precision' | 'timestamptz' | 'bigint' | 'integer';
  nullable: boolean;
}

const COLUMNS: Record<SortField, SortColumn> = {
  // Ids are made in the order of time, so "newest first" needs no column beside the key.
  createdAt: { sql: 't.id', type: 'bigint', nullable: false },
  startTime: { sql: 't.start_time', type: 'timestamptz', nullable: true },
  endTime: { sql: 't.end_time', type: 'timestamptz', nullable: true },
  name: { sql: 't.name', type: 'text', nullable: false },
  status: { sql: 't.status', type: 'text', nullable: false },
  modelName: { sql: 't.model_name', type: 'text', nullable: false },
  loraRank: { sql: 't.lora_rank', type: 'integer', nullable: false },
  loraAlpha: { sql: 't.lora_alpha', type: 'double precision', nullable: false },
  learningRate: { sql: 't.learning_rate', type: 'double precision', nullable: false },
  batchSize: { sql: 't.batch_size', type: 'integer', nullable: false },
  epochs: { sql: 't.epochs', type: 'double precision', nullable: true },
  progress: { sql: 't.progress', type: 'double precision', nullable: true },
  finalLoss: { sql: 't.final_loss', type: 'double precision', nullable: true },
  bestLoss: { sql: 't.best_loss', type: 'double precision', nullable: true },
  duration: { sql: 'extract(epoch FROM t.end_time - t.start_time)::double precision', type: 'double precision', nullable: true },
  cost: { sql: 't.cost', type: 'double precision', nullable: true },
};

/** Where a page ended: the sort value of its last row (`null` among the rows without one) and its id, which breaks ties. */
export interface Position {
  value: string | null;
  id: string;
}

/** One order of the list. Rows without a value come last in both directions: nobody looks for what is not there. */
export class Sorting {
  private readonly column: SortColumn;
  private readonly descending: boolean;

  private constructor(private readonly name: string, field: SortField) {
    this.column = COLUMNS[field];
    this.descending = name.startsWith('-');
  }

  static by(sort = '-createdAt'): Sorting {
    const field = SORT_FIELDS.find((one) => one === sort.replace(/^-/, ''));
    if (field === undefined) throw Problem.invalid([{ path: 'sort', message: `sort must be one of ${SORT_FIELDS.join(', ')}, with "-" in front for descending` }]);
    return new Sorting(sort, field);
  }

  get nullable(): boolean {
    return this.column.nullable;
  }

  /** The sort value as text that PostgreSQL reads back exactly. */
  get value(): string {
    return `(${this.column.sql})::text`;
  }

  /** `valued`: rows with a value, in their order; otherwise the rows without one. */
  orderBy(valued: boolean): string {
    const direction = this.descending ? 'DESC' : 'ASC';
    return valued && this.column.sql !== 't.id' ? `ORDER BY ${this.column.sql} ${direction}, t.id ${direction}` : `ORDER BY t.id ${direction}`;
  }

  /** Narrows to rows after `position`: a comparison of rows, which an index on (column, id) answers from any depth. */
  after(where: Where, { value, id }: Position): void {
    const [operator, after] = [this.descending ? '<' : '>', where.bind(id, 'bigint')];
    where.and(value === null || this.column.sql === 't.id'
      ? `t.id ${operator} ${after}`
      : `(${this.column.sql}, t.id) ${operator} (${where.bind(value)}::${this.column.type}, ${after})`);
  }

  only(where: Where, valued: boolean): void {
    if (this.column.nullable) where.and(`${this.column.sql} IS ${valued ? 'NOT NULL' : 'NULL'}`);
  }

  encode(position: Position): string {
    return Buffer.from(JSON.stringify([this.name, position.value, position.id])).toString('base64url');
  }

  /** @throws Problem VALIDATION for a cursor that was not made for this order */
  decode(cursor: string): Position {
    const parts = parse(cursor);
    const [name, value, id] = parts;
    const isOurs = parts.length === 3 && typeof id === 'string' && isRowId(id) && (value === null ? this.nullable : typeof value === 'string' && this.isValue(value));
    if (!isOurs) throw Problem.invalid([{ path: 'cursor', message: 'cursor is not one this list has given: begin again without it' }]);
    if (name !== this.name) throw Problem.invalid([{ path: 'cursor', message: `cursor belongs to the order "${String(name).slice(0, 40)}": begin again without it` }]);
    return { value: value as string | null, id };
  }

  private isValue(value: string): boolean {
    switch (this.column.type) {
      case 'text':
        return value.length <= 1000 && !value.includes('\0');
      case 'timestamptz':
        return isTime(value);
      case 'bigint':
        return isRowId(value);
      case 'integer':
        return /^-?\d{1,10}$/.test(value) && Math.abs(Number(value)) < 2 ** 31;
      case 'double precision':
        return /^-?(\d+(\.\d+)?(e[+-]?\d{1,3})?|Infinity)$|^NaN$/.test(value) && value.length < 40;
    }
  }
}

function isRowId(text: string): boolean {
  return /^\d{1,19}$/.test(text) && BigInt(text) < 2n ** 63n;
}

/** As PostgreSQL writes a time in UTC, and a day that there is. */
function isTime(value: string): boolean {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(\.\d{1,6})?\+00$/.exec(value);
  const time = match === null ? NaN : Date.parse(`${match[1]}T${match[2]}Z`);
  return time > 0 && new Date(time).toISOString().startsWith(`${match?.[1]}T${match?.[2]}`);
}

function parse(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

import { SORT_FIELDS, SORT_KEYS_MAX } from '@lora-ledger/contracts';
import type { Where } from '../database/where.js';
import { Problem } from '../problem.js';
import { isRowId, isSortValue, sortColumnOf, type SortColumn } from './sort-columns.js';

interface SortKey extends SortColumn {
  descending: boolean;
}

/** Where a page ended: the sort values of its last row (`null` where it has none) and its id, which breaks ties. */
export interface Position {
  values: readonly (string | null)[];
  id: string;
}

/** One order of the list, by up to three fields. Rows without a value come last in both directions: nobody looks for what is not there. */
export class Sorting {
  private constructor(
    private readonly name: string,
    private readonly keys: readonly [SortKey, ...SortKey[]],
  ) {}

  /**
   * @param inTrash what was thrown away last comes first there unless told otherwise
   * @throws Problem VALIDATION for a field that is unknown or named twice
   */
  static by(sort: string | undefined, inTrash = false): Sorting {
    return Sorting.of(sort ?? (inTrash ? '-deletedAt' : '-createdAt'), inTrash);
  }

  private static of(sort: string, inTrash: boolean): Sorting {
    const names = sort.split(',');
    const fields = names.map((name) => name.replace(/^-/, ''));
    const [first, ...rest] = fields.flatMap((field, index): SortKey[] => {
      const column = columnOf(field, index, inTrash);
      return column === undefined ? [] : [{ ...column, descending: names[index]?.startsWith('-') === true }];
    });
    if (first === undefined || rest.length + 1 < names.length || new Set(fields).size < names.length || names.length > SORT_KEYS_MAX) {
      throw Problem.invalid([
        {
          path: 'sort',
          message: `sort must be up to ${SORT_KEYS_MAX} different fields of ${SORT_FIELDS.join(', ')}, metric.<key>.last, .min, .max or extra.<key>, each with "-" in front for descending`,
          rule: 'format',
        },
      ]);
    }
    // No two tasks have the same id: what comes after it decides nothing.
    const decisive = [first, ...rest].findIndex(isId);
    return new Sorting(sort, [first, ...(decisive === -1 ? rest : rest.slice(0, decisive))]);
  }

  /** Whether rows may have no value of the first key, so that they make a second part of the list. */
  get nullable(): boolean {
    return this.keys[0].nullable;
  }

  /** Whether the order is that of creation, in which every owner's tasks lie too. */
  get isByAge(): boolean {
    return isId(this.keys[0]);
  }

  /** Whether a plan for it is worth keeping: names of metrics and parameters are too many. */
  get isOfEveryTask(): boolean {
    return this.keys.every(({ type, join }) => type !== 'jsonb' && join === undefined);
  }

  /** Follows `FROM train_task t`: what the order reads beside it. */
  get joins(): string {
    return this.keys.map(({ join = '' }) => join).join(' ');
  }

  /** The sort values as columns of text that PostgreSQL reads back exactly. */
  get columns(): string {
    return this.keys.map(({ sql }, index) => `(${sql})::text AS sort_value_${index + 1}`).join(', ');
  }

  /** The first key as it was asked for; it alone decides the order when the {@link width} is 1. */
  get first(): string {
    return this.name.split(',')[0] ?? '';
  }

  /** How many {@link columns} there are. */
  get width(): number {
    return this.keys.length;
  }

  /** `valued`: rows with a value of the first key, in their order; otherwise the rows without one. */
  orderBy(valued: boolean): string {
    // Of the first key a part has all values or none, so that an index on it, which puts nulls elsewhere, gives its order.
    const terms = this.keysOf(valued).map(
      ({ sql, descending, nullable }, index) =>
        `${sql} ${descending ? 'DESC' : 'ASC'}${nullable && !(valued && index === 0) ? ' NULLS LAST' : ''}`,
    );
    return `ORDER BY ${(this.endsWithId ? terms : [...terms, `t.id ${this.tieDirection}`]).join(', ')}`;
  }

  /** Narrows to rows after `position`, in the part of the list that it lies in. */
  after(where: Where, { values, id }: Position): void {
    const valued = !this.nullable || values[0] !== null;
    const keys = this.keysOf(valued);
    const rowId = where.bind(id, 'bigint');
    const [first, ...others] = keys;
    const tie = `t.id ${this.tieDirection === 'DESC' ? '<' : '>'} ${rowId}`;
    if (first === undefined || isId(first)) {
      where.and(tie);
      return;
    }
    const at = keys.map((key, index) => {
      const value = values[index + this.keys.length - keys.length] ?? null;
      return isId(key) ? rowId : value === null ? null : `${where.bind(value)}::${key.type}`;
    });
    const operator = first.descending ? '<' : '>';
    if (others.length === 0 && valued) {
      // A comparison of rows, which an index on (column, id) answers from any depth.
      where.and(`(${first.sql}, t.id) ${operator} (${at[0]}, ${rowId})`);
      return;
    }
    // The first bound alone tells an index where to begin.
    if (valued) where.and(`${first.sql} ${operator}= ${at[0]}`);
    where.and(
      laterThan(
        keys.map((key, index) => ({ ...key, nullable: key.nullable && !(valued && index === 0), at: at[index] ?? null })),
        this.endsWithId ? null : tie,
      ),
    );
  }

  only(where: Where, valued: boolean): void {
    if (this.nullable) where.and(`${this.keys[0].sql} IS ${valued ? 'NOT NULL' : 'NULL'}`);
  }

  encode({ values, id }: Position): string {
    return Buffer.from(JSON.stringify([this.name, ...values, id])).toString('base64url');
  }

  /** @throws Problem VALIDATION for a cursor that was not made for this order */
  decode(cursor: string): Position {
    const parts = parse(cursor);
    const [name, values, id] = [parts[0], parts.slice(1, -1), parts.at(-1)];
    if (typeof name === 'string' && name !== this.name)
      throw Problem.invalid([
        { path: 'cursor', message: `cursor belongs to the order "${name.slice(0, 40)}": begin again without it`, rule: 'cursor' },
      ]);
    const isOurs =
      parts.length === this.keys.length + 2 &&
      typeof id === 'string' &&
      isRowId(id) &&
      this.keys.every((key, index) =>
        values[index] === null ? key.nullable : typeof values[index] === 'string' && isSortValue(key, values[index]),
      );
    if (!isOurs)
      throw Problem.invalid([{ path: 'cursor', message: 'cursor is not one this list has given: begin again without it', rule: 'cursor' }]);
    return { values: values as (string | null)[], id };
  }

  /** Among rows without a value of the first key the others decide. */
  private keysOf(valued: boolean): readonly SortKey[] {
    return valued ? this.keys : this.keys.slice(1);
  }

  private get endsWithId(): boolean {
    return this.keys.some(isId);
  }

  private get tieDirection(): 'ASC' | 'DESC' {
    return this.keys.at(-1)?.descending === true ? 'DESC' : 'ASC';
  }
}

/** In the trash every task has been thrown away: to ask for that twice would let the planner expect a hundredth of the rows. */
function columnOf(field: string, index: number, inTrash: boolean): SortColumn | undefined {
  const column = sortColumnOf(field, `order_${index + 1}`);
  return inTrash && field === 'deletedAt' && column !== undefined ? { ...column, nullable: false } : column;
}

/** Equal in the first keys and later in the next, for each of them in turn. `at`: the value as SQL, `null` where the row has none. */
function laterThan(keys: readonly (SortKey & { at: string | null })[], tie: string | null): string {
  const equal = keys.map(({ sql, at }) => (at === null ? `${sql} IS NULL` : `${sql} = ${at}`));
  const later = keys.map(({ sql, at, descending, nullable }) =>
    at === null ? 'FALSE' : `(${sql} ${descending ? '<' : '>'} ${at}${nullable ? ` OR ${sql} IS NULL` : ''})`,
  );
  return [...later, ...(tie === null ? [] : [tie])]
    .map((last, index) => `(${[...equal.slice(0, index), last].join(' AND ')})`)
    .join(' OR ');
}

function isId({ sql }: SortKey): boolean {
  return sql === 't.id';
}

function parse(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

import { IntegerField, NumericQuery, TextField } from './field.js';

export const PAGE_LIMIT = 100;

/** How every list is paged: by cursor, so that page 10 000 costs what page 1 costs. */
export class PageQuery {
  @IntegerField({ description: 'How many rows to answer, 1 to 100; 50 when absent', min: 1, max: PAGE_LIMIT, optional: true })
  @NumericQuery()
  limit?: number;

  @TextField({ description: '`nextCursor` of the page before; absent for the first page', max: 1000, optional: true })
  cursor?: string;
}

export interface Page<Row> {
  items: Row[];
  /** `null` on the last page. */
  nextCursor: string | null;
  /** Only when asked for with `withTotal=true`. */
  total?: number;
}

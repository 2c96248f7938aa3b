import type { Pool } from 'pg';
import { QueryFailedError, type DataSource } from 'typeorm';

/**
 * Runs a statement that every connection plans once and keeps: for the hot ones that look up rows by key, where planning costs as much
 * as running. Not for filters, whose best plan depends on the values.
 *
 * @param name stands for exactly this text, everywhere
 * @throws QueryFailedError as any other statement
 */
export async function prepared<Row>(database: DataSource, name: string, text: string, values: unknown[]): Promise<Row[]> {
  const { master } = database.driver as unknown as { master: Pool };
  try {
    const { rows } = await master.query({ name, text, values });
    return rows as Row[];
  } catch (error) {
    throw error instanceof Error ? new QueryFailedError(text, values, error) : error;
  }
}

import type { Pool, PoolClient } from 'pg';
import { QueryFailedError, type DataSource } from 'typeorm';

/**
 * Runs a statement that every connection plans once and keeps: for the hot ones that look up rows by key, where planning costs as much
 * as running. Not for filters, whose best plan depends on the values.
 *
 * @param name stands for exactly this text, everywhere
 * @throws QueryFailedError as any other statement
 */
export async function prepared<Row>(database: DataSource, name: string, text: string, values: unknown[]): Promise<Row[]> {
  try {
    const { rows } = await poolOf(database).query({ name, text, values });
    return rows as Row[];
  } catch (error) {
    throw error instanceof Error ? new QueryFailedError(text, values, error) : error;
  }
}

/**
 * Rows as PostgreSQL sends them, a text for each column: for answers that are made from the texts, without a value of each in between.
 *
 * @param name of a statement to keep, as in {@link prepared}
 * @throws QueryFailedError as any other statement
 */
export async function textRows(database: DataSource, text: string, values: unknown[], name?: string): Promise<(string | null)[][]> {
  try {
    const { rows } = await poolOf(database).query<(string | null)[]>({
      ...(name === undefined ? {} : { name }),
      text,
      values,
      rowMode: 'array',
      types: TEXTS,
    });
    return rows;
  } catch (error) {
    throw error instanceof Error ? new QueryFailedError(text, values, error) : error;
  }
}

const TEXTS = { getTypeParser: () => (text: string) => text };

/**
 * A transaction on a connection of the driver itself, for what TypeORM has no words for (COPY).
 *
 * @throws QueryFailedError as any other statement
 */
export async function transactionOf<Result>(database: DataSource, work: (client: PoolClient) => Promise<Result>): Promise<Result> {
  const client = await poolOf(database).connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error(String(failure));
    });
    throw error instanceof Error ? new QueryFailedError('transaction', [], error) : error;
  } finally {
    // A connection that could not even roll back is closed, not used again.
    client.release(broken);
  }
}

function poolOf(database: DataSource): Pool {
  return (database.driver as unknown as { master: Pool }).master;
}

import type { DataSource, QueryRunner } from 'typeorm';

export interface Statement {
  sql: string;
  parameters: unknown[];
}

/** Does `work` and answers the statements that were sent meanwhile. */
export async function statementsOf(database: DataSource, work: () => Promise<unknown>): Promise<Statement[]> {
  const seen: Statement[] = [];
  const runner = database.createQueryRunner();
  await runner.release();
  const prototype = Object.getPrototypeOf(runner) as QueryRunner;
  const spy = jest.spyOn(prototype, 'query');
  try {
    await work();
    for (const [sql, parameters] of spy.mock.calls) seen.push({ sql, parameters: Array.isArray(parameters) ? parameters : [] });
  } finally {
    spy.mockRestore();
  }
  return seen;
}

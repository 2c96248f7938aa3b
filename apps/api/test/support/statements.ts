import { Client } from 'pg';

export interface Statement {
  sql: string;
  parameters: unknown[];
}

/** Does `work` and answers the statements that were sent to the database meanwhile, prepared ones included. */
export async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const spy = jest.spyOn(Client.prototype, 'query');
  try {
    await work();
    return (spy.mock.calls as unknown[][]).map(([statement, values]) =>
      typeof statement === 'string'
        ? { sql: statement, parameters: Array.isArray(values) ? values : [] }
        : { sql: (statement as { text: string }).text, parameters: (statement as { values: unknown[] }).values },
    );
  } finally {
    spy.mockRestore();
  }
}

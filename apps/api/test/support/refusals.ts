import { PROBLEM_CODES } from '@lora-ledger/contracts';
import type { Answer } from './api.js';
import type { TestApp } from './app.js';
import { rowsOf } from './tasks.js';

/** One MiB of text. */
export const MB = 'x'.repeat(1 << 20);

/** A problem document of the closed list that tells the caller what to change and nothing about the inside. */
export function expectProblem({ status, headers, body }: Answer, expected: { status?: number; path?: string } = {}): void {
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  if (expected.status !== undefined) expect(status).toBe(expected.status);
  expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(body).toMatchObject({
    type: 'about:blank',
    status,
    title: expect.any(String),
    detail: expect.stringMatching(/^.{10,2000}$/s),
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(PROBLEM_CODES).toContain(body.code);
  const text = JSON.stringify(body);
  expect(text).not.toMatch(
    /SELECT |INSERT |UPDATE .* SET|train_task|node_modules|\.ts:\d|\.js:\d|at Object|\/work\/|\/home\/|\/tmp\/|QueryFailed|pg_|syntax error at/,
  );
  expect(text.length).toBeLessThan(20_000);
  if (expected.path !== undefined) expect(body.errors.map(({ path }: { path: string }) => path)).toContain(expected.path);
}

/** Everything that could have been stored by a request that should not have been. */
const contents = ({ database }: TestApp): Promise<unknown> =>
  rowsOf(
    database,
    `SELECT (SELECT count(*) FROM train_task) AS tasks, (SELECT count(*) FROM task_event) AS events, (SELECT count(*) FROM metric_point) AS points,
  (SELECT count(*) FROM task_log) AS log, (SELECT count(*) FROM output_file) AS files, (SELECT count(*) FROM idempotency_key) AS keys, (SELECT string_agg(status || version, ',' ORDER BY id) FROM train_task) AS states`,
  );

/** Fails each test of the file that leaves something behind. */
export function expectNothingStored(app: () => TestApp): void {
  let before: unknown;
  beforeEach(async () => {
    before = await contents(app());
  });
  afterEach(async () => {
    expect(await contents(app())).toEqual(before);
  });
}

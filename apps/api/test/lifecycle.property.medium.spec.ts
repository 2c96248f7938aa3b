import { isTerminal, MOVE_NAMES, MOVES, type TaskStatus } from '@lora-ledger/training';
import * as fc from 'fast-check';
import type { Answer, Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { rowsOf, submit } from './support/tasks.js';

interface Request {
  verb: 'start' | 'progress' | 'heartbeat' | 'log' | 'finish' | 'fail' | 'cancel' | 'exit' | 'trash' | 'restore';
  body: object;
}
interface Standing {
  status: TaskStatus;
  trashed: boolean;
}

let app: TestApp;
let eve: Api;
beforeAll(async () => {
  app = await makeApp();
  eve = await app.member('eve');
});
afterAll(() => app.close());

const value = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
  fc.constantFrom('NaN', 'Infinity', '-Infinity'),
);
const point = fc.record({ key: fc.constantFrom('loss', 'lr'), step: fc.nat(6), value });
const exitCode = fc.constantFrom(0, 1, null);
const request: fc.Arbitrary<Request> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ verb: fc.constant('start' as const), body: fc.record({ totalSteps: fc.nat(10) }) }) },
  {
    weight: 5,
    arbitrary: fc.record({ verb: fc.constant('progress' as const), body: fc.record({ points: fc.array(point, { maxLength: 5 }) }) }),
  },
  fc.record({ verb: fc.constant('heartbeat' as const), body: fc.constant({}) }),
  fc.record({ verb: fc.constant('log' as const), body: fc.constant({ offset: 0, text: 'line\n' }) }),
  fc.record({ verb: fc.constant('finish' as const), body: fc.record({ metrics: fc.dictionary(fc.constantFrom('loss', 'eval'), value) }) }),
  fc.record({
    verb: fc.constant('fail' as const),
    body: fc.record({ error: fc.constantFrom('', 'CUDA out of memory'), reason: fc.constantFrom(null, 'LAUNCH') }),
  }),
  fc.record({ verb: fc.constant('cancel' as const), body: fc.constant({}) }),
  fc.record({
    verb: fc.constant('exit' as const),
    body: fc.record({
      exitCode,
      hasFreshOutput: fc.boolean(),
      lastLines: fc.constant(''),
      outputFiles: fc.constant([]),
      launchFailed: fc.boolean(),
    }),
  }),
  fc.record({ verb: fc.constant('trash' as const), body: fc.constant({}) }),
  { weight: 2, arbitrary: fc.record({ verb: fc.constant('restore' as const), body: fc.constant({}) }) },
);
/** Each burst is sent at once, by as many clients as it has requests; now and then one is sent twice. */
const burst = fc.array(request, { minLength: 1, maxLength: 4 }).chain((requests) => fc.constantFrom(requests, [...requests, requests[0]!]));

function send(taskId: string, { verb, body }: Request): Promise<Answer> {
  return verb === 'trash' ? eve.call('DELETE', `/train-tasks/${taskId}`) : eve.call('POST', `/train-tasks/${taskId}/${verb}`, body);
}

/** Where a single request leads, read off the diagram of the lifecycle; `null`: it is refused. */
function next({ status, trashed }: Standing, { verb, body }: Request): Standing | null {
  const move = (name: (typeof MOVE_NAMES)[number]): Standing | null =>
    !trashed && MOVES[name].from.includes(status) ? { status: MOVES[name].to, trashed } : null;
  const same = { status, trashed };
  switch (verb) {
    case 'start':
      return move('start') ?? (status === 'RUNNING' ? same : null);
    case 'progress':
      return status === 'RUNNING' ? same : null;
    case 'heartbeat':
      return status === 'PENDING' && !trashed ? null : same;
    case 'log':
      return status === 'PENDING' ? null : same;
    case 'finish':
      return move('finish') ?? (status === 'SUCCESS' ? same : null);
    case 'fail':
      return (
        ((body as { reason: string | null }).reason === 'LAUNCH' ? move('launchFailed') : null) ??
        move('fail') ??
        (status === 'FAILED' ? same : null)
      );
    case 'cancel':
      return move('cancel');
    case 'exit':
      return exits(same, body as never, move) ?? same;
    case 'trash':
      return status === 'RUNNING' ? null : { status, trashed: true };
    case 'restore':
      return { status, trashed: false };
  }
}

function exits(
  { status }: Standing,
  report: { exitCode: number | null; hasFreshOutput: boolean; launchFailed: boolean },
  move: (name: (typeof MOVE_NAMES)[number]) => Standing | null,
): Standing | null {
  if (status === 'PENDING') return move('launchFailed');
  return report.exitCode === 0 && report.hasFreshOutput && !report.launchFailed ? move('finish') : move('fail');
}

async function standing(taskId: string): Promise<Standing> {
  const { status, deletedAt } = await eve.get(`/train-tasks/${taskId}`);
  return { status, trashed: deletedAt !== null };
}

/** The history is one walk along the arrows, from PENDING to where the task stands, with one end at most. */
async function expectOneWalk(taskId: string, { status, trashed }: Standing): Promise<void> {
  const { items } = await eve.get(`/train-tasks/${taskId}/events`);
  const steps = items.filter(({ to }: { to: TaskStatus | null }) => to !== null) as { from: TaskStatus; to: TaskStatus }[];
  let at: TaskStatus = 'PENDING';
  for (const { from, to } of steps) {
    expect(from).toBe(at);
    expect(MOVE_NAMES.some((name) => MOVES[name].to === to && MOVES[name].from.includes(from))).toBe(true);
    at = to;
  }
  expect(at).toBe(status);
  expect(steps.filter(({ to }) => isTerminal(to)).length).toBe(isTerminal(status) ? 1 : 0);
  expect(trashed && status === 'RUNNING').toBe(false);
}

/** Summaries, counted up report by report, against what the points themselves say; and the settled loss against both. */
async function expectExactSummaries(taskId: string): Promise<void> {
  const [stored, counted] = await Promise.all([
    rowsOf(
      app.database,
      `SELECT s.key, first_step, first_value, last_step, last_value, min_value, max_value, count FROM metric_summary s JOIN train_task t ON t.id = s.train_task_id WHERE t.task_id = $1 ORDER BY s.key`,
      [taskId],
    ),
    rowsOf(
      app.database,
      `SELECT p.key, min(step) AS first_step, (array_agg(value ORDER BY step))[1] AS first_value, max(step) AS last_step, (array_agg(value ORDER BY step DESC))[1] AS last_value,
        min(value) FILTER (WHERE value NOT IN ('NaN', 'Infinity', '-Infinity')) AS min_value, max(value) FILTER (WHERE value NOT IN ('NaN', 'Infinity', '-Infinity')) AS max_value, count(*) AS count
      FROM metric_point p JOIN train_task t ON t.id = p.train_task_id WHERE t.task_id = $1 GROUP BY p.key ORDER BY p.key`,
      [taskId],
    ),
  ]);
  expect(stored).toEqual(counted);
  const { status, finalLoss, bestLoss } = await eve.get(`/train-tasks/${taskId}`);
  if (!isTerminal(status)) return;
  const loss = counted.find(({ key }) => key === 'loss');
  expect([finalLoss, bestLoss]).toEqual([Number.isFinite(loss?.last_value) ? loss.last_value : null, loss?.min_value ?? null]);
}

it('goes where the diagram says for every single request, and nowhere else for any number of them at once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(burst, { minLength: 3, maxLength: 10 }), async (bursts) => {
      const { taskId } = await submit(app, eve);
      for (const requests of bursts) {
        const before = await standing(taskId);
        const answers = await Promise.all(requests.map((one) => send(taskId, one)));
        const after = await standing(taskId);
        for (const { status, body } of answers) {
          expect([200, 204, 409]).toContain(status);
          if (status === 409) expect(body).toMatchObject({ code: 'STATE_CONFLICT' });
        }
        if (requests.length === 1) {
          const expected = next(before, requests[0]!);
          expect([answers[0]!.status < 400, after]).toEqual([expected !== null, expected ?? before]);
        }
        await expectOneWalk(taskId, after);
      }
      await expectExactSummaries(taskId);
    }),
    { numRuns: 60, interruptAfterTimeLimit: 8000 },
  );
});

it('tells exactly one of many crossing endings that it took effect', async () => {
  const ending = fc.constantFrom<Request>(
    { verb: 'finish', body: {} },
    { verb: 'fail', body: { error: 'x' } },
    { verb: 'cancel', body: {} },
    { verb: 'exit', body: { exitCode: 1, hasFreshOutput: false, lastLines: '', outputFiles: [] } },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(ending, { minLength: 2, maxLength: 6 }), async (endings) => {
      const { taskId } = await submit(app, eve);
      await send(taskId, { verb: 'start', body: {} });
      const answers = await Promise.all(endings.map((one) => send(taskId, one)));
      const took = answers.filter(
        ({ status, body }, index) => status === 200 && (endings[index]!.verb === 'cancel' || body.changed === true),
      );
      expect(took).toHaveLength(1);
      await expectOneWalk(taskId, await standing(taskId));
    }),
    { numRuns: 25, interruptAfterTimeLimit: 4000 },
  );
});

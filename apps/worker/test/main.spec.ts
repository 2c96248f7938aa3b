import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FakeLedger } from './support/fake-ledger.js';
import { Scene } from './support/scene.js';
import { isRunning, until } from './support/until.js';

jest.setTimeout(40_000);

/** The worker as launchers start it. `nx test` builds it first. */
const MAIN = resolve(__dirname, '../dist/main.js');

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
});
afterEach(() => scene.clear());

function start(
  args: string[],
  env: Record<string, string | undefined>,
): { worker: ChildProcess; end: Promise<{ code: number | null; words: string }> } {
  const worker = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let words = '';
  worker.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words += text;
  });
  return { worker, end: once(worker, 'exit').then(([code]) => ({ code: code as number | null, words })) };
}

const envFor = (ledger: FakeLedger): Record<string, string> => ({
  LEDGER_URL: ledger.url,
  LEDGER_TASK_TOKEN: ledger.token,
  LEDGER_DATA_DIR: scene.dataDir,
  LEDGER_HEARTBEAT_SECONDS: '0.1',
});
const trainerPid = (): number => JSON.parse(readFileSync(join(scene.workspace, 'worker.json'), 'utf8')).trainerPid;

const ENDLESS = "let n = 0; setInterval(() => console.log('step ' + (n += 1)), 20);";

it('runs a task to its end and exits with 0', async () => {
  const ledger = await scene.ledger("console.log('hello'); save()");
  expect(await start(['run', scene.taskId], envFor(ledger)).end).toMatchObject({ code: 0 });
  expect(ledger.exits[0]).toMatchObject({ exitCode: 0, hasFreshOutput: true });
});

it.each([
  ['no command', [], {}, /Usage/],
  ['no task', ['run'], {}, /Usage/],
  ['a task id that climbs', ['run', '../x'], {}, /UUID/],
  ['no address', ['run', '6fa459ea-ee8a-4ca4-894e-db77e160355e'], {}, /LEDGER_URL is missing/],
  ['no token', ['run', '6fa459ea-ee8a-4ca4-894e-db77e160355e'], { LEDGER_URL: 'http://127.0.0.1:1' }, /LEDGER_TASK_TOKEN is missing/],
])('with %s says what is wrong in one line and exits with 2', async (_what, args, env, message) => {
  const { code, words } = await start(args, env).end;
  expect(code).toBe(2);
  expect(words).toMatch(message);
  expect(words.trim().split('\n')).toHaveLength(1);
});

it('when killed leaves the trainer running and its log growing; "stop" ends it then', async () => {
  const ledger = await scene.ledger(ENDLESS);
  const { worker, end } = start(['run', scene.taskId], envFor(ledger));
  await until('the trainer prints', () => ledger.log.includes('step 3\n'));
  worker.kill('SIGKILL');
  await end;
  const before = scene.trainerLog.length;
  await until('its log grows on', () => scene.trainerLog.length > before + 50);
  expect(isRunning(trainerPid())).toBe(true);

  expect(await start(['run', scene.taskId], envFor(ledger)).end).toMatchObject({ code: 3, words: expect.stringContaining('still runs') });
  expect(await start(['stop', scene.taskId], { LEDGER_DATA_DIR: scene.dataDir }).end).toMatchObject({ code: 0 });
  await until('the trainer has gone', () => !isRunning(trainerPid()));
});

it('told to end, stops the trainer, reports it and exits with 0', async () => {
  const ledger = await scene.ledger(ENDLESS);
  const { worker, end } = start(['run', scene.taskId], envFor(ledger));
  await until('the trainer prints', () => ledger.log.includes('step 1\n'));
  worker.kill('SIGTERM');
  expect((await end).code).toBe(0);
  expect(ledger.exits[0]).toMatchObject({ signal: 'SIGTERM' });
  expect(isRunning(trainerPid())).toBe(false);
});

it('does not touch a trainer whose worker is alive when told to stop it', async () => {
  const ledger = await scene.ledger(ENDLESS);
  const { worker, end } = start(['run', scene.taskId], envFor(ledger));
  await until('the trainer runs', () => ledger.starts.length > 0 && existsSync(join(scene.workspace, 'worker.json')));
  expect((await start(['stop', scene.taskId], { LEDGER_DATA_DIR: scene.dataDir }).end).words).toContain('no trainer was left behind');
  expect(isRunning(trainerPid())).toBe(true);
  worker.kill('SIGTERM');
  await end;
});

it('survives the end of whoever reads its output', async () => {
  const ledger = await scene.ledger(
    "const timer = setInterval(() => { if (fs.existsSync(outputDir + '/go')) { clearInterval(timer); save(); } }, 10)",
  );
  const { worker, end } = start(['run', scene.taskId], envFor(ledger));
  await until('the trainer runs', () => ledger.starts.length > 0);
  worker.stderr?.destroy();
  ledger.cancelRequested = true;
  expect((await end).code).toBe(0);
  expect(ledger.exits).toHaveLength(1);
});

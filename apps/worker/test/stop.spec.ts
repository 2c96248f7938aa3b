import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Scene } from './support/scene.js';
import { isRunning, until } from './support/until.js';

jest.setTimeout(40_000);

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await scene.clear();
});

describe('an attempt', () => {
  it('is never started twice', async () => {
    const ledger = await scene.ledger('save()');
    await scene.run(ledger);
    await expect(scene.run(ledger)).rejects.toThrow(/started before|being run/);
    expect(ledger.starts).toHaveLength(1);
    expect(ledger.exits).toHaveLength(1);
  });

  it('that is not to be run any more makes no trainer', async () => {
    const ledger = await scene.ledger('save()');
    ledger.answers.set('assignment', [{ status: 409 }]);
    await scene.run(ledger);
    expect(ledger.requests).toEqual(['assignment']);
    expect(existsSync(scene.workspace)).toBe(false);
  });

  it('that was cancelled before its start was reported has its trainer stopped', async () => {
    const ledger = await scene.ledger('setInterval(() => {}, 1000)');
    ledger.answers.set('start', [{ status: 409 }]);
    ledger.cancelRequested = true;
    await scene.run(ledger);
    expect(ledger.exits[0]).toMatchObject({ signal: 'SIGTERM' });
    const { trainerPid } = JSON.parse(readFileSync(join(scene.workspace, 'worker.json'), 'utf8'));
    expect(isRunning(trainerPid)).toBe(false);
  });
});

describe('a refused start', () => {
  it('leaves a trainer alone that was so fast that it has reported its end before', async () => {
    const ledger = await scene.ledger('setTimeout(() => save(), 300)');
    ledger.answers.set('start', [{ status: 409 }]);
    await scene.run(ledger);
    expect(ledger.exits[0]).toMatchObject({ exitCode: 0, hasFreshOutput: true });
  });

  it('for want of a right to report stops the trainer', async () => {
    const ledger = await scene.ledger('setInterval(() => {}, 1000)');
    ledger.answers.set('start', [{ status: 401 }]);
    await scene.run(ledger);
    expect(ledger.exits[0]).toMatchObject({ signal: 'SIGTERM' });
  });
});

describe('a cancel', () => {
  it('ends a stubborn trainer and its stubborn children after the grace', async () => {
    const stubborn = "process.on('SIGTERM', () => {}); console.log(process.pid); setInterval(() => {}, 1000);";
    const child = scene.script(stubborn);
    const ledger = await scene.ledger(
      `${stubborn} require('node:child_process').spawn(process.execPath, [${JSON.stringify(child)}], { stdio: 'inherit' });`,
      { profile: { graceSeconds: 0.5 } },
    );
    const run = scene.run(ledger);
    await until('both processes run', () => ledger.log.toString().trim().split('\n').length === 2);
    ledger.cancelRequested = true;
    await run;
    expect(ledger.exits[0]).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
    expect(ledger.log.toString().trim().split('\n').map(Number).filter(isRunning)).toEqual([]);
  });

  it('leaves a trainer its grace to save what it has', async () => {
    const ledger = await scene.ledger(
      "process.on('SIGTERM', () => { save(); console.log('saved'); process.exit(0); }); console.log('ready'); setInterval(() => {}, 1000)",
    );
    const run = scene.run(ledger);
    await until('it runs', () => ledger.log.includes('ready'));
    ledger.cancelRequested = true;
    await run;
    expect(ledger.exits[0]).toMatchObject({ exitCode: 0, hasFreshOutput: true, lastLines: 'ready\nsaved' });
  });

  it('leaves children that still save the rest of the grace after their launcher has gone', async () => {
    const child = scene.script(
      "process.on('SIGTERM', () => setTimeout(() => { save(); process.exit(0); }, 300)); console.log('ready'); setInterval(() => {}, 1000);",
    );
    const ledger = await scene.ledger(
      `require('node:child_process').spawn(process.execPath, [${JSON.stringify(child)}], { stdio: 'inherit' });`,
    );
    const run = scene.run(ledger);
    await until('the child runs', () => ledger.log.includes('ready'));
    ledger.cancelRequested = true;
    await run;
    expect(ledger.exits[0]).toMatchObject({ signal: 'SIGTERM', hasFreshOutput: true });
  });

  it('comes also from an end of the worker, and is reported', async () => {
    const ledger = await scene.ledger("console.log('ready'); setInterval(() => {}, 1000)");
    const run = scene.run(ledger);
    await until('it runs', () => ledger.log.includes('ready'));
    scene.stop.abort();
    await run;
    expect(ledger.exits[0]).toMatchObject({ signal: 'SIGTERM', lastLines: expect.stringContaining('worker was told to end') });
  });
});

it('what a trainer leaves running behind is ended with it', async () => {
  const child = scene.script('console.log(process.pid); setInterval(() => {}, 1000)');
  const ledger = await scene.ledger(`
    const child = require('node:child_process').spawn(process.execPath, [${JSON.stringify(child)}], { stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.once('data', (pid) => { fs.writeSync(1, pid); save(); process.exit(0); });`);
  await scene.run(ledger);
  expect(ledger.exits[0]).toMatchObject({ exitCode: 0, hasFreshOutput: true });
  expect(isRunning(Number(ledger.log.toString()))).toBe(false);
});

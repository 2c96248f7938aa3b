import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Scene } from './support/scene.js';
import { until } from './support/until.js';

jest.setTimeout(60_000);

let scene: Scene;
beforeEach(() => {
  scene = new Scene();
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await scene.clear();
});

/** A trainer that prints a bar per step, up to `first` and, once told, up to `last`. */
const steps = (first: number, last: number, signalFile: string): string => `
  const bar = (n) => fs.writeSync(2, '\\rsteps:  10%|█   | ' + n + '/${last} [00:01<00:09,  1.39s/it, avr_loss=' + (1 / n).toFixed(6) + ']');
  let step = 0;
  while (step < ${first}) bar(++step);
  const timer = setInterval(() => {
    if (!fs.existsSync(${JSON.stringify(signalFile)})) return;
    clearInterval(timer);
    while (step < ${last}) bar(++step);
    save();
  }, 10);`;

describe('while the Ledger is away', () => {
  it('a training goes on, and every byte of log and every point arrives afterwards, once', async () => {
    const go = join(scene.folder, 'go');
    const ledger = await scene.ledger(steps(50, 400, go), { profile: { reader: 'sd-scripts' } });
    const run = scene.run(ledger);
    await until('log and progress have begun', () => ledger.log.length > 0 && ledger.points.size > 0);
    await ledger.close();
    writeFileSync(go, '');
    await until('the trainer has finished alone', () => scene.trainerLog.includes('400/400'));
    await ledger.open();
    await run;
    expect(ledger.log.toString()).toBe(scene.trainerLog);
    expect(ledger.values('loss')).toEqual(Array.from({ length: 400 }, (_, index) => [index + 1, Number((1 / (index + 1)).toFixed(6))]));
    expect(ledger.exits).toHaveLength(1);
  });

  it('from the first moment on, the trainer runs all the same once it was assigned', async () => {
    const ledger = await scene.ledger("console.log('alone'); save()");
    ledger.answers.set(
      'start',
      Array.from({ length: 3 }, () => ({ status: 503 })),
    );
    ledger.answers.set('exit', [{ status: 500 }, { status: 429, headers: { 'retry-after': '0.1' } }]);
    await scene.run(ledger);
    expect(ledger.starts).toHaveLength(1);
    expect(ledger.log.toString()).toBe('alone\n');
    expect(ledger.exits).toHaveLength(1);
  });

  it('between taking a report and answering it, the report is repeated without harm', async () => {
    const go = join(scene.folder, 'go');
    const ledger = await scene.ledger(steps(50, 100, go), { profile: { reader: 'sd-scripts' } });
    for (const verb of ['assignment', 'start', 'log', 'progress', 'exit', 'heartbeat']) ledger.lostAnswers.set(verb, 2);
    writeFileSync(go, '');
    await scene.run(ledger);
    expect(ledger.log.toString()).toBe(scene.trainerLog);
    expect(ledger.values('loss')).toHaveLength(100);
    expect(ledger.exits).toHaveLength(3);
    expect(new Set(ledger.exits.map((exit) => JSON.stringify(exit))).size).toBe(1);
  });

  it('for longer than the patience after the end, the worker gives up and says so', async () => {
    const go = join(scene.folder, 'go');
    const ledger = await scene.ledger(steps(1, 2, go));
    const run = scene.run(ledger, 300);
    await until('it runs', () => ledger.starts.length === 1);
    await ledger.close();
    writeFileSync(go, '');
    await expect(run).rejects.toThrow(/did not take/);
  });
});

describe('the log', () => {
  it("goes on where the Ledger's copy ends when that has lost its last part", async () => {
    const go = join(scene.folder, 'go');
    const ledger = await scene.ledger(steps(50, 100, go));
    const run = scene.run(ledger);
    await until('log has begun', () => ledger.log.length > 100);
    ledger.log = ledger.log.subarray(0, 10);
    writeFileSync(go, '');
    await run;
    expect(ledger.log.toString()).toBe(scene.trainerLog);
  });

  it('arrives whole when it is 5 MB of bars, in chunks the Ledger may find too large', async () => {
    const ledger = await scene.ledger(
      `
      let text = '';
      for (let n = 1; n <= 60000; n += 1) text += '\\rsteps:  10%|███▎       | ' + n + '/60000 [00:01<00:09,  1.39s/it, avr_loss=0.123]';
      fs.writeSync(2, text); save();`,
      { profile: { reader: 'sd-scripts' } },
    );
    ledger.answers.set('log', [{ status: 413 }, { status: 413 }]);
    await scene.run(ledger);
    expect(scene.trainerLog.length).toBeGreaterThan(4_000_000);
    expect(ledger.log.toString() === scene.trainerLog).toBe(true);
    expect(ledger.values('loss').length).toBeGreaterThanOrEqual(20_000);
    expect(ledger.exits[0]!.lastLines).toMatch(/^steps: .*60000\/60000.*$/);
  });

  it('keeps its byte offsets when a trainer prints what is no text', async () => {
    const ledger = await scene.ledger(`
      fs.writeSync(1, Buffer.concat([Buffer.from('\\ufeffä'), Buffer.from([0xff, 0xc3, 0x28, 0x00, 0xed, 0xa0, 0x80]), Buffer.from('🜚 ok\\nrest without an end 🜚').subarray(0, -1)]));
      save();`);
    await scene.run(ledger);
    expect(ledger.log.toString()).toBe('\ufeffä??(????🜚 ok\nrest without an end ???');
  });

  it('that the Ledger refuses for good does not keep the end from being reported', async () => {
    const ledger = await scene.ledger("console.log('x'); save()");
    ledger.answers.set(
      'log',
      Array.from({ length: 50 }, () => ({ status: 403 })),
    );
    await scene.run(ledger);
    expect(ledger.exits[0]).toMatchObject({ exitCode: 0, hasFreshOutput: true });
  });
});

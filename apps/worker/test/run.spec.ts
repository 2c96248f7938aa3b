import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Scene } from './support/scene.js';

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

describe('a trainer that ends well', () => {
  it('is reported with start, log, output files and how it ended', async () => {
    const ledger = await scene.ledger(
      `
      console.log('hello'); console.error('from stderr');
      console.log(fs.readFileSync(process.argv[2], 'utf8'));
      save(); fs.mkdirSync(outputDir + '/checkpoint-1'); save('checkpoint-1/step.safetensors', 'half');`,
      { config: { outputPath: './style', loraRank: 24 } },
    );
    const { profile } = ledger.assignment;
    profile.argv.push('{configFile}');
    await scene.run(ledger);

    const [start] = ledger.starts;
    expect(start).toMatchObject({
      pid: expect.any(Number),
      logPath: join(scene.workspace, 'trainer.log'),
      env: { command: [process.execPath, profile.argv[1], expect.stringContaining(scene.workspace)] },
    });
    expect(ledger.requests.indexOf('start')).toBeLessThan(ledger.requests.indexOf('log'));
    expect(ledger.log.toString()).toBe(scene.trainerLog);
    expect(ledger.log.toString()).toMatch(/^hello\nfrom stderr\n/);
    expect(ledger.log.toString()).toContain(`${scene.dataDir}/outputs/style/${scene.taskId}`);
    expect(ledger.log.toString()).toMatch(/lora_rank: 24/);
    expect(ledger.exits).toHaveLength(1);
    expect(ledger.exits[0]).toMatchObject({
      exitCode: 0,
      signal: null,
      hasFreshOutput: true,
      lastLines: expect.stringContaining('hello\nfrom stderr'),
      outputFiles: [
        { path: 'checkpoint-1/step.safetensors', size: 4, sha256: createHash('sha256').update('half').digest('hex') },
        { path: 'lora.safetensors', size: 7, sha256: createHash('sha256').update('weights').digest('hex') },
      ],
    });
    expect(ledger.exits[0]!.gpuSeconds).toBeGreaterThan(0);
    expect(ledger.requests[ledger.requests.length - 1]).toMatch(/exit|heartbeat/);
  });

  it('without leaving a result is reported as such', async () => {
    const ledger = await scene.ledger("console.log('nothing done'); save('trainer_log.jsonl'); save('empty.safetensors', '')");
    await scene.run(ledger);
    expect(ledger.exits[0]).toMatchObject({ exitCode: 0, hasFreshOutput: false, lastLines: 'nothing done' });
  });

  it('has its progress read by the reader of its profile, NaN included', async () => {
    const ledger = await scene.ledger(
      `
      const bar = (n, post) => process.stderr.write('\\rsteps:  10%|#   | ' + n + '/5 [00:01<00:09,  1.39s/it, avr_loss=' + post + ']');
      bar(1, 0.5); bar(2, 0.4); bar(2, 0.35); bar(3, 'nan'); save();`,
      { profile: { reader: 'sd-scripts' } },
    );
    await scene.run(ledger);
    expect(ledger.values('loss')).toEqual([
      [1, 0.5],
      [2, 0.35],
      [3, 'NaN'],
    ]);
    expect(ledger.progress[ledger.progress.length - 1]).toMatchObject({ currentStep: 3, totalSteps: 5 });
  });

  it('has its progress read from a file in the output folder where the reader says so', async () => {
    const ledger = await scene.ledger(
      "save('trainer_log.jsonl', JSON.stringify({ current_steps: 5, total_steps: 9, loss: 1.25, epoch: 0.5 }) + '\\n'); save()",
      { profile: { reader: 'llama-factory' } },
    );
    await scene.run(ledger);
    expect(ledger.values('loss')).toEqual([[5, 1.25]]);
  });
});

describe('a trainer that fails', () => {
  it('is reported with its code and its last words, bars in their last state, credentials masked', async () => {
    const ledger = await scene.ledger(
      `
      process.stderr.write('\\r 1%|x\\r 2%|xx\\r\\n\\x1b[31mTraceback\\x1b[0m\\nCUDA out of memory; hf_token=hf_abcdefghijklmnopqrstuvwxyz and ' + process.env.MY_SECRET + ' ' + process.env.LEDGER_TASK_TOKEN + '\\n');
      process.exitCode = 3;`,
      { profile: { env: { MY_SECRET: 'correct-horse-battery' } } },
    );
    await scene.run(ledger);
    const [exit] = ledger.exits;
    expect(exit).toMatchObject({ exitCode: 3, signal: null, hasFreshOutput: false, outputFiles: [] });
    expect(exit!.lastLines).toMatch(/^ 2%\|xx\nTraceback\nCUDA out of memory; hf_token=\*+ and \*+ \*+$/);
    expect(ledger.log.toString()).not.toMatch(/hf_abc|correct-horse|llt_/);
    expect(ledger.log.length).toBe(Buffer.byteLength(scene.trainerLog));
  });

  it('by a signal is reported with that signal', async () => {
    const ledger = await scene.ledger("process.kill(process.pid, 'SIGKILL')");
    await scene.run(ledger);
    expect(ledger.exits[0]).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
  });

  it.each([
    ['a program that does not exist', { argv: ['/no/such/program'] }, /no\/such\/program/],
    ['a working directory that does not exist', { cwd: '/no/such/folder' }, /working directory/],
    ['a variable that is not set', { env: { HF_TOKEN: '${NOT_SET_ANYWHERE}' } }, /NOT_SET_ANYWHERE, which is not set/],
    ['a parameter the task does not have', { argv: ['true', '{resumeFrom}'] }, /resumeFrom/],
  ])('before it began, because of %s, is reported as not launched', async (_what, profile, message) => {
    const ledger = await scene.ledger('', { profile });
    await scene.run(ledger);
    expect(ledger.starts).toEqual([]);
    expect(ledger.exits).toEqual([
      expect.objectContaining({ launchFailed: true, exitCode: null, lastLines: expect.stringMatching(message) }),
    ]);
  });
});

describe('values of a task', () => {
  const hostile = ['; touch owned', '$(touch owned)', '`touch owned`', 'a b\t"c"', "it's", '{taskId}', '${HOME}', '*', '|| true', '\\'];

  it('reach the trainer as single arguments, untouched by any shell', async () => {
    const ledger = await scene.ledger('console.log(JSON.stringify(process.argv.slice(2))); save()', {
      config: { modelName: hostile.join('\n'), trainDataDir: '--output=/etc' },
    });
    ledger.assignment.profile.argv.push('{modelName}', '--data={trainDataDir}', '--rank={loraRank}');
    await scene.run(ledger);
    expect(JSON.parse(ledger.log.toString())).toEqual([hostile.join('\n'), '--data=--output=/etc', '--rank=8']);
    expect(readdirSync(scene.workspace)).not.toContain('owned');
  });

  it.each([
    ['an option', '--output=/etc'],
    ['NUL', 'a\0b'],
  ])('that would be %s are refused before anything starts', async (_what, trainDataDir) => {
    const ledger = await scene.ledger('save()', { config: { trainDataDir } });
    ledger.assignment.profile.argv.push('{trainDataDir}');
    await scene.run(ledger);
    expect(ledger.exits[0]).toMatchObject({ launchFailed: true });
    expect(existsSync(join(scene.workspace, 'trainer.log'))).toBe(false);
  });

  it('cannot make the result land outside the output folder', async () => {
    const ledger = await scene.ledger('save()', { config: { outputPath: '../../elsewhere' } });
    await scene.run(ledger);
    expect(ledger.exits[0]).toMatchObject({ launchFailed: true, lastLines: expect.stringContaining('inside the output folder') });
  });
});

describe("a trainer's environment", () => {
  it("has what a report needs and what the profile gives, and none of the worker's secrets", async () => {
    const own = {
      LEDGER_ADMIN_PASSWORD: 'hunter2hunter2',
      DATABASE_URL: 'postgres://u:p@h/d',
      PGPASSWORD: 'x',
      SOME_API_KEY: 'abcdefgh',
      PLAIN: 'plain',
      HF_TOKEN: 'handed-on-by-profile',
    };
    Object.assign(process.env, own);
    try {
      const ledger = await scene.ledger("fs.writeFileSync(outputDir + '/env.txt', JSON.stringify(process.env))", {
        profile: { env: { TO_HUB: '${HF_TOKEN}', PYTHONPATH: '{root}/libs/python-client' } },
      });
      await scene.run(ledger);
      const env = JSON.parse(readFileSync(join(scene.dataDir, 'outputs', scene.taskId, 'env.txt'), 'utf8'));
      expect(env).toMatchObject({
        LEDGER_URL: ledger.url,
        LEDGER_TASK_ID: scene.taskId,
        LEDGER_TASK_TOKEN: ledger.token,
        LEDGER_LOG_CAPTURED: '1',
        PYTHONUNBUFFERED: '1',
        PLAIN: 'plain',
        TO_HUB: 'handed-on-by-profile',
        PYTHONPATH: '/srv/ledger/libs/python-client',
        PATH: process.env['PATH'],
      });
      for (const name of ['LEDGER_ADMIN_PASSWORD', 'DATABASE_URL', 'PGPASSWORD', 'SOME_API_KEY', 'HF_TOKEN'])
        expect(env).not.toHaveProperty(name);
    } finally {
      for (const name of Object.keys(own)) delete process.env[name];
    }
  });
});

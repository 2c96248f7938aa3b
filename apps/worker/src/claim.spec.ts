import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claim, readClaim, updateClaim, type Claim } from './claim.js';
import { processStart } from './process-group.js';

const folder = mkdtempSync(join(tmpdir(), 'claim-'));
const file = join(folder, 'worker.json');
afterEach(() => rmSync(file, { force: true }));
afterAll(() => rmSync(folder, { recursive: true }));

const mine = (given: Partial<Claim> = {}): Claim => ({
  taskId: 't',
  host: 'here',
  workerPid: process.pid,
  workerStart: processStart(process.pid),
  trainerPid: null,
  trainerStart: null,
  ...given,
});
/** A worker whose process id may belong to somebody else by now. */
const dead = { workerPid: process.pid, workerStart: '1' };

describe('a claim on an attempt', () => {
  it('is refused while its worker lives', async () => {
    await claim(file, mine());
    await expect(claim(file, mine())).rejects.toThrow('is being run by worker process');
  });

  it('is refused from another host, where nobody can see whether the worker lives', async () => {
    await claim(file, mine(dead));
    await expect(claim(file, mine({ host: 'there' }))).rejects.toThrow('on here');
  });

  it('is taken over from a worker that died before its trainer started', async () => {
    await claim(file, mine(dead));
    await claim(file, mine({ taskId: 'mine' }));
    expect(await readClaim(file)).toMatchObject({ taskId: 'mine' });
  });

  it('is taken over from a file that was cut off in the middle of its first writing', async () => {
    writeFileSync(file, '{"taskId": "t", "wor');
    await claim(file, mine());
    expect(await readClaim(file)).toEqual(mine());
  });

  it('is refused once a trainer was started, with its whereabouts', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const trainer = { trainerPid: child.pid!, trainerStart: processStart(child.pid!) };
    await claim(file, mine(dead));
    await updateClaim(file, mine({ ...dead, ...trainer }));
    await expect(claim(file, mine())).rejects.toThrow('still runs');
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    await expect(claim(file, mine())).rejects.toThrow('has ended');
    expect(readdirSync(folder)).toEqual(['worker.json']);
  });
});

import { maskSecrets } from '@lora-ledger/training';
import * as fc from 'fast-check';
import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { rowsOf, submitAndStart, type Trained } from './support/tasks.js';

let app: TestApp;
let eve: Api;
beforeAll(async () => {
  app = await makeApp();
  eve = await app.member('eve');
});
afterAll(() => app.close());

const bytes = (text: string): number => Buffer.byteLength(text);
const append = ({ taskId, trainer }: Trained, offset: number, text: string, status = 200) =>
  trainer.post(`/train-tasks/${taskId}/log`, { offset, text }, status);
const read = ({ taskId }: Trained, query = '') => eve.get(`/train-tasks/${taskId}/log${query}`);
const running = () => submitAndStart(app, eve);

async function readAll(task: Trained, limit: number): Promise<string> {
  let [text, offset] = ['', 0];
  for (;;) {
    const slice = await read(task, `?offset=${offset}&limit=${limit}`);
    text += slice.text;
    if (slice.nextOffset === slice.size) return text;
    expect(slice.nextOffset).toBeGreaterThan(offset);
    offset = slice.nextOffset;
  }
}

describe('a chunk of the log', () => {
  it('is added where the last one ended', async () => {
    const task = await running();
    expect(await append(task, 0, 'epoch 1\n')).toEqual({ size: 8 });
    expect(await append(task, 8, 'epoch 2\n')).toEqual({ size: 16 });
    expect(await read(task)).toEqual({ text: 'epoch 1\nepoch 2\n', offset: 0, nextOffset: 16, size: 16 });
  });

  it('that came before changes nothing, and one that overlaps adds what is new', async () => {
    const task = await running();
    await append(task, 0, 'abcdef');
    expect(await append(task, 0, 'abcdef')).toEqual({ size: 6 });
    expect(await append(task, 2, 'xx')).toEqual({ size: 6 });
    expect(await append(task, 4, 'efgh')).toEqual({ size: 8 });
    expect((await read(task)).text).toBe('abcdefgh');
  });

  it('after a gap is refused with the place to go on from', async () => {
    const task = await running();
    await append(task, 0, 'abc');
    expect(await append(task, 4, 'e', 409)).toMatchObject({ code: 'STATE_CONFLICT', size: 3 });
    expect((await read(task)).text).toBe('abc');
  });

  it('hides a credential that began in the chunk before, and stays where it was by its bytes', async () => {
    const task = await running();
    const log = `é loading\nHF_TOKEN=hf_${'aB1x'.repeat(9)} --password "geh äim" -----BEGIN PRIVATE KEY-----\n${'MIIEvQIBADANBgkqhkiG9w0B\n'.repeat(4)}-----END PRIVATE KEY-----\nepoch 1\n`;
    let offset = 0;
    for (const piece of log.match(/[^]{1,7}/gu) ?? []) {
      const { size } = await append(task, offset, piece);
      expect(size).toBe(offset + bytes(piece));
      // A report that is repeated changes nothing.
      expect(await append(task, offset, piece)).toEqual({ size });
      offset = size;
    }
    const { text, size } = await read(task);
    expect(size).toBe(bytes(log));
    expect(text).toBe(maskSecrets(log));
    expect(text).toMatch(
      /^é loading\nHF_TOKEN=\*{39} --password "\*{8}" -----BEGIN PRIVATE KEY-----\n[*\n]{100}-----END PRIVATE KEY-----\nepoch 1\n$/,
    );
  });

  it('hides a credential at the border of two large chunks', async () => {
    const task = await running();
    const [before, after] = [`${'step\n'.repeat(40_000)}Authorization: Bearer abc`, `def.ghi\n${'step\n'.repeat(40_000)}`];
    await append(task, 0, before);
    await append(task, bytes(before), after);
    expect((await read(task, `?offset=${bytes(before) - 25}&limit=40`)).text).toBe('Authorization: Bearer **********\nstep\nst');
  });

  it('is a sign of life', async () => {
    const task = await running();
    await rowsOf(app.database, `UPDATE train_task SET last_seen_at = now() - interval '1 hour' WHERE task_id = $1`, [task.taskId]);
    await append(task, 0, 'still here\n');
    expect(Date.now() - Date.parse((await eve.get(`/train-tasks/${task.taskId}`)).lastSeenAt)).toBeLessThan(60_000);
  });

  it('may come after the end of the run, as the worker ships the last lines', async () => {
    const task = await running();
    await task.trainer.post(`/train-tasks/${task.taskId}/finish`, {});
    expect(await append(task, 0, 'bye\n')).toEqual({ size: 4 });
  });

  it('is stored once and in one piece, however many senders cross', async () => {
    const whole = Array.from({ length: 40 }, (_one, index) => `line ${index} äöü 漢字\n`).join('');
    const [task, buffer] = [await running(), Buffer.from(whole)];
    const ship = async (step: number): Promise<void> => {
      for (let size = 0; size < buffer.length;) {
        const answer = await task.trainer.call('POST', `/train-tasks/${task.taskId}/log`, {
          offset: size,
          text: wholeCharacters(buffer, size, size + step),
        });
        expect(answer.status).toBe(200);
        size = answer.body.size;
      }
    };
    await Promise.all([ship(60), ship(97), ship(300)]);
    expect(await readAll(task, 65_536)).toBe(whole);
  });
});

/** The text of a stretch of bytes, drawn out to the end of its last character. */
function wholeCharacters(buffer: Buffer, from: number, to: number): string {
  let end = Math.min(to, buffer.length);
  while (end < buffer.length && (buffer[end]! & 0xc0) === 0x80) end += 1;
  return buffer.subarray(from, end).toString('utf8');
}

describe('reading the log', () => {
  it('gives the same text in slices of any size, whatever characters it has', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 30 }),
        async (chunks, limit) => {
          const [task, text] = [await running(), chunks.join('')];
          let size = 0;
          for (const chunk of chunks) ({ size } = await append(task, size, chunk));
          expect(size).toBe(bytes(text));
          expect(await readAll(task, limit)).toBe(text);
        },
      ),
      { numRuns: 15, interruptAfterTimeLimit: 5000 },
    );
  });

  it('counts a negative offset from the end and begins at a whole character', async () => {
    const task = await running();
    await append(task, 0, 'abc漢字');
    expect(await read(task, '?offset=-3')).toMatchObject({ text: '字', offset: 6, nextOffset: 9 });
    expect(await read(task, '?offset=-4')).toMatchObject({ text: '字', offset: 6 });
    expect(await read(task, '?offset=-1000')).toMatchObject({ text: 'abc漢字', offset: 0 });
    expect(await read(task, '?offset=1000')).toEqual({ text: '', offset: 9, nextOffset: 9, size: 9 });
  });

  it('is empty before there is anything', async () => {
    expect(await read(await running())).toEqual({ text: '', offset: 0, nextOffset: 0, size: 0 });
  });

  it('of five megabytes takes no longer at the end than at the beginning', async () => {
    const task = await running();
    const chunk = `${'x'.repeat(99)}\n`.repeat(5000);
    for (let index = 0; index < 10; index += 1) await append(task, index * chunk.length, chunk);
    expect(await read(task, '?offset=-100')).toEqual({
      text: `${'x'.repeat(99)}\n`,
      offset: 4_999_900,
      nextOffset: 5_000_000,
      size: 5_000_000,
    });
    expect((await read(task, '?offset=2500000&limit=1000000')).text).toHaveLength(1_000_000);
    expect((await eve.get(`/train-tasks/${task.taskId}`)).logSize).toBe(5_000_000);
  });
});

it('masks credentials without moving a byte, so that the sender goes on where it thinks', async () => {
  const task = await running();
  const line = 'login with hf_abcdefghijklmnopqrstuvwxyz und Schlüssel api_key="größe-geheim" ok\n';
  expect(await append(task, 0, line)).toEqual({ size: bytes(line) });
  expect(await append(task, bytes(line), 'next\n')).toEqual({ size: bytes(line) + 5 });
  const { text, size } = await read(task);
  expect(size).toBe(bytes(text));
  expect(text).toMatch(/^login with \*+ und Schlüssel api_key="\*+" ok\nnext\n$/);
});

it('keeps control characters, carriage returns and NUL as the trainer wrote them', async () => {
  const task = await running();
  const text = '\u001b[32m10%\r20%\u001b[0m\0\n';
  await append(task, 0, text);
  expect((await read(task)).text).toBe(text);
});

describe('the log as a file', () => {
  const download = (task: Trained, api = eve, status = 200) =>
    api.call('GET', `/train-tasks/${task.taskId}/log/download`, undefined, status);

  it('is the whole log, byte for byte, whatever pieces it came in', async () => {
    const task = await running();
    const line = `损失 0.1 \u001b[32mok\u001b[0m ${'x'.repeat(80)}\n`;
    const text = line.repeat(Math.ceil((3 * 1024 * 1024) / bytes(line)));
    const [half, buffer] = [bytes(line.repeat(17)), Buffer.from(text)];
    await rowsOf(
      app.database,
      `INSERT INTO task_log (train_task_id, start_offset, body) SELECT id, 0, $2::bytea FROM train_task WHERE task_id = $1 UNION ALL SELECT id, $3::bigint, $4::bytea FROM train_task WHERE task_id = $1`,
      [task.taskId, buffer.subarray(0, half), half, buffer.subarray(half)],
    );
    const { headers, body } = await download(task);
    expect(body).toBe(text);
    expect([headers.get('content-type'), headers.get('content-length')]).toEqual(['text/plain; charset=utf-8', String(buffer.length)]);
    expect(headers.get('content-disposition')).toBe(`attachment; filename="${task.taskId}.log"`);
  });

  it("is empty when nothing was written, and nobody else's", async () => {
    const task = await running();
    expect((await download(task)).body).toBe('');
    await download(task, await app.member('mallory'), 404);
  });
});

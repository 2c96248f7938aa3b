import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { expectNothingStored, expectProblem, MB } from './support/refusals.js';
import { aTask, submitAndStart, type Trained } from './support/tasks.js';

let app: TestApp;
let eve: Api;
let running: Trained;
const json = { 'Content-Type': 'application/json' };

beforeAll(async () => {
  app = await makeApp();
  eve = await app.member('eve');
  running = await submitAndStart(app, eve);
});
afterAll(() => app.close());
expectNothingStored(() => app);

describe('a submission with', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['an unknown field', { lora_rank: 8 }, 'lora_rank'],
    ['rank 0', { loraRank: 0 }, 'loraRank'],
    ['rank 100 000', { loraRank: 100_000 }, 'loraRank'],
    ['rank 1.5', { loraRank: 1.5 }, 'loraRank'],
    ['rank "8"', { loraRank: '8' }, 'loraRank'],
    ['rank null', { loraRank: null }, 'loraRank'],
    ['rank [8]', { loraRank: [8] }, 'loraRank'],
    ['rank {}', { loraRank: {} }, 'loraRank'],
    ['rank true', { loraRank: true }, 'loraRank'],
    ['no rank', { loraRank: undefined }, 'loraRank'],
    ['no model', { modelName: undefined }, 'modelName'],
    ['no data', { trainDataDir: undefined }, 'trainDataDir'],
    ['learning rate 0', { learningRate: 0 }, 'learningRate'],
    ['learning rate -1', { learningRate: -1 }, 'learningRate'],
    ['learning rate "NaN"', { learningRate: 'NaN' }, 'learningRate'],
    ['alpha 0', { loraAlpha: 0 }, 'loraAlpha'],
    ['batch size 0', { batchSize: 0 }, 'batchSize'],
    ['batch size -4', { batchSize: -4 }, 'batchSize'],
    ['a billion epochs', { epochs: 1e9 }, 'epochs'],
    ['no epochs', { epochs: 0 }, 'epochs'],
    ['neither epochs nor steps', { epochs: undefined }, 'epochs'],
    ['steps 1e300', { maxSteps: 1e300 }, 'maxSteps'],
    ['a seed beyond exact numbers', { seed: 2 ** 60 }, 'seed'],
    ['seed -1', { seed: -1 }, 'seed'],
    ['an empty name', { name: '' }, 'name'],
    ['a blank name', { name: '   ' }, 'name'],
    ['a name with a line break', { name: 'a\nb' }, 'name'],
    ['a name of 1 MB', { name: MB }, 'name'],
    ['an empty model', { modelName: '' }, 'modelName'],
    ['a blank model', { modelName: ' \t ' }, 'modelName'],
    ['a model of 1 MB', { modelName: MB }, 'modelName'],
    ['a NUL', { modelName: 'a\0b' }, 'modelName'],
    ['an escape character', { name: '\u001b[31m' }, 'name'],
    ['a NUL in a description', { description: 'a\0' }, 'description'],
    ['half a character in a name', { name: 'a\ud83d' }, 'name'],
    ['half a character in a note', { note: '\udc00' }, 'note'],
    ['half a character in a tag', { tags: ['\ud800'] }, 'tags'],
    ['a path that climbs', { trainDataDir: '../../etc' }, 'trainDataDir'],
    ['an output that climbs', { outputPath: 'out/../../x' }, 'outputPath'],
    ['a path that climbs on Windows', { resumeFrom: '..\\w.safetensors' }, 'resumeFrom'],
    ['a path of 1 MB', { trainDataDir: MB }, 'trainDataDir'],
    ['an empty data folder', { trainDataDir: '' }, 'trainDataDir'],
    ['tags as text', { tags: 'a' }, 'tags'],
    ['an empty tag', { tags: [''] }, 'tags'],
    ['a blank tag', { tags: [' '] }, 'tags'],
    ['51 tags', { tags: Array.from({ length: 51 }, (_one, index) => `t${index}`) }, 'tags'],
    ['a tag that is a number', { tags: [1] }, 'tags'],
    ['an unknown trainer', { trainer: 'nothing' }, 'trainer'],
    ['a description of 1 MB', { description: MB }, 'description'],
    ['a note of 1 MB', { note: MB }, 'note'],
    ['incremental without weights', { incremental: true }, 'resumeFrom'],
    ['incremental "yes"', { incremental: 'yes' }, 'incremental'],
    ['extra parameters as text', { extraParams: 'a' }, 'extraParams'],
    ['extra parameters as a list', { extraParams: [1] }, 'extraParams'],
    ['an extra parameter of 1 MB', { extraParams: { a: MB } }, 'extraParams'],
    ['a NUL in an extra parameter', { extraParams: { a: ['b\0'] } }, 'extraParams'],
    ['half a character in the name of an extra parameter', { extraParams: { 'a\ud800': 1 } }, 'extraParams'],
    ['an extra parameter without a name', { extraParams: { '': 1 } }, 'extraParams'],
    ['extra parameters 20 levels deep', { extraParams: JSON.parse(`${'{"a":'.repeat(20)}1${'}'.repeat(20)}`) }, 'extraParams'],
    ['an extra parameter named constructor', { extraParams: { constructor: 1 } }, 'constructor'],
    [
      '2000 extra parameters',
      { extraParams: Object.fromEntries(Array.from({ length: 2000 }, (_one, index) => [`k${index}`, 1])) },
      'extraParams',
    ],
    ['another owner that is no text', { createUser: 7 }, 'createUser'],
  ])('%s is refused, and told which field to change', async (_what, overrides, path) => {
    expectProblem(await eve.call('POST', '/train-tasks', aTask(overrides)), { status: 400, path });
  });

  it.each([
    ['a learning rate of NaN', '"learningRate":NaN'],
    ['a learning rate of Infinity', '"learningRate":Infinity'],
    ['a learning rate of 1e999', '"learningRate":1e999'],
    ['a rank of 1e999', '"loraRank":1e999'],
    ['an extra parameter of 1e999', '"extraParams":{"lr":1e999}'],
    ['a member named __proto__', '"__proto__":{"loraRank":8}'],
    ['a member named __proto__ deep inside', '"extraParams":{"a":[{"__proto__":{"b":1}}]}'],
    ['a constructor with a prototype', '"constructor":{"prototype":{"a":1}}'],
  ])('%s is refused', async (_what, member) => {
    const body = `{${member},"modelName":"m","batchSize":1,"epochs":1,"trainDataDir":"d"${member.includes('learningRate') ? '' : ',"learningRate":1e-4'}${member.includes('loraRank') ? '' : ',"loraRank":8'}}`;
    expectProblem(await eve.call('POST', '/train-tasks', body, undefined, json), { status: 400 });
    expect(({} as Record<string, unknown>)['loraRank']).toBeUndefined();
  });
});

describe('a report with', () => {
  it.each<[string, string, unknown, string | null]>([
    ['a pid that is text', 'start', { pid: '1' }, 'pid'],
    ['steps below zero', 'start', { totalSteps: -1 }, 'totalSteps'],
    ['an unknown field', 'start', { hots: 'x' }, 'hots'],
    ['an environment that is a list', 'start', { env: [] }, 'env'],
    ['a NUL in its environment', 'start', { env: { a: '\0' } }, 'env'],
    ['an environment of 1 MB', 'start', { env: { a: MB } }, null],
    ['a point without a step', 'progress', { points: [{ key: 'loss', value: 1 }] }, 'points.0.step'],
    ['10 001 points', 'progress', { points: Array.from({ length: 10_001 }, (_one, step) => ({ key: 'k', step, value: 1 })) }, 'points'],
    ['a value "constructor"', 'progress', { points: [{ key: 'loss', step: 1, value: 'constructor' }] }, 'points.0.value'],
    ['no position', 'progress', { loss: 1 }, 'step'],
    ['a log offset below zero', 'log', { offset: -1, text: 'x' }, 'offset'],
    ['a log offset beyond the end', 'log', { offset: 5, text: 'x' }, null],
    ['a log that is no text', 'log', { offset: 0, text: 7 }, 'text'],
    ['a chunk above 1 MiB', 'log', { offset: 0, text: `${MB}x` }, 'text'],
    ['an unknown field', 'finish', { outputs: 'x' }, 'outputs'],
    ['GPU time below zero', 'finish', { gpuSeconds: -1 }, 'gpuSeconds'],
    ['metrics that are a list', 'finish', { metrics: [1] }, 'metrics'],
    ['an output with a NUL', 'finish', { output: 'a\0' }, 'output'],
    ['no error', 'fail', {}, 'error'],
    ['a reason that is none', 'fail', { error: 'x', reason: 'WEATHER' }, 'reason'],
    ['an error of 1 MB', 'fail', { error: MB }, 'error'],
    ['no exit', 'exit', {}, 'hasFreshOutput'],
    [
      'a file of 1e300 bytes',
      'exit',
      { hasFreshOutput: true, lastLines: '', outputFiles: [{ path: 'a', size: 1e300, sha256: 'a'.repeat(64) }] },
      'outputFiles.0.size',
    ],
    [
      'a file without its hash',
      'exit',
      { hasFreshOutput: true, lastLines: '', outputFiles: [{ path: 'a', size: 1, sha256: 'x' }] },
      'outputFiles.0.sha256',
    ],
    ['an exit code of 1e12', 'exit', { exitCode: 1e12, hasFreshOutput: true, lastLines: '', outputFiles: [] }, 'exitCode'],
  ])('%s is refused: %s', async (_what, verb, body, path) => {
    expectProblem(
      await running.trainer.call('POST', `/train-tasks/${running.taskId}/${verb}`, body),
      path === null ? {} : { status: 400, path },
    );
  });
});

describe('a list with', () => {
  const forge = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  it.each<[string, string, string]>([
    ['limit 0', 'limit=0', 'limit'],
    ['limit 101', 'limit=101', 'limit'],
    ['limit -1', 'limit=-1', 'limit'],
    ['limit abc', 'limit=abc', 'limit'],
    ['limit 1.5', 'limit=1.5', 'limit'],
    ['limit 1e999', 'limit=1e999', 'limit'],
    ['an empty limit', 'limit=', 'limit'],
    ['an unknown parameter', 'state=FAILED', 'state'],
    ['two limits', 'limit=1&limit=2', 'limit'],
    ['two cursors', 'cursor=a&cursor=b', 'cursor'],
    ['two sorts', 'sort=name&sort=-name', 'sort'],
    ['two questions', 'q=a&q=b', 'q'],
    ['an unknown state', 'status=DONE', 'status'],
    ['an unknown reason', 'failureReason=WEATHER', 'failureReason'],
    ['an unknown order', 'sort=loss', 'sort'],
    ['SQL for an order', 'sort=name;DROP TABLE train_task', 'sort'],
    ['a day that does not exist', 'createdFrom=2026-02-30', 'createdFrom'],
    ['the year 99999', 'createdTo=99999-01-01', 'createdTo'],
    ['the year 0', 'startedFrom=0000-01-01T00:00:00Z', 'startedFrom'],
    ['a zone that does not exist', 'startedTo=2026-01-01T00:00:00%2B23:00', 'startedTo'],
    ['a time that is words', 'createdFrom=yesterday', 'createdFrom'],
    ['a rank that is words', 'loraRankMin=low', 'loraRankMin'],
    ['a rank of 1e999', 'loraRankMax=1e999', 'loraRankMax'],
    ['a loss of NaN', 'finalLossMin=NaN', 'finalLossMin'],
    ['a NUL', 'q=%00', 'q'],
    ['a NUL in a list', 'modelName=a%00', 'modelName'],
    ['a NUL in an extra parameter', 'extra.a=%00', 'extra'],
    ['an extra parameter twice', 'extra.a=1&extra.a=2', 'extra'],
    ['an extra parameter without a name', 'extra.=1', 'extra'],
    ['a question of 10 kB', `q=${'x'.repeat(10_000)}`, 'q'],
    ['a fingerprint that is none', 'fingerprint=abc', 'fingerprint'],
    ['a family that is none', 'family=abc', 'family'],
    ['a trash that is none', 'deleted=maybe', 'deleted'],
    ['a total that is none', 'withTotal=1', 'withTotal'],
    ['a cursor of nothing', 'cursor=%20', 'cursor'],
    ['a cursor of words', 'cursor=next', 'cursor'],
    ['a cursor of 10 kB', `cursor=${'a'.repeat(10_000)}`, 'cursor'],
    ['a cursor of another order', `cursor=${forge(['name', 'a', '1'])}`, 'cursor'],
    ['a cursor with SQL', `cursor=${forge(['-createdAt', '1', '1) OR (1=1'])}`, 'cursor'],
    ['a cursor to no day', `sort=startTime&cursor=${forge(['startTime', '2026-02-30 00:00:00+00', '1'])}`, 'cursor'],
    ['a cursor to a huge number', `sort=finalLoss&cursor=${forge(['finalLoss', '1e9999', '1'])}`, 'cursor'],
    ['a parameter named __proto__', '__proto__=1', '__proto__'],
    ['a parameter named constructor', 'constructor=1', 'constructor'],
    ['an extra parameter named __proto__', 'extra.__proto__=1', '__proto__'],
    ['half an escape', 'limit=%zz', 'limit'],
  ])('%s is refused', async (_what, query, path) => {
    expectProblem(await eve.call('GET', `/train-tasks?${query}`), { status: 400, path });
  });

  it.each([
    'loraRankMin=1e308',
    'loraRankMax=-1e308',
    'createdFrom=0001-01-01',
    'createdTo=9999-12-31T23:59:59.999Z',
    'q=%25_%5C',
    'q=%F0%9F%98%80',
    "extra.a'b=1",
    `extra.${'a'.repeat(300)}=1`,
    'tag=%27',
    'limit=1e1',
  ])('the odd but right %s is answered', async (query) => {
    expect(await eve.get(`/train-tasks?${query}`)).toMatchObject({ items: expect.any(Array) });
  });

  it.each([
    'metrics?maxPoints=9',
    'metrics?maxPoints=20001',
    'metrics?from=-1',
    'metrics?to=1e300',
    'metrics?keys=%00',
    'log?limit=0',
    'log?limit=2000000',
    'log?offset=x',
    'log?offset=1e300',
  ])('wrong bounds is refused: %s', async (path) => {
    expectProblem(await eve.call('GET', `/train-tasks/${running.taskId}/${path}`), { status: 400 });
  });
});

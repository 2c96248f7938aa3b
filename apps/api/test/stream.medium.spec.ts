import { Subscribers } from '../src/stream/subscribers.js';
import type { Api } from './support/api.js';
import type { TestApp } from './support/app.js';
import { apiToken, session, share, someTask, someUser } from './support/callers.js';
import { Live } from './support/live.js';
import { submitAndStart, until } from './support/tasks.js';
import { create, TwoInstances } from './support/two-instances.js';

let both: TwoInstances;
let here: TestApp;
let there: TestApp;
let anna: Api;
let bela: Api;

beforeAll(async () => {
  both = await TwoInstances.start();
  ({ here, there, anna, bela } = both);
});
afterEach(() => both.hangUp());
afterAll(() => both.stop());

const listen: TwoInstances['listen'] = (...to) => both.listen(...to);

describe('a change', () => {
  it('made at one instance is heard at the other, long before anything would be asked for again', async () => {
    const live = await listen(anna);
    const began = performance.now();
    const { taskId } = await create(anna, 'heard');
    const { data } = await live.task(taskId);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(data).toEqual((await anna.get(`/train-tasks?limit=1`)).items[0]);
  });

  it.each(['started', 'finished', 'renamed', 'thrown away'])('is told when a task is %s', async (moment) => {
    const { taskId, trainer } = await submitAndStart(here, anna);
    const live = await listen(anna);
    switch (moment) {
      case 'started': {
        const other = await submitAndStart(here, anna);
        return void (await live.task(other.taskId, ({ status, host }) => status === 'RUNNING' && host === 'gpu-1'));
      }
      case 'finished': {
        await trainer.post(`/train-tasks/${taskId}/finish`, { output: 'x.safetensors' });
        return void (await live.task(taskId, ({ status }) => status === 'SUCCESS'));
      }
      case 'renamed': {
        await anna.patch(`/train-tasks/${taskId}`, { name: 'another' });
        return void (await live.task(taskId, ({ name }) => name === 'another'));
      }
      case 'thrown away': {
        await anna.post(`/train-tasks/${taskId}/cancel`);
        await anna.delete(`/train-tasks/${taskId}`);
        return void (await live.task(taskId, ({ deletedAt }) => deletedAt !== null));
      }
    }
  });

  it('of one task after the other is told in that order', async () => {
    const live = await listen(anna);
    const tasks = [await create(anna, 'first'), await create(anna, 'second'), await create(anna, 'third')];
    for (const { taskId } of tasks) await live.task(taskId);
    const before = live.events.length;
    there.app.get(Subscribers).changed(tasks.map(({ id }) => id).reverse());
    await live.event(() => live.events.length === before + tasks.length);
    expect(live.names().slice(-tasks.length)).toEqual(['third', 'second', 'first']);
  });
});

describe('a report', () => {
  it('is told as what it changes of the task, not as the whole task', async () => {
    const { taskId, trainer } = await submitAndStart(here, anna);
    const live = await listen(anna);
    await trainer.post(`/train-tasks/${taskId}/progress`, { step: 50, loss: 0.25 });
    const told = await live.progress(taskId, ({ currentStep }) => currentStep === 50);
    const task = (await anna.get('/train-tasks?limit=1')).items[0];
    expect(told).toEqual(
      Object.fromEntries(
        ['taskId', 'progress', 'currentEpoch', 'currentStep', 'totalSteps', 'finalLoss', 'lastSeenAt', 'stalled'].map((field) => [
          field,
          task[field],
        ]),
      ),
    );
    expect(told.finalLoss).toBe(0.25);
    // Its start may be told late, but not after a report that came later.
    const whole = live.names();
    await trainer.post(`/train-tasks/${taskId}/progress`, { step: 60, loss: 0.2 });
    await live.progress(taskId, ({ currentStep }) => currentStep === 60);
    expect(live.names()).toEqual(whole);
  });

  it('comes with the whole task when something else has changed too', async () => {
    const { taskId, trainer } = await submitAndStart(here, anna);
    const live = await listen(anna);
    const ids = [(await anna.get(`/train-tasks/${taskId}`)).id];
    await trainer.post(`/train-tasks/${taskId}/progress`, { step: 60 });
    await live.progress(taskId, ({ currentStep }) => currentStep === 60);
    const [before, streams] = [live.events.length, there.app.get(Subscribers)];
    streams.progressed(ids);
    streams.changed(ids);
    await live.event((one) => one.name === 'task' && live.events.indexOf(one) >= before);
    expect(live.events.slice(before).map(({ name }) => name)).toEqual(['task']);
  });

  it('that was overtaken by the end of its task is not told any more', async () => {
    const { taskId, trainer } = await submitAndStart(here, anna);
    const { id } = await anna.get(`/train-tasks/${taskId}`);
    await trainer.post(`/train-tasks/${taskId}/finish`, { output: 'x.safetensors' });
    const live = await listen(anna);
    there.app.get(Subscribers).progressed([id]);
    await live.task((await create(anna, 'afterwards')).taskId);
    expect(live.events.map(({ name }) => name)).not.toContain('progress');
  });

  it('is told to those who may see the task, each of the tasks they may see', async () => {
    const [annas, belas, admins] = await Promise.all([listen(anna), listen(bela), listen(here.admin)]);
    const [hers, his, open] = [await submitAndStart(here, anna), await submitAndStart(here, bela), await submitAndStart(here, anna)];
    await share(
      here,
      await anna.get(`/train-tasks/${open.taskId}`),
      { id: (await anna.get('/auth/me')).user.id, username: 'anna' },
      'everyone',
    );
    const heard = (live: Live) =>
      new Set(
        live.events
          .filter(({ name }) => name === 'progress')
          .flatMap(({ data }) => data)
          .map(({ taskId }) => taskId),
      );
    for (const { taskId, trainer } of [hers, his, open]) await trainer.post(`/train-tasks/${taskId}/progress`, { step: 10 });
    // Later than all of them, because of the same task as the first.
    await hers.trainer.post(`/train-tasks/${hers.taskId}/progress`, { step: 20 });
    await admins.progress(hers.taskId, ({ currentStep }) => currentStep === 20);
    const last = [await create(anna, 'last of anna'), await create(bela, 'last of bela')];
    await Promise.all([annas.task(last[0]!.taskId), belas.task(last[1]!.taskId)]);
    expect(heard(annas)).toEqual(new Set([hers.taskId, open.taskId]));
    expect(heard(belas)).toEqual(new Set([his.taskId, open.taskId]));
    expect(heard(admins)).toEqual(new Set([hers.taskId, his.taskId, open.taskId]));
  });
});

describe('who hears what', () => {
  it('a member hears their own and what is shared with them, an admin hears everything', async () => {
    const [annas, belas, admins] = await Promise.all([listen(anna), listen(bela), listen(here.admin)]);
    const owner = { id: (await anna.get('/auth/me')).user.id, username: 'anna' };
    const reader = { id: (await bela.get('/auth/me')).user.id, username: 'bela' };
    const [secret, shared, open] = [await create(anna, 'secret'), await create(anna, 'for bela'), await create(anna, 'for all')];
    await share(here, shared, owner, reader);
    await share(here, open, owner, 'everyone');
    for (const { taskId } of [secret, shared, open]) await anna.patch(`/train-tasks/${taskId}`, { description: 'changed' });
    const last = await create(bela, 'of bela');
    await admins.task(last.taskId);
    await belas.task(last.taskId);
    expect(new Set(admins.names())).toEqual(new Set(['secret', 'for bela', 'for all', 'of bela']));
    expect(new Set(belas.names())).toEqual(new Set(['for bela', 'for all', 'of bela']));
    const own = await create(anna, 'the end');
    await annas.task(own.taskId);
    expect(new Set(annas.names())).toEqual(new Set(['secret', 'for bela', 'for all', 'the end']));
    expect((await belas.task(shared.taskId)).data.actions).toEqual(['clone']);
    expect((await annas.task(shared.taskId)).data.actions).toContain('cancel');
  });

  it('an API token that may read hears what its owner does; one that may only report does not get in', async () => {
    const owner = await someUser(here);
    const live = await listen(here.anonymous.with(await apiToken(here, owner, ['read'])));
    const task = await someTask(here, owner, { name: 'by row' });
    await here.anonymous.with((await session(here, owner)).accessToken).patch(`/train-tasks/${task.taskId}`, { name: 'by token' });
    expect((await live.task(task.taskId)).data.name).toBe('by token');
    await expect(Live.open(there.url, await apiToken(here, owner, ['report']))).rejects.toThrow('403');
    await expect(Live.open(there.url, null)).rejects.toThrow('401');
  });
});

describe('a page that comes back', () => {
  it('hears what it has missed, each task once and as it stands now', async () => {
    const live = await listen(anna);
    await live.task((await create(anna, 'before')).taskId);
    live.close();
    await live.end();
    const missed = await create(anna, 'missed');
    for (const name of ['missed 2', 'missed 3']) await anna.patch(`/train-tasks/${missed.taskId}`, { name });
    await create(bela, 'not hers');
    const witness = await listen(here.admin);
    await witness.task((await create(anna, 'witnessed')).taskId);
    const back = await listen(anna, there, live.lastId);
    await back.event(({ data }) => data.name === 'witnessed');
    expect(back.names()).toEqual(['missed 3', 'witnessed']);
    expect(back.events.map(({ name }) => name)).not.toContain('reset');
  });

  it('to another instance, or with an id nobody gave, is told to ask again', async () => {
    const live = await listen(anna);
    for (const id of [live.lastId, 'made-up', `${live.lastId}0000`]) {
      const back = await listen(anna, here, id);
      await back.event(({ name }) => name === 'reset');
    }
  });
});

describe('an instance that lost its ear', () => {
  it('tells every page to ask again once it hears again, also those that were away meanwhile', async () => {
    const [live, away] = await Promise.all([listen(anna), listen(anna)]);
    away.close();
    await deafen();
    await live.event(({ name }) => name === 'reset');
    const back = await listen(anna, there, away.lastId);
    await back.event(({ name }) => name === 'reset');
    await live.task((await create(anna, 'heard again')).taskId);
  });
});

/** Ends the connection on which the second instance listens, and waits until it has another. */
async function deafen(): Promise<void> {
  const ears = `SELECT pid FROM pg_stat_activity WHERE application_name = 'lora-ledger live' AND datname = current_database()`;
  const before: { pid: number }[] = await here.database.query(ears);
  await here.database.query(`SELECT pg_terminate_backend(pid) FROM (${ears}) x`);
  await until(async () => {
    const now: { pid: number }[] = await here.database.query(ears);
    return now.length === 2 && now.every(({ pid }) => !before.some((one) => one.pid === pid));
  });
}

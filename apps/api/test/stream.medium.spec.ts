import { connect, type Socket } from 'node:net';
import { Subscribers } from '../src/stream/subscribers.js';
import type { Api } from './support/api.js';
import { makeApp, type TestApp } from './support/app.js';
import { apiToken, session, share, someTask, someUser, type SomeUser } from './support/callers.js';
import { Live } from './support/live.js';
import { aTask, submitAndStart, until } from './support/tasks.js';

/** Two instances over one database: what happens at one is heard at the other. */
let here: TestApp;
let there: TestApp;
let anna: Api;
let bela: Api;
const opened: Live[] = [];

beforeAll(async () => {
  here = await makeApp();
  there = await makeApp({ DATABASE_URL: here.databaseUrl });
  [anna, bela] = [await here.member('anna'), await here.member('bela')];
});
afterEach(() => opened.splice(0).forEach((live) => live.close()));
afterAll(async () => {
  await there.close();
  await here.close();
});

async function listen(api: Api, app = there, lastEventId?: string | null): Promise<Live> {
  const live = await Live.open(app.url, api.token, lastEventId);
  opened.push(live);
  return live;
}

const create = (api: Api, name: string): Promise<{ taskId: string; id: string }> => api.post('/train-tasks', aTask({ name }), 201);

describe('a change', () => {
  it('made at one instance is heard at the other within a second', async () => {
    const live = await listen(anna);
    const began = performance.now();
    const { taskId } = await create(anna, 'heard');
    const { data } = await live.task(taskId);
    expect(performance.now() - began).toBeLessThan(1000);
    expect(data).toEqual((await anna.get(`/train-tasks?limit=1`)).items[0]);
  });

  it.each(['started', 'finished', 'renamed', 'thrown away'])('is told when a task is %s', async (moment) => {
    const { taskId, trainer } = await submitAndStart(here, anna);
    const live = await listen(anna);
    switch (moment) {
      case 'started': {
        const other = await submitAndStart(here, anna);
        return void await live.task(other.taskId, ({ status, host }) => status === 'RUNNING' && host === 'gpu-1');
      }
      case 'finished': {
        await trainer.post(`/train-tasks/${taskId}/finish`, { output: 'x.safetensors' });
        return void await live.task(taskId, ({ status }) => status === 'SUCCESS');
      }
      case 'renamed': {
        await anna.patch(`/train-tasks/${taskId}`, { name: 'another' });
        return void await live.task(taskId, ({ name }) => name === 'another');
      }
      case 'thrown away': {
        await anna.post(`/train-tasks/${taskId}/cancel`);
        await anna.delete(`/train-tasks/${taskId}`);
        return void await live.task(taskId, ({ deletedAt }) => deletedAt !== null);
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
    expect(told).toEqual(Object.fromEntries(['taskId', 'progress', 'currentEpoch', 'currentStep', 'totalSteps', 'finalLoss', 'lastSeenAt', 'stalled'].map((field) => [field, task[field]])));
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
    await share(here, await anna.get(`/train-tasks/${open.taskId}`), { id: (await anna.get('/auth/me')).user.id, username: 'anna' }, 'everyone');
    const heard = (live: Live) => new Set(live.events.filter(({ name }) => name === 'progress').flatMap(({ data }) => data).map(({ taskId }) => taskId));
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
    const live = await Live.open(there.url, await apiToken(here, owner, ['read']));
    opened.push(live);
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

describe('a stream', () => {
  it('says now and then that it is alive', async () => {
    const live = await listen(anna);
    await there.app.get(Subscribers).ping();
    await live.comment();
  });

  it.each<[string, (user: { id: string }) => [string, unknown[]]]>([
    ['the session was ended', ({ id }) => ['DELETE FROM session WHERE user_id = $1', [id]]],
    ['the session has not been used for too long', ({ id }) => [`UPDATE session SET last_seen_at = now() - interval '400 days' WHERE user_id = $1`, [id]]],
    ['the user was disabled', ({ id }) => ['UPDATE app_user SET disabled = true WHERE id = $1', [id]]],
    ['the user was deleted', ({ id }) => ['UPDATE app_user SET deleted_at = now() WHERE id = $1', [id]]],
    ['the user is an admin no more', ({ id }) => [`UPDATE app_user SET role = 'member' WHERE id = $1`, [id]]],
  ])('ends soon after %s', async (_why, change) => {
    const user = await someUser(here, 'admin');
    const live = await Live.open(there.url, (await session(here, user)).accessToken);
    const stays = await listen(anna);
    await here.database.query(...change(user));
    await there.app.get(Subscribers).ping();
    await live.end();
    await stays.comment();
  });

  it.each<[string, (user: SomeUser, token: string) => Promise<unknown>]>([
    ['their session', ({ id }) => here.database.query('DELETE FROM session WHERE user_id = $1', [id])],
    ['their account', ({ id }) => here.admin.patch(`/users/${id}`, { disabled: true })],
    ['their rights', ({ id }) => here.admin.patch(`/users/${id}`, { role: 'member' })],
    ['their way in', (_user, token) => here.anonymous.with(token).post('/auth/logout', undefined, 204)],
  ])('ends within a second, at every instance, when somebody loses %s', async (_what, lose) => {
    const user = await someUser(here, 'admin');
    const { accessToken } = await session(here, user);
    const live = await Live.open(there.url, accessToken);
    const began = performance.now();
    await lose(user, accessToken);
    await live.end();
    expect(performance.now() - began).toBeLessThan(1000);
  });

  it('of an API token ends soon after the token was revoked', async () => {
    const user = await someUser(here);
    const live = await Live.open(there.url, await apiToken(here, user, ['read']));
    await here.database.query('UPDATE api_token SET deleted_at = now() WHERE user_id = $1', [user.id]);
    await there.app.get(Subscribers).ping();
    await live.end();
  });

  it('is one of hundreds without anybody waiting', async () => {
    const streams = await Promise.all(Array.from({ length: 300 }, () => listen(anna)));
    const began = performance.now();
    const { taskId } = await create(anna, 'for hundreds');
    await Promise.all(streams.map((live) => live.task(taskId)));
    expect(performance.now() - began).toBeLessThan(2000);
    expect(there.app.get(Subscribers).count).toBeGreaterThanOrEqual(300);
    for (const live of streams) live.close();
    await until(async () => there.app.get(Subscribers).count < 10);
  });

  it('whose reader does not read is given up before it fills the memory', async () => {
    const tasks = await Promise.all(Array.from({ length: 20 }, () => create(anna, 'x'.repeat(200))));
    const ids = tasks.map(({ id }) => id);
    await here.database.query(`UPDATE train_task SET description = $2 WHERE id = ANY($1)`, [ids, 'd'.repeat(9000)]);
    const [streams, reads] = [there.app.get(Subscribers), await listen(anna)];
    const before = streams.count;
    const deaf = await silentReader();
    await until(async () => streams.count > before);
    const gone = new Promise((resolve) => deaf.once('close', resolve));
    let told = 0;
    while (streams.count > before) {
      const heard = reads.events.length;
      streams.changed(ids);
      await reads.event((one) => reads.events.indexOf(one) >= heard + ids.length - 1);
      told += 1;
    }
    expect(told).toBeGreaterThan(3);
    deaf.resume();
    await gone;
    expect(streams.count).toBe(before);
  });

  it('of a reader who was sent away goes on where it had got to', async () => {
    const live = await listen(anna);
    await live.task((await create(anna, 'heard')).taskId);
    live.close();
    await live.end();
    const witness = await listen(here.admin);
    const { taskId, trainer } = await submitAndStart(here, anna);
    await trainer.post(`/train-tasks/${taskId}/progress`, { step: 30 });
    const other = await Promise.all([witness.task(taskId), listen(anna)]).then(([, stream]) => stream);
    await trainer.post(`/train-tasks/${taskId}/progress`, { step: 40 });
    await other.progress(taskId, ({ currentStep }) => currentStep === 40);
    const back = await listen(anna, there, live.lastId);
    expect((await back.task(taskId)).data).toMatchObject({ status: 'RUNNING', currentStep: 40 });
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

/** Asks for the stream and never looks at the answer. */
async function silentReader(): Promise<Socket> {
  const { hostname, port } = new URL(there.url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => undefined).pause();
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write(`GET /api/stream HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${anna.token}\r\n\r\n`);
  return socket;
}

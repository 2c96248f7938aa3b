import { connect, type Socket } from 'node:net';
import { Subscribers } from '../src/stream/subscribers.js';
import type { Api } from './support/api.js';
import type { TestApp } from './support/app.js';
import { apiToken, session, someUser, type SomeUser } from './support/callers.js';
import { Live } from './support/live.js';
import { submitAndStart, until } from './support/tasks.js';
import { create, TwoInstances } from './support/two-instances.js';

let both: TwoInstances;
let here: TestApp;
let there: TestApp;
let anna: Api;

beforeAll(async () => {
  both = await TwoInstances.start();
  ({ here, there, anna } = both);
});
afterEach(() => both.hangUp());
afterAll(() => both.stop());

const listen: TwoInstances['listen'] = (...to) => both.listen(...to);

describe('a stream', () => {
  it('says now and then that it is alive', async () => {
    const live = await listen(anna);
    await there.app.get(Subscribers).ping();
    await live.comment();
  });

  it.each<[string, (user: { id: string }) => [string, unknown[]]]>([
    ['the session was ended', ({ id }) => ['DELETE FROM session WHERE user_id = $1', [id]]],
    [
      'the session has not been used for too long',
      ({ id }) => [`UPDATE session SET last_seen_at = now() - interval '400 days' WHERE user_id = $1`, [id]],
    ],
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
  ])('ends at once, at every instance, when somebody loses %s', async (_what, lose) => {
    const user = await someUser(here, 'admin');
    const { accessToken } = await session(here, user);
    const live = await Live.open(there.url, accessToken);
    const began = performance.now();
    await lose(user, accessToken);
    await live.end();
    expect(performance.now() - began).toBeLessThan(5000);
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
    expect(performance.now() - began).toBeLessThan(10_000);
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

/** Asks for the stream and never looks at the answer. */
async function silentReader(): Promise<Socket> {
  const { hostname, port } = new URL(there.url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => undefined).pause();
  await new Promise((resolve) => socket.once('connect', resolve));
  socket.write(`GET /api/stream HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${anna.token}\r\n\r\n`);
  return socket;
}

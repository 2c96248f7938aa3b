import type { Basis } from '@lora-ledger/contracts';
import type { DataSource } from 'typeorm';
import type { UserCaller } from '../auth/caller.js';
import type { Subscribers } from '../stream/subscribers.js';
import { Answers } from './answers.js';

const caller = (userId: string, role: UserCaller['role'] = 'member'): UserCaller => ({
  kind: 'user',
  userId,
  username: userId,
  role,
  via: 'session',
  scopes: [],
});

function scene(tasks = 10) {
  let [version, computed] = [1, 0];
  const live = { heard: 0 };
  const answers = new Answers(
    { query: async () => [{ version: String(version) }] } as unknown as DataSource,
    live as unknown as Subscribers,
  );
  const basis: Basis = { tasks, sampled: false, asOf: '' };
  const ask = (who: UserCaller, query: { q?: string; scope?: 'mine' } = {}) =>
    answers.to(['overview', query], who, async () => ({ basis, number: (computed += 1) })).then(({ number }) => number);
  return {
    ask,
    change: () => {
      version += 1;
    },
    hear: () => {
      live.heard += 1;
    },
    computed: () => computed,
    answers,
  };
}

describe('remembered answers', () => {
  it('are given again until a task changes', async () => {
    const { ask, change } = scene();
    expect([await ask(caller('1')), await ask(caller('1'))]).toEqual([1, 1]);
    change();
    expect(await ask(caller('1'))).toBe(2);
  });

  it('are computed again when a change is heard of that was not yet committed when they were', async () => {
    const { ask, change, hear } = scene();
    change();
    expect(await ask(caller('1'))).toBe(1);
    hear();
    expect([await ask(caller('1')), await ask(caller('1'))]).toEqual([2, 2]);
  });

  it('are never given to somebody else, but shared among admins who ask about everything', async () => {
    const { ask } = scene();
    expect(await ask(caller('1'))).toBe(1);
    expect(await ask(caller('2'))).toBe(2);
    expect([await ask(caller('3', 'admin')), await ask(caller('4', 'admin'))]).toEqual([3, 3]);
    expect([await ask(caller('3', 'admin'), { scope: 'mine' }), await ask(caller('4', 'admin'), { scope: 'mine' })]).toEqual([4, 5]);
    expect(await ask(caller('3'))).toBe(6);
  });

  it('differ by what is asked', async () => {
    const { ask } = scene();
    expect([await ask(caller('1'), { q: 'a' }), await ask(caller('1'), { q: 'b' })]).toEqual([1, 2]);
  });

  it('about very many tasks may be a little behind', async () => {
    const { ask, change } = scene(1_000_000);
    await ask(caller('1'));
    change();
    expect(await ask(caller('1'))).toBe(1);
  });

  it('are computed once for two who ask at the same time', async () => {
    const { ask, computed } = scene();
    await Promise.all([ask(caller('1')), ask(caller('1'))]);
    expect(computed()).toBe(1);
  });

  it('that failed are forgotten', async () => {
    const { ask, answers } = scene();
    await expect(
      answers.to(['overview', {}], caller('1'), async () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await ask(caller('1'))).toBe(1);
  });
});

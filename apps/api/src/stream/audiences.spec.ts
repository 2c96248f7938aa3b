import type { UserCaller } from '../auth/caller.js';
import { audienceOf, Audiences, heardBy, type Subscriber } from './audiences.js';

const caller = (userId: string, role: UserCaller['role'] = 'member'): UserCaller => ({
  kind: 'user',
  userId,
  username: `user ${userId}`,
  role,
  via: 'session',
  scopes: [],
});
const subscriber = (who: UserCaller): Subscriber => ({ caller: who }) as Subscriber;
const task = (owner: string, ...readers: string[]) => ({ owner, readers: new Set(readers) });

describe('who hears of a task', () => {
  const names = [caller('1'), caller('2'), caller('3'), caller('9', 'admin')].map(audienceOf);
  const heard = (...tasks: ReturnType<typeof task>[]) =>
    names.map((name) =>
      heardBy(names, tasks)
        .get(name)!
        .map(({ index, mayChange }) => `${index}${mayChange ? 'w' : 'r'}`)
        .join(' '),
    );

  it('are its owner and admins, and nobody else', () => {
    expect(heard(task('1'), task('2'), task('5'))).toEqual(['0w', '1w', '', '0w 1w 2w']);
  });

  it('are those it is shared with too, who may not change it', () => {
    expect(heard(task('1', '2'))).toEqual(['0w', '0r', '', '0w']);
  });

  it('are all when it is shared with everyone; its owner still may change it', () => {
    expect(heard(task('1', '0', '3'))).toEqual(['0w', '0r', '0r', '0w']);
  });

  it('hear of it once, even an owner with whom their own task is shared', () => {
    expect(heard(task('1', '1'))).toEqual(['0w', '', '', '0w']);
  });
});

describe('audiences', () => {
  it('are one of all admins and one of each member, and go with their last stream', () => {
    const audiences = new Audiences();
    const streams = [caller('1'), caller('1'), caller('8', 'admin'), caller('9', 'admin')].map(subscriber);
    streams.forEach((one) => audiences.add(one));
    expect(audiences.count).toBe(4);
    expect(audiences.all().map(({ subscribers }) => subscribers.length)).toEqual([2, 2]);
    streams.slice(0, 2).forEach((one) => audiences.delete(one));
    audiences.delete(streams[0]!);
    expect(audiences.all().map(({ subscribers }) => subscribers)).toEqual([streams.slice(2)]);
  });
});

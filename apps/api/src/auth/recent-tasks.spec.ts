import type { CalledTask } from './caller.js';
import { RecentTasks } from './recent-tasks.js';

const token = Buffer.from('a hash of thirty-two bytes, about');
const task: CalledTask = { id: '1', taskId: 'one', name: 'one', status: 'RUNNING', ownerId: '2', closing: false };

describe('recently seen task tokens', () => {
  it('are known for a few seconds and then asked for again', () => {
    let now = 0;
    const recent = new RecentTasks(() => now);
    recent.remember(token, task);
    now = 4999;
    expect(recent.find(token)).toBe(task);
    now = 5000;
    expect(recent.find(token)).toBeNull();
  });

  it('are not kept alive by being used', () => {
    let now = 0;
    const recent = new RecentTasks(() => now);
    recent.remember(token, task);
    for (now = 1000; now < 5000; now += 1000) recent.find(token);
    expect(recent.find(token)).toBeNull();
  });

  it('never fill more memory than ten thousand of them take', () => {
    const recent = new RecentTasks(() => 0);
    for (let index = 0; index <= 10_000; index += 1) recent.remember(Buffer.from(String(index)), task);
    expect(recent.find(Buffer.from('0'))).toBeNull();
    expect(recent.find(Buffer.from('1'))).toBe(task);
  });
});

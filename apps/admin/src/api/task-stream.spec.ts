import type { TrainTaskSummary } from '@lora-ledger/contracts';
import { TaskStream } from './task-stream.js';

class FakeSource {
  readyState = 0;
  closed = false;
  private readonly listeners = new Map<string, (event: MessageEvent<string>) => void>();
  addEventListener(type: string, listener: (event: MessageEvent<string>) => void): void {
    this.listeners.set(type, listener);
  }
  close(): void {
    this.closed = true;
  }
  send(type: string, data: object = {}): void {
    this.listeners.get(type)?.({ data: JSON.stringify(data) } as MessageEvent<string>);
  }
}

function aStream() {
  const sources: FakeSource[] = [];
  const stream = new TaskStream(() => {
    const source = new FakeSource();
    sources.push(source);
    return source;
  });
  const heard = { tasks: [] as TrainTaskSummary[][], resets: 0 };
  const listener = { tasks: (changed: ReadonlyMap<string, TrainTaskSummary>) => heard.tasks.push([...changed.values()]), reset: () => { heard.resets += 1; } };
  return { stream, sources, heard, listener };
}

describe('the live connection of the page', () => {
  beforeEach(() => { jest.useFakeTimers(); });
  afterEach(() => { jest.useRealTimers(); });

  it('is one, however many listen, and ends when the last has left', () => {
    const { stream, sources, listener } = aStream();
    const leave = [stream.listen(listener), stream.listen({ ...listener })];
    expect(sources).toHaveLength(1);
    leave.forEach((off) => off());
    jest.runAllTimers();
    expect(sources[0]!.closed).toBe(true);
  });
  it('stays open from one page to the next', () => {
    const { stream, sources, listener } = aStream();
    stream.listen(listener)();
    stream.listen({ ...listener });
    jest.runAllTimers();
    expect(sources).toHaveLength(1);
    expect(sources[0]!.closed).toBe(false);
  });
  it('tells what changed together, each task as it was last', () => {
    const { stream, sources, heard, listener } = aStream();
    stream.listen(listener);
    sources[0]!.send('task', { taskId: 'a', progress: 0.1 });
    sources[0]!.send('task', { taskId: 'b', progress: 0.5 });
    sources[0]!.send('task', { taskId: 'a', progress: 0.2 });
    jest.runAllTimers();
    expect(heard.tasks).toEqual([[{ taskId: 'a', progress: 0.2 }, { taskId: 'b', progress: 0.5 }]]);
  });
  it('asks for everything when it is new, and after a break only when the server says so', () => {
    const { stream, sources, heard, listener } = aStream();
    stream.listen(listener);
    sources[0]!.send('open');
    expect(heard.resets).toBe(1);
    sources[0]!.send('error');
    expect(stream.isUp).toBe(false);
    sources[0]!.send('open');
    expect([stream.isUp, heard.resets]).toEqual([true, 1]);
    sources[0]!.send('reset');
    expect(heard.resets).toBe(2);
  });
  it('tries again by itself when it is refused', () => {
    const { stream, sources, listener } = aStream();
    stream.listen(listener);
    sources[0]!.readyState = 2;
    sources[0]!.send('error');
    expect(sources).toHaveLength(1);
    jest.runOnlyPendingTimers();
    expect(sources).toHaveLength(2);
  });
  it('is let go while nobody looks', () => {
    const { stream, sources, listener } = aStream();
    stream.listen(listener);
    stream.setVisible(false);
    expect(sources[0]!.closed).toBe(true);
    stream.setVisible(true);
    expect(sources).toHaveLength(2);
  });
});

import type { TaskProgress, TrainTaskSummary } from '@lora-ledger/contracts';
import { TaskStream, withProgress } from './task-stream.js';

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
  const heard = { tasks: [] as TrainTaskSummary[][], progress: [] as TaskProgress[][], resets: 0 };
  const listener = {
    tasks: (changed: ReadonlyMap<string, TrainTaskSummary>) => heard.tasks.push([...changed.values()]),
    progress: (changed: ReadonlyMap<string, TaskProgress>) => heard.progress.push([...changed.values()]),
    reset: () => {
      heard.resets += 1;
    },
  };
  return { stream, sources, heard, listener };
}

describe('the live connection of the page', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

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
    expect(heard.tasks).toEqual([
      [
        { taskId: 'a', progress: 0.2 },
        { taskId: 'b', progress: 0.5 },
      ],
    ]);
  });
  it('tells progress apart from whole tasks, the last of each, and no task twice', () => {
    const { stream, sources, heard, listener } = aStream();
    stream.listen(listener);
    sources[0]!.send('progress', [
      { taskId: 'a', progress: 0.1 },
      { taskId: 'b', progress: 0.5 },
      { taskId: 'c', progress: 0.7 },
    ]);
    sources[0]!.send('progress', [{ taskId: 'a', progress: 0.2 }]);
    sources[0]!.send('task', { taskId: 'b', status: 'SUCCESS', progress: 1 });
    sources[0]!.send('task', { taskId: 'c', status: 'RUNNING', name: 'renamed', progress: 0.7 });
    sources[0]!.send('progress', [{ taskId: 'c', progress: 0.8 }]);
    jest.runAllTimers();
    expect(heard.progress).toEqual([[{ taskId: 'a', progress: 0.2 }]]);
    expect(heard.tasks).toEqual([
      [
        { taskId: 'b', status: 'SUCCESS', progress: 1 },
        { taskId: 'c', status: 'RUNNING', name: 'renamed', progress: 0.8 },
      ],
    ]);
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

describe('progress', () => {
  const progress = { taskId: 'a', progress: 0.5, currentStep: 50 } as TaskProgress;

  it('is put into a task that runs, whatever else is known of it', () => {
    expect(
      withProgress({ taskId: 'a', status: 'RUNNING', name: 'night shift', progress: 0.4, currentStep: 40 } as TrainTaskSummary, progress),
    ).toEqual({ taskId: 'a', status: 'RUNNING', name: 'night shift', progress: 0.5, currentStep: 50 });
  });
  it('that was overtaken by the end of the task is left out', () => {
    const ended = { taskId: 'a', status: 'SUCCESS', progress: 1 } as TrainTaskSummary;
    expect(withProgress(ended, progress)).toBe(ended);
    expect(withProgress(ended, undefined)).toBe(ended);
  });
});

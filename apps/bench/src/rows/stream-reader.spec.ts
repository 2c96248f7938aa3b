import { StreamReader } from './stream-reader.js';

const TASK = '0b0e3a3c-6f0f-4c5e-9d0b-0a8d2f7c1a11';
const whole = (taskId: string) => `event: task\ndata: {"id":"1","taskId":"${taskId}","name":"x"}\n\n`;
const progress = (at: Date) => `id: x-1\nevent: progress\ndata: [{"taskId":"${TASK}","lastSeenAt":"${at.toISOString()}"}]\n\n`;

function heardOf(...pieces: string[]): { heard: string[]; reader: StreamReader } {
  const heard: string[] = [];
  const reader = new StreamReader((taskId) => heard.push(taskId));
  for (const piece of pieces) reader.take(Buffer.from(piece));
  return { heard, reader };
}

describe('the reader of a stream', () => {
  it('hears of each whole task once, wherever the network cuts the stream', () => {
    const text = `retry: 2000\n\nid: x\nevent: hello\ndata: {}\n\n${whole(TASK)}:\n\n${progress(new Date())}${whole(TASK)}`;
    for (let cut = 0; cut < text.length; cut += 1) expect(heardOf(text.slice(0, cut), text.slice(cut)).heard).toEqual([TASK]);
  });

  it('takes progress for no whole task', () => {
    expect(heardOf(progress(new Date())).heard).toEqual([]);
  });

  it('reckons how late a report is from the last one that was told before', () => {
    const { reader } = heardOf(progress(new Date(Date.now() - 5000)));
    expect(reader.slowestReport).toBe(0);
    reader.take(Buffer.from(progress(new Date())));
    expect(reader.slowestReport).toBeGreaterThanOrEqual(5000);
  });
});

import { connect, type Socket } from 'node:net';
import type { Bench, Row } from '../bench.js';
import { Connection, requestBytes } from '../connection.js';
import { percentiles } from '../closed-loop.js';
import { withClient } from '../postgres.js';
import { startTasks } from '../seed/people.js';
import { reportSmall } from './progress.js';

const STREAMS = 2000;
const CHANGES_PER_SECOND = 2;

/** P10: streams that stay open while P2 runs; every submission must be on all of them within a second. */
export const streams: Row = async (bench) => {
  const count = bench.isSmoke ? 200 : STREAMS;
  const tasks = await withClient(bench.databaseUrl, (client) => startTasks(client, bench.adminId, 20));
  const alone = await reportSmall(bench, tasks, bench.seconds);
  const heard = new Map<string, number>();
  const opened = await openStreams(bench, count, (taskId) => heard.set(taskId, (heard.get(taskId) ?? 0) + 1));
  if (opened === null) return 'this API has no live stream yet';
  const delays: number[] = [];
  const late = { count: 0 };
  const [together] = await Promise.all([reportSmall(bench, tasks, bench.seconds), submitWhile(bench, heard, count, delays, late)]);
  for (const socket of opened) socket.destroy();
  return [
    { row: 'P10', name: `change on all of ${count} streams, slowest`, value: percentiles(delays).max, unit: 'ms', better: 'lower', must: 1000 },
    { row: 'P10', name: 'changes not on every stream', value: late.count, unit: 'changes', better: 'lower', must: 0 },
    { row: 'P10', name: 'P2 with streams ÷ without', value: together.perSecond / alone.perSecond, unit: '×', better: 'higher', must: 0.7 },
  ];
};

async function submitWhile(bench: Bench, heard: Map<string, number>, streams: number, delays: number[], late: { count: number }): Promise<void> {
  const connection = await Connection.open(bench.api.port);
  const body = JSON.stringify({ name: 'load of changes', modelName: 'sd15', loraRank: 16, learningRate: 1e-4, batchSize: 4, epochs: 10, trainDataDir: './data/art' });
  for (let turn = 0; turn < bench.seconds * CHANGES_PER_SECOND; turn += 1) {
    const begin = performance.now();
    const { body: answer } = await connection.send(requestBytes('POST', '/train-tasks', { token: bench.token, body }));
    const { taskId } = JSON.parse(answer.toString('utf8')) as { taskId: string };
    while ((heard.get(taskId) ?? 0) < streams && performance.now() - begin < 5000) await new Promise((resolve) => setTimeout(resolve, 5));
    if ((heard.get(taskId) ?? 0) < streams) late.count += 1;
    delays.push(performance.now() - begin);
    await new Promise((resolve) => setTimeout(resolve, 1000 / CHANGES_PER_SECOND));
  }
  connection.close();
}

/** @returns `null` when the API has no such route. Each stream counts each task once, when its id first appears. */
async function openStreams(bench: Bench, count: number, onTask: (taskId: string) => void): Promise<Socket[] | null> {
  const sockets = await Promise.all(Array.from({ length: count }, () => openStream(bench, onTask)));
  return sockets.every((socket) => socket !== null) ? sockets.filter((socket) => socket !== null) : null;
}

function openStream({ api, token }: Bench, onTask: (taskId: string) => void): Promise<Socket | null> {
  return new Promise((resolve, reject) => {
    const seen = new Set<string>();
    const socket = connect(api.port, '127.0.0.1', () => socket.write(requestBytes('GET', '/stream', { token, headers: 'Accept: text/event-stream\r\n' })));
    socket.once('error', reject);
    socket.setEncoding('latin1');
    socket.once('data', (head: string) => resolve(head.startsWith('HTTP/1.1 200') ? socket : null));
    socket.on('data', (text: string) => {
      for (const [, taskId] of text.matchAll(/"taskId":"([0-9a-f-]{36})"/g)) {
        if (taskId === undefined || seen.has(taskId)) continue;
        seen.add(taskId);
        onTask(taskId);
      }
    });
  });
}

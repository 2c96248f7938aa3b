import { connect, type Socket } from 'node:net';
import type { Bench, Row } from '../bench.js';
import { Connection, requestBytes } from '../connection.js';
import { percentiles } from '../closed-loop.js';
import { withClient } from '../postgres.js';
import { startTasks } from '../seed/people.js';
import { reportSmall } from './progress.js';
import { StreamReader } from './stream-reader.js';

const STREAMS = 2000;
const CHANGES_PER_SECOND = 2;
/** A change that is not on every stream by then counts as lost. */
const PATIENCE_MS = 5000;
/** All streams are read into the same memory, one after the other. */
const READ_BYTES = 64 * 1024;

interface OpenStream {
  socket: Socket;
  reader: StreamReader;
}

/** P10: streams that stay open while P2 runs; every submission and every report must be on all of them within a second. */
export const streams: Row = async (bench) => {
  const count = bench.isSmoke ? 200 : STREAMS;
  const tasks = await withClient(bench.databaseUrl, (client) => startTasks(client, bench.adminId, 20));
  const alone = await reportSmall(bench, tasks, bench.seconds);
  const heard = new Map<string, number>();
  const opened = await openStreams(bench, count, (taskId) => heard.set(taskId, (heard.get(taskId) ?? 0) + 1));
  if (opened === null) return 'this API has no live stream yet';
  const [together, { delays, lost }] = await Promise.all([reportSmall(bench, tasks, bench.seconds), submitWhile(bench, heard, count)]);
  const reports = opened.map(({ reader }) => reader.slowestReport);
  for (const { socket } of opened) socket.destroy();
  return [
    {
      row: 'P10',
      name: `change on all of ${count} streams, slowest`,
      value: percentiles(delays).max,
      unit: 'ms',
      better: 'lower',
      must: 1000,
    },
    { row: 'P10', name: 'changes not on every stream', value: lost, unit: 'changes', better: 'lower', must: 0 },
    {
      row: 'P10',
      name: 'streams without progress',
      value: reports.filter((slowest) => slowest === 0).length,
      unit: 'streams',
      better: 'lower',
      must: 0,
    },
    {
      row: 'P10',
      name: `report on all of ${count} streams, slowest`,
      value: percentiles(reports).max,
      unit: 'ms',
      better: 'lower',
      must: 1000,
    },
    { row: 'P10', name: 'P2 with streams ÷ without', value: together.perSecond / alone.perSecond, unit: '×', better: 'higher', must: 0.7 },
  ];
};

/** Submits as long as the reports go on. */
async function submitWhile(bench: Bench, heard: Map<string, number>, streams: number): Promise<{ delays: number[]; lost: number }> {
  const connection = await Connection.open(bench.api.port);
  const body = JSON.stringify({
    name: 'load of changes',
    modelName: 'sd15',
    loraRank: 16,
    learningRate: 1e-4,
    batchSize: 4,
    epochs: 10,
    trainDataDir: './data/art',
  });
  const delays: number[] = [];
  let lost = 0;
  for (const end = performance.now() + bench.seconds * 1000; performance.now() < end;) {
    const begin = performance.now();
    const { body: answer } = await connection.send(requestBytes('POST', '/train-tasks', { token: bench.token, body }));
    const { taskId } = JSON.parse(answer.toString('utf8')) as { taskId: string };
    while ((heard.get(taskId) ?? 0) < streams && performance.now() - begin < PATIENCE_MS)
      await new Promise((resolve) => setTimeout(resolve, 5));
    if ((heard.get(taskId) ?? 0) < streams) lost += 1;
    delays.push(performance.now() - begin);
    await new Promise((resolve) => setTimeout(resolve, 1000 / CHANGES_PER_SECOND));
  }
  connection.close();
  return { delays, lost };
}

/** @returns `null` when the API has no such route */
async function openStreams(bench: Bench, count: number, onTask: (taskId: string) => void): Promise<OpenStream[] | null> {
  const memory = Buffer.alloc(READ_BYTES);
  const opened = await Promise.all(Array.from({ length: count }, () => openStream(bench, memory, onTask)));
  const streams = opened.filter((stream) => stream !== null);
  return streams.length === count ? streams : null;
}

function openStream({ api, token }: Bench, memory: Buffer, onTask: (taskId: string) => void): Promise<OpenStream | null> {
  return new Promise((resolve, reject) => {
    const reader = new StreamReader(onTask);
    let isOpen = false;
    const take = (length: number): boolean => {
      const bytes = memory.subarray(0, length);
      if (!isOpen) resolve(bytes.toString('latin1').startsWith('HTTP/1.1 200') ? { socket, reader } : null);
      isOpen = true;
      reader.take(bytes);
      return true;
    };
    const socket = connect({ port: api.port, host: '127.0.0.1', onread: { buffer: memory, callback: take } }, () => {
      socket.write(requestBytes('GET', '/stream', { token, headers: 'Accept: text/event-stream\r\n' }));
    });
    socket.once('error', reject);
  });
}

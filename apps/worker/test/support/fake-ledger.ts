import type { Assignment, ExitReport, ProgressReport, StartReport } from '@lora-ledger/contracts';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The part of the Ledger that a worker talks to, over real HTTP. It keeps what it was told, as the real one would. */
export class FakeLedger {
  log = Buffer.alloc(0);
  readonly starts: StartReport[] = [];
  readonly exits: ExitReport[] = [];
  readonly progress: ProgressReport[] = [];
  /** Points as the real one keeps them: the first value of each (key, step). */
  readonly points = new Map<string, number | string>();
  readonly requests: string[] = [];
  heartbeats = 0;
  cancelRequested = false;
  /** Answers given instead of the usual ones, by verb; each is used once. */
  readonly answers = new Map<string, { status: number; body?: unknown; headers?: Record<string, string> }[]>();
  /** Reports of these kinds are taken, but the connection is cut before the answer, so many times. */
  readonly lostAnswers = new Map<string, number>();
  private server: Server | undefined;
  private port = 0;

  constructor(
    readonly assignment: Assignment,
    readonly token = 'llt_0123456789abcdefghijklmnopqrst',
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Begins to answer, on the port it had before if it had one. */
  async open(): Promise<this> {
    const server = createServer((request, response) => void this.handle(request, response));
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(this.port, '127.0.0.1', resolve));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
    return this;
  }

  /** Is gone from one moment to the next, as if killed. */
  async close(): Promise<void> {
    const server = this.server;
    this.server = undefined;
    if (server === undefined) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  values(key: string): [number, number | string][] {
    return [...this.points].filter(([id]) => id.startsWith(`${key}@`)).map(([id, value]) => [Number(id.slice(key.length + 1)), value]);
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const [, taskId, verb = ''] = /^\/api\/train-tasks\/([^/]+)\/([a-z]+)$/.exec(request.url ?? '') ?? [];
    const answer = (status: number, body: unknown, headers = {}): void => {
      const lost = this.lostAnswers.get(verb) ?? 0;
      this.lostAnswers.set(verb, lost - 1);
      if (lost > 0) return void request.socket.destroy();
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    };
    if (taskId !== this.assignment.taskId) return answer(404, { detail: 'no such task' });
    if (request.headers.authorization !== `Bearer ${this.token}`) return answer(401, { detail: 'no valid token' });
    this.requests.push(verb);
    const prepared = this.answers.get(verb)?.shift();
    if (prepared !== undefined) return answer(prepared.status, prepared.body ?? { detail: 'prepared' }, prepared.headers);
    const text = Buffer.concat(chunks).toString();
    this.take(verb, (text === '' ? {} : JSON.parse(text)) as never, answer);
  }

  private take(verb: string, body: never, answer: (status: number, body: unknown) => void): void {
    switch (verb) {
      case 'assignment':
        return answer(200, this.assignment);
      case 'start':
        this.starts.push(body);
        return answer(200, { status: 'RUNNING', changed: true });
      case 'heartbeat':
        this.heartbeats += 1;
        return answer(200, { cancelRequested: this.cancelRequested });
      case 'progress':
        return this.takeProgress(body, answer);
      case 'log':
        return this.takeLog(body, answer);
      case 'exit':
        this.exits.push(body);
        return answer(200, { status: 'SUCCESS', changed: true });
      default:
        return answer(404, { detail: 'no such route' });
    }
  }

  private takeProgress(report: ProgressReport, answer: (status: number, body: unknown) => void): void {
    this.progress.push(report);
    for (const { key, step, value } of report.points) {
      if (!this.points.has(`${key}@${step}`)) this.points.set(`${key}@${step}`, value);
    }
    answer(200, { status: 'RUNNING', changed: true });
  }

  private takeLog({ offset, text }: { offset: number; text: string }, answer: (status: number, body: unknown) => void): void {
    if (offset > this.log.length) return answer(409, { detail: 'the chunk leaves a gap', size: this.log.length });
    const fresh = Buffer.from(text).subarray(this.log.length - offset);
    this.log = Buffer.concat([this.log, fresh]);
    answer(200, { size: this.log.length });
  }
}

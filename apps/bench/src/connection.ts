import { connect, type Socket } from 'node:net';

export interface Answer {
  status: number;
  headers: string;
  body: Buffer;
}

/** A request as bytes, made once and sent many times. */
export function requestBytes(
  method: string,
  path: string,
  { token, body, headers = '' }: { token?: string; body?: string; headers?: string } = {},
): Buffer {
  const content = body === undefined ? '' : `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
  const authorization = token === undefined ? '' : `Authorization: Bearer ${token}\r\n`;
  return Buffer.from(`${method} /api${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${authorization}${headers}${content}\r\n${body ?? ''}`);
}

/**
 * One keep-alive HTTP/1.1 connection that sends one request at a time. Written by hand because load and server share the
 * machine: Node's own client costs about as much per request as the server that is to be measured.
 */
export class Connection {
  private readonly chunks: Buffer[] = [];
  private waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;
  /** Bytes of the answer that is coming in: `-1` until its head is complete. */
  private wanted = -1;
  private received = 0;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.take(chunk));
    socket.on('error', (error) => this.fail(error));
    socket.on('close', () => this.fail(new Error('the server closed the connection')));
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new Connection(socket));
      });
    });
  }

  /** @throws Error when the connection breaks before the answer is complete */
  send(request: Buffer): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(request);
    });
  }

  close(): void {
    this.waiting = undefined;
    this.socket.destroy();
  }

  private take(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.received += chunk.length;
    if (this.wanted < 0) this.readHead();
    if (this.wanted >= 0 && this.received >= this.wanted) this.finish();
  }

  private readHead(): void {
    const bytes = this.whole();
    const end = bytes.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = /\r\ncontent-length: *(\d+)/i.exec(bytes.toString('latin1', 0, end + 2))?.[1];
    if (length === undefined) this.fail(new Error('the answer has no Content-Length'));
    else this.wanted = end + 4 + Number(length);
  }

  private whole(): Buffer {
    if (this.chunks.length === 1) return this.chunks[0] ?? Buffer.alloc(0);
    const bytes = Buffer.concat(this.chunks);
    this.chunks.splice(0, this.chunks.length, bytes);
    return bytes;
  }

  private finish(): void {
    const bytes = this.whole();
    const { waiting } = this;
    this.chunks.length = 0;
    [this.wanted, this.received, this.waiting] = [-1, 0, undefined];
    const end = bytes.indexOf('\r\n\r\n');
    waiting?.resolve({
      status: Number(bytes.toString('latin1', 9, 12)),
      headers: bytes.toString('latin1', 0, end),
      body: bytes.subarray(end + 4),
    });
  }

  private fail(error: Error): void {
    const { waiting } = this;
    this.waiting = undefined;
    waiting?.reject(error);
  }
}

import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem.js';

export interface Upload {
  content: Readable;
  fileName: string | null;
}

/**
 * The one file of a request, however it was sent: as the field `file` of a form, or as the body itself.
 *
 * @throws Problem VALIDATION when there is none
 */
export async function uploadOf(request: FastifyRequest, fileName: string | undefined): Promise<Upload> {
  if (request.isMultipart()) {
    const part = await request.file();
    if (part === undefined) throw Problem.invalid([{ path: 'file', message: 'the form needs a field "file" with the file', rule: 'required' }]);
    return { content: part.file, fileName: fileName ?? part.filename };
  }
  const { body } = request;
  if (body instanceof Readable) return { content: body, fileName: fileName ?? null };
  if (body === undefined || body === null || body === '') throw Problem.invalid([{ path: '', message: 'send the file as the body, or as the field "file" of a form', rule: 'required' }]);
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { content: Readable.from([Buffer.from(text)]), fileName: fileName ?? null };
}

/** Reads a stream piece by piece: so many bytes now, the rest later or not at all. */
export class ByteSource {
  private readonly chunks: AsyncIterator<Buffer>;
  private held: Buffer = Buffer.alloc(0);

  constructor(stream: Readable) {
    this.chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** The next bytes without taking them: `count`, or fewer at the end. */
  async peek(count: number): Promise<Buffer> {
    const parts = [this.held];
    for (let length = this.held.length; length < count;) {
      const { value, done } = await this.chunks.next();
      if (done === true) break;
      parts.push(value);
      length += value.length;
    }
    this.held = parts.length === 1 ? this.held : Buffer.concat(parts);
    return this.held.subarray(0, count);
  }

  async take(count: number): Promise<Buffer> {
    const taken = await this.peek(count);
    this.held = this.held.subarray(taken.length);
    return taken;
  }

  /** Everything that is left, chunk by chunk. */
  async* rest(): AsyncGenerator<Buffer> {
    if (this.held.length > 0) yield this.held;
    this.held = Buffer.alloc(0);
    for (;;) {
      const { value, done } = await this.chunks.next();
      if (done === true) return;
      yield value;
    }
  }

  /** Lets the sender finish, so that it gets the answer instead of a broken connection. */
  async drain(): Promise<void> {
    for await (const _chunk of this.rest()) { /* not kept */ }
  }
}

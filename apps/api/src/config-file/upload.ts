import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem.js';

const NAME_MAX = 300;

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
    const part = await request.file().catch((error: unknown) => {
      throw broken(error);
    });
    if (part?.fieldname !== 'file') {
      part?.file.resume();
      throw Problem.invalid([{ path: 'file', message: 'the form needs a field "file" with the file', rule: 'required' }]);
    }
    return { content: part.file, fileName: fileName ?? nameOf(part) };
  }
  const { body } = request;
  if (body instanceof Readable) return { content: body, fileName: fileName ?? null };
  if (Buffer.isBuffer(body) && body.length > 0) return { content: Readable.from([body]), fileName: fileName ?? null };
  throw Problem.invalid([{ path: '', message: 'send the file as the body, or as the field "file" of a form', rule: 'required' }]);
}

/** As the form says it, which may be anything. */
function nameOf({ filename }: { filename: string | undefined }): string | null {
  return filename?.replace(/[\u0000-\u001f\u007f]/g, '').slice(0, NAME_MAX) || null;
}

/** A form that ends too early, a connection that does. Limits that were passed say so themselves. */
function broken(error: unknown): unknown {
  const isSaid = typeof error === 'object' && error !== null && 'statusCode' in error;
  return isSaid ? error : Problem.invalid([{ path: 'file', message: 'the upload is damaged or broke off', rule: 'notWhole' }]);
}

/** Reads a stream piece by piece: so many bytes now, the rest later or not at all. */
export class ByteSource {
  private readonly chunks: AsyncIterator<Buffer, void>;
  private held: Buffer = Buffer.alloc(0);

  constructor(stream: Readable) {
    this.chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer, void>;
  }

  /** The next bytes without taking them: `count`, or fewer at the end. */
  async peek(count: number): Promise<Buffer> {
    const parts = [this.held];
    for (let length = this.held.length; length < count;) {
      const chunk = await this.next();
      if (chunk === null) break;
      parts.push(chunk);
      length += chunk.length;
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
  async *rest(): AsyncGenerator<Buffer> {
    if (this.held.length > 0) yield this.held;
    this.held = Buffer.alloc(0);
    for (let chunk = await this.next(); chunk !== null; chunk = await this.next()) yield chunk;
  }

  /** Lets the sender finish, so that it gets the answer instead of a broken connection. */
  async drain(): Promise<void> {
    for await (const _chunk of this.rest()) {
      /* not kept */
    }
  }

  private async next(): Promise<Buffer | null> {
    const result = await this.chunks.next().catch((error: unknown) => {
      throw broken(error);
    });
    return result.done === true ? null : result.value;
  }
}

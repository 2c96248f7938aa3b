import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export type CopyValue = string | number | boolean | null;

const CHUNK = 1 << 18;

/** Writes rows by `COPY … FROM STDIN` in text form. */
export class CopyText {
  private text = '';

  private constructor(private readonly stream: NodeJS.WritableStream) {}

  static into(client: Client, table: string, columns: readonly string[]): CopyText {
    return new CopyText(client.query(copyFrom(`COPY ${table} (${columns.join(', ')}) FROM STDIN`)));
  }

  async row(values: readonly CopyValue[]): Promise<void> {
    this.text += `${values.map(field).join('\t')}\n`;
    if (this.text.length < CHUNK) return;
    const chunk = this.text;
    this.text = '';
    if (!this.stream.write(chunk)) await once(this.stream, 'drain');
  }

  async end(): Promise<void> {
    this.stream.end(this.text);
    await finished(this.stream);
  }
}

function field(value: CopyValue): string {
  if (value === null) return '\\N';
  return typeof value === 'string' ? value.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? '') : String(value);
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

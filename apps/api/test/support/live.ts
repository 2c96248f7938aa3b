import { request as httpRequest, type IncomingMessage } from 'node:http';

export interface LiveEvent {
  id: string | null;
  name: string;
  data: any;
}

/** An open live stream, as a browser's EventSource would hold it. */
export class Live {
  readonly events: LiveEvent[] = [];
  comments = 0;
  ended = false;
  lastId: string | null = null;
  private rest = '';
  private readonly waiting = new Set<() => void>();

  private constructor(private readonly response: IncomingMessage) {
    response.setEncoding('utf8');
    response.on('data', (text: string) => this.take(text));
    response.on('close', () => {
      this.ended = true;
      this.wake();
    });
    response.on('error', () => undefined);
  }

  /** @param lastEventId where it had got to before */
  static async open(url: string, token: string | null, lastEventId?: string | null): Promise<Live> {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { Authorization: `Bearer ${token}`, ...(lastEventId ? { 'Last-Event-ID': lastEventId } : {}) };
      httpRequest(`${url}/api/stream`, { headers, agent: false }, resolve).on('error', reject).end();
    });
    if (response.statusCode !== 200) throw new Error(`the stream answered ${response.statusCode}`);
    const live = new Live(response);
    await live.event(({ name }) => name === 'hello');
    return live;
  }

  /** The first event, heard already or still to come, that is meant. */
  async event(isMeant: (event: LiveEvent) => boolean): Promise<LiveEvent> {
    return this.wait(() => this.events.find(isMeant));
  }

  async task(taskId: string, isMeant: (task: any) => boolean = () => true): Promise<LiveEvent> {
    return this.event(({ name, data }) => name === 'task' && data.taskId === taskId && isMeant(data));
  }

  /** What reports have changed of a running task, as it was first meant. */
  async progress(taskId: string, isMeant: (progress: any) => boolean): Promise<any> {
    const find = ({ name, data }: LiveEvent): any =>
      name === 'progress' ? data.find((one: any) => one.taskId === taskId && isMeant(one)) : undefined;
    return find(await this.event((event) => find(event) !== undefined));
  }

  async comment(): Promise<void> {
    await this.wait(() => this.comments > 0 || undefined);
  }

  async end(): Promise<void> {
    await this.wait(() => this.ended || undefined);
  }

  names(): string[] {
    return this.events.filter(({ name }) => name === 'task').map(({ data }) => data.name);
  }

  close(): void {
    this.response.destroy();
  }

  private async wait<T>(look: () => T | undefined): Promise<T> {
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      if (this.ended) throw new Error(`the stream ended after ${JSON.stringify(this.events.map(({ name }) => name))}`);
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  private take(text: string): void {
    const blocks = (this.rest + text).split('\n\n');
    this.rest = blocks.pop() ?? '';
    for (const block of blocks) this.takeBlock(block);
    this.wake();
  }

  private takeBlock(block: string): void {
    const lines = block.split('\n');
    const valueOf = (field: string): string | null => lines.find((line) => line.startsWith(`${field}: `))?.slice(field.length + 2) ?? null;
    const [name, data] = [valueOf('event'), valueOf('data')];
    if (name === null) this.comments += lines.filter((line) => line.startsWith(':')).length;
    else this.events.push({ id: valueOf('id'), name, data: JSON.parse(data ?? 'null') });
    this.lastId = valueOf('id') ?? this.lastId;
  }

  private wake(): void {
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }
}

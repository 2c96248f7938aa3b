import type { Api } from './api.js';
import { makeApp, type TestApp } from './app.js';
import { Live } from './live.js';
import { aTask } from './tasks.js';

/** Two instances over one database, of which each has open streams: what happens at one is heard at the other. */
export class TwoInstances {
  private readonly opened: Live[] = [];

  private constructor(
    readonly here: TestApp,
    readonly there: TestApp,
    readonly anna: Api,
    readonly bela: Api,
  ) {}

  static async start(): Promise<TwoInstances> {
    const here = await makeApp();
    const there = await makeApp({ DATABASE_URL: here.databaseUrl });
    return new TwoInstances(here, there, await here.member('anna'), await here.member('bela'));
  }

  async listen(api: Api, app = this.there, lastEventId?: string | null): Promise<Live> {
    const live = await Live.open(app.url, api.token, lastEventId);
    this.opened.push(live);
    return live;
  }

  /** Closes the streams that a test has opened. */
  hangUp(): void {
    this.opened.splice(0).forEach((live) => live.close());
  }

  async stop(): Promise<void> {
    await this.there.close();
    await this.here.close();
  }
}

export function create(api: Api, name: string): Promise<{ taskId: string; id: string }> {
  return api.post('/train-tasks', aTask({ name }), 201);
}

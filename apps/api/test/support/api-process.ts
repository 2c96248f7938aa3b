import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api } from './api.js';
import { ADMIN, ROOT } from './app.js';

const MAIN = join(ROOT, 'apps/api/dist/main.js');

/** The built API as a process of its own, on one port for all its lives, to be killed as power cuts and the kernel do it. */
export class ApiProcess {
  private process: ChildProcess | undefined;

  private constructor(
    private readonly env: NodeJS.ProcessEnv,
    readonly port: number,
    readonly dataDir: string,
  ) {}

  static async start(databaseUrl: string, env: Record<string, string> = {}): Promise<ApiProcess> {
    if (!existsSync(MAIN)) throw new Error('build the API and the worker first: npx nx run-many -t build -p api,worker');
    const [port, dataDir] = [await freePort(), mkdtempSync(join(tmpdir(), 'ledger-api-'))];
    const { PATH, HOME } = process.env;
    const api = new ApiProcess(
      {
        PATH,
        HOME,
        DATABASE_URL: databaseUrl,
        LEDGER_PORT: String(port),
        LEDGER_DATA_DIR: dataDir,
        LEDGER_LOCAL_SLOTS: '0',
        LEDGER_LOG_LEVEL: 'fatal',
        LEDGER_HEARTBEAT_SECONDS: '0.5',
        LEDGER_ADMIN_USERNAME: ADMIN.username,
        LEDGER_ADMIN_PASSWORD: ADMIN.password,
        ...env,
      },
      port,
      dataDir,
    );
    await api.restart();
    return api;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async restart(): Promise<void> {
    const child = spawn(process.execPath, [MAIN], { env: this.env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.process = child;
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`the API ended with ${code}: ${said}`);
    });
    ended.catch(() => undefined);
    await Promise.race([once(child.stdout, 'data'), ended]);
  }

  /** No handler runs, nothing is flushed. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  async stop(): Promise<void> {
    await this.kill('SIGTERM');
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  signIn(): Promise<Api> {
    return new Api(this.url).signIn(ADMIN.username, ADMIN.password);
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

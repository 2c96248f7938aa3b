/** What a training reports from its first step to its end. */
export interface Training {
  losses?: readonly number[];
  /** How it ends; absent: it goes on. */
  end?: 'finish' | 'fail' | 'cancel';
  error?: string;
  totalSteps?: number;
}

const TASK = { modelName: 'sd15', loraRank: 16, learningRate: 1e-4, batchSize: 4, epochs: 10, trainDataDir: './data/art' };
const AT_ONCE = 8;

/** The API as a script uses it: stories fill the ledger with it before the browser looks. */
export class Ledger {
  private constructor(readonly url: string, private readonly token: string) {}

  static async signIn(url: string, { username, password }: { username: string; password: string }): Promise<Ledger> {
    const { accessToken } = await request<{ accessToken: string }>(`${url}/api/auth/login`, 'POST', { username, password });
    return new Ledger(url, accessToken);
  }

  call<T>(method: string, path: string, body?: unknown): Promise<T> {
    return request<T>(`${this.url}/api${path}`, method, body, this.token);
  }

  /** Makes a member; needs an admin. */
  async member(username: string, password: string): Promise<Ledger> {
    await this.call('POST', '/users', { username, password, role: 'member' });
    return Ledger.signIn(this.url, { username, password });
  }

  /** A task as it is handed in, and with `training` as it is run from outside. @returns its public id */
  async task(overrides: Record<string, unknown> = {}, training?: Training): Promise<string> {
    const { taskId } = await this.call<{ taskId: string }>('POST', '/train-tasks', { ...TASK, ...overrides });
    if (training !== undefined) await this.train(taskId, training);
    return taskId;
  }

  async train(taskId: string, { losses = [], end, error = 'it broke', totalSteps = 100 }: Training): Promise<void> {
    await this.call('POST', `/train-tasks/${taskId}/start`, { host: 'gpu-1', totalSteps });
    if (losses.length > 0) {
      await this.call('POST', `/train-tasks/${taskId}/progress`, { points: losses.map((value, index) => ({ key: 'loss', step: index + 1, value })), currentStep: losses.length, totalSteps });
    }
    if (end === 'finish') await this.call('POST', `/train-tasks/${taskId}/finish`, {});
    if (end === 'fail') await this.call('POST', `/train-tasks/${taskId}/fail`, { error });
    if (end === 'cancel') await this.call('POST', `/train-tasks/${taskId}/cancel`);
  }

  /** `count` tasks, several at a time, each as `of` says. @returns their ids in the order of their numbers */
  async tasks(count: number, of: (index: number) => { task: Record<string, unknown>; training?: Training }): Promise<string[]> {
    const ids: string[] = [];
    for (let start = 0; start < count; start += AT_ONCE) {
      ids.push(...await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - start) }, (_one, index) => {
        const { task, training } = of(start + index);
        return this.task(task, training);
      })));
    }
    return ids;
  }
}

async function request<T>(url: string, method: string, body: unknown, token?: string): Promise<T> {
  const response = await fetch(url, {
    method, headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

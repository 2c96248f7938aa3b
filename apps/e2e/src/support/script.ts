/** What scripts have put in, line by line: names, notes, errors. A page shows it as it stands, whatever its own language. */
export const written = new Set<string>();

function remember(body: unknown): void {
  if (typeof body === 'string') for (const line of body.split('\n')) written.add(line.trim());
  else if (typeof body === 'object' && body !== null) Object.values(body).forEach(remember);
}

/** Calls the API as a script does, with a bearer token. Every call says what it expects, so that a wrong answer fails where it happens. */
export class Script {
  constructor(
    private readonly url: string,
    private readonly token: string | null = null,
  ) {}

  async signIn(username: string, password: string): Promise<Script> {
    const { accessToken } = await this.call<{ accessToken: string }>('POST', '/auth/login', { username, password });
    return this.with(accessToken);
  }

  with(token: string): Script {
    return new Script(this.url, token);
  }

  get<T = unknown>(path: string): Promise<T> {
    return this.call<T>('GET', path);
  }

  post<T = unknown>(path: string, body?: unknown): Promise<T> {
    return this.call<T>('POST', path, body);
  }

  async call<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
    remember(body);
    const response = await fetch(`${this.url}/api${path}`, {
      method,
      body: body === undefined ? null : JSON.stringify(body),
      headers: {
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(this.token === null ? {} : { Authorization: `Bearer ${this.token}` }),
      },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 800)}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}

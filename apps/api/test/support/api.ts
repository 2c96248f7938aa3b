export interface Answer<T = any> {
  status: number;
  headers: Headers;
  body: T;
}

/** Calls the API as a script would. Every call names the status it expects, so that a wrong answer fails where it happens. */
export class Api {
  constructor(
    readonly url: string,
    readonly token: string | null = null,
  ) {}

  async signIn(username: string, password: string): Promise<Api> {
    const { body } = await this.call('POST', '/auth/login', { username, password }, 200);
    return this.with(body.accessToken);
  }

  with(token: string | null): Api {
    return new Api(this.url, token);
  }

  async get<T = any>(path: string, status = 200): Promise<T> {
    return (await this.call('GET', path, undefined, status)).body;
  }

  async post<T = any>(path: string, body?: unknown, status = 200, headers: Record<string, string> = {}): Promise<T> {
    return (await this.call('POST', path, body, status, headers)).body;
  }

  async patch<T = any>(path: string, body: unknown, status = 200): Promise<T> {
    return (await this.call('PATCH', path, body, status)).body;
  }

  async delete<T = any>(path: string, status = 204): Promise<T> {
    return (await this.call('DELETE', path, undefined, status)).body;
  }

  /** @param body an object goes as JSON, text as it is */
  async call(method: string, path: string, body?: unknown, status?: number, headers: Record<string, string> = {}): Promise<Answer> {
    const isText = typeof body === 'string' || Buffer.isBuffer(body);
    const response = await fetch(`${this.url}/api${path}`, {
      method,
      headers: {
        ...(body === undefined || isText ? {} : { 'Content-Type': 'application/json' }),
        ...(this.token === null ? {} : { Authorization: `Bearer ${this.token}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isText ? (body as string) : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const answer: Answer = { status: response.status, headers: response.headers, body: isJson && text !== '' ? JSON.parse(text) : text };
    if (status !== undefined && response.status !== status) {
      throw new Error(`${method} ${path} answered ${response.status} instead of ${status}: ${text.slice(0, 800)}`);
    }
    return answer;
  }
}

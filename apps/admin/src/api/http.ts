import { reportReachable } from './connection.js';
import { ApiProblem, problemFrom } from './problem.js';
import { noteServerTime } from './server-clock.js';

export type QueryValue = string | number | boolean | undefined | null | readonly (string | number)[];

export interface RequestOptions {
  query?: Readonly<Record<string, QueryValue>>;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, with its own content type. */
  raw?: { content: BodyInit; contentType: string };
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
}

let csrfToken: string | null = null;

/** Remembers the token that proves that a change comes from this page and not from a foreign one. */
export function rememberCsrfToken(token: string | null): void {
  csrfToken = token;
}

export function apiGet<T>(path: string, query?: RequestOptions['query'], signal?: AbortSignal): Promise<T> {
  return send<T>('GET', path, { query, signal });
}

/** Where the browser itself fetches something from the API: a file to download. */
export function apiHref(path: string, query?: RequestOptions['query']): string {
  return `/api${path}${queryString(query)}`;
}

/**
 * One request to the API. Answers the parsed JSON body, `undefined` where there is none.
 * @throws ApiProblem for every refusal, and with the code `OFFLINE` when there was no answer.
 */
export async function send<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  const { query, body, raw, signal } = options;
  const headers: Record<string, string> = { Accept: 'application/json', ...options.headers };
  if (raw) headers['Content-Type'] = raw.contentType;
  else if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (method !== 'GET' && csrfToken !== null) headers['X-CSRF-Token'] = csrfToken;

  const response = await reach(apiHref(path, query), {
    method,
    headers,
    signal,
    credentials: 'same-origin',
    body: raw ? raw.content : body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) throw await problemFrom(response);
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(url, init);
    noteServerTime(response.headers.get('date'));
    reportReachable(response.status !== 502 && response.status !== 504);
    return response;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    reportReachable(false);
    throw new ApiProblem(0, 'OFFLINE', 'The server cannot be reached.');
  }
}

function queryString(query: RequestOptions['query'] = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    for (const one of Array.isArray(value) ? (value as readonly (string | number)[]) : [value]) search.append(key, String(one));
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

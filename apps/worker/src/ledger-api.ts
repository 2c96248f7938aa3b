import type {
  Assignment,
  ExitReport,
  Heartbeat,
  LogReport,
  LogStored,
  ProgressReport,
  ReportAccepted,
  StartReport,
} from '@lora-ledger/contracts';
import { sleep } from './sleep.js';

/** What the Ledger said for good; trouble that may pass never gets here. */
export type Answer<T> =
  | { accepted: true; body: T }
  | { accepted: false; status: number; detail: string; /** The log's, when a chunk left a gap. */ size?: number };

/** The Ledger could not be reached for as long as the worker was told to try. */
export class GaveUpError extends Error {
  override readonly name = 'GaveUpError';
}

const REQUEST_TIMEOUT_MS = 30_000;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5000;
/** Request timeout, too early, too many requests: to be sent again as they are. */
const PASSING = new Set([408, 425, 429]);

/**
 * The reports of one task. Every call is repeated, with growing and jittered pauses, until the Ledger has answered: it may be
 * restarted or away at any moment of a training. All reports are idempotent, so sending one twice does no harm.
 */
export class LedgerApi {
  private giveUpAt = Infinity;
  private readonly base: string;
  private readonly headers: Record<string, string>;

  constructor(url: string, taskId: string, token: string) {
    this.base = `${url}/api/train-tasks/${encodeURIComponent(taskId)}/`;
    this.headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
  }

  /** From now on calls fail with {@link GaveUpError} once the Ledger has been silent for so long; `Infinity`: never. */
  setPatience(ms: number): void {
    this.giveUpAt = Date.now() + ms;
  }

  assignment(): Promise<Answer<Assignment>> {
    return this.persist('GET', 'assignment');
  }

  start(report: StartReport): Promise<Answer<ReportAccepted>> {
    return this.persist('POST', 'start', report);
  }

  progress(report: ProgressReport): Promise<Answer<unknown>> {
    return this.persist('POST', 'progress', report);
  }

  log(report: LogReport): Promise<Answer<LogStored>> {
    return this.persist('POST', 'log', report);
  }

  exit(report: ExitReport): Promise<Answer<ReportAccepted>> {
    return this.persist('POST', 'exit', report);
  }

  /** One attempt only, `undefined` when it failed: the next heartbeat is the repetition. */
  async heartbeat(): Promise<Heartbeat | undefined> {
    const answer = await this.attempt<Heartbeat>('POST', 'heartbeat', {});
    return 'accepted' in answer && answer.accepted ? answer.body : undefined;
  }

  private async persist<T>(method: string, verb: string, body?: unknown): Promise<Answer<T>> {
    for (let failures = 0; ; failures += 1) {
      const answer = await this.attempt<T>(method, verb, body);
      if ('accepted' in answer) return answer;
      const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures, 10)) * (0.5 + Math.random() / 2);
      const left = this.giveUpAt - Date.now();
      if (left <= 0) throw new GaveUpError(`the Ledger did not take ${verb}: ${answer.trouble}`);
      await sleep(Math.min(left, Math.max(pause, answer.retryAfterMs)));
    }
  }

  private async attempt<T>(method: string, verb: string, body: unknown): Promise<Answer<T> | { trouble: string; retryAfterMs: number }> {
    try {
      const response = await fetch(this.base + verb, {
        method,
        headers: body === undefined ? this.headers : { ...this.headers, 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
      });
      const text = await response.text();
      if (response.status >= 500 || PASSING.has(response.status))
        return { trouble: `status ${response.status}`, retryAfterMs: retryAfter(response) };
      const answer = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
      if (response.ok) return { accepted: true, body: answer as T };
      const { detail, size } = answer;
      return {
        accepted: false,
        status: response.status,
        detail: typeof detail === 'string' ? detail : `status ${response.status}`,
        ...(typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? { size } : {}),
      };
    } catch (error) {
      // Unreachable, timed out, cut off in the middle, or an answer that is no JSON: a proxy speaking for a Ledger that is away.
      return { trouble: describe(error), retryAfterMs: 0 };
    }
  }
}

function retryAfter(response: Response): number {
  const seconds = Number(response.headers.get('retry-after') ?? 0);
  return seconds > 0 ? Math.min(60, seconds) * 1000 : 0;
}

/** Node hides the telling part of a failed fetch ("ECONNREFUSED") in the cause. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}

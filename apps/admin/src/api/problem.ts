import type { FieldError, ProblemCode } from '@lora-ledger/contracts';

/** A refusal of the API, with what the person can do about it. `code` is `OFFLINE` when the API could not be reached at all. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: ProblemCode | 'OFFLINE',
    readonly detail: string,
    readonly errors: readonly FieldError[] = [],
    /** The task a conflict is with, where there is one. */
    readonly taskId: string | null = null,
  ) {
    super(detail);
    this.name = 'ApiProblem';
  }
}

/** Whether `error` says that nobody is signed in (any more). */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiProblem && error.code === 'UNAUTHENTICATED';
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 404;
}

interface ProblemBody {
  code?: ProblemCode;
  title?: string;
  detail?: string;
  errors?: FieldError[];
  taskId?: string;
}

/** The problem a refused response carries; a proxy's HTML page becomes a problem too. */
export async function problemFrom(response: Response): Promise<ApiProblem> {
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const body = isJson ? ((await response.json().catch(() => ({}))) as ProblemBody) : {};
  const gone = response.status === 502 || response.status === 504;
  const code = body.code ?? (gone ? 'OFFLINE' : response.status >= 500 ? 'INTERNAL' : 'VALIDATION');
  return new ApiProblem(response.status, code, body.detail ?? body.title ?? response.statusText, body.errors ?? [], body.taskId ?? null);
}

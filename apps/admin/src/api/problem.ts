import type { FieldError, ProblemCode, ProblemFacts, ProblemReason } from '@lora-ledger/contracts';

/** A refusal of the API, with what the person can do about it. `code` is `OFFLINE` when the API could not be reached at all. */
export class ApiProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: ProblemCode | 'OFFLINE',
    readonly detail: string,
    readonly errors: readonly FieldError[] = [],
    /** What exactly is wrong, where the code does not tell. */
    readonly reason: ProblemReason | null = null,
    readonly facts: ProblemFacts = {},
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

interface ProblemBody extends ProblemFacts {
  code?: ProblemCode;
  title?: string;
  detail?: string;
  errors?: FieldError[];
  reason?: ProblemReason;
}

/** The problem a refused response carries; a proxy's HTML page becomes a problem too. */
export async function problemFrom(response: Response): Promise<ApiProblem> {
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const body = isJson ? ((await response.json().catch(() => ({}))) as ProblemBody) : {};
  const gone = response.status === 502 || response.status === 504;
  const code = body.code ?? (gone ? 'OFFLINE' : response.status >= 500 ? 'INTERNAL' : 'VALIDATION');
  const { detail = body.title ?? response.statusText, errors = [], reason = null } = body;
  return new ApiProblem(response.status, code, detail, errors, reason, body);
}

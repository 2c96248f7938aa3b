import { PROBLEMS, type FieldError, type ProblemCode } from '@lora-ledger/contracts';

/** Enough to mend a form; a body of nothing but mistakes is not answered in full. */
const MAX_ERRORS = 100;

/** The one kind of error a handler throws on purpose; the filter turns it into a problem document. */
export class Problem extends Error {
  constructor(
    readonly code: ProblemCode,
    /** One sentence for the caller: what is wrong and what to change. */
    readonly detail: string,
    readonly more: { errors?: FieldError[]; retryAfterSeconds?: number; members?: Record<string, string | number | boolean> } = {},
  ) {
    super(detail);
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }

  static notFound(what = 'task'): Problem {
    return new Problem('NOT_FOUND', `There is no such ${what}, or you may not see it.`);
  }

  static invalid(errors: FieldError[]): Problem {
    const [first] = errors;
    const detail =
      first === undefined ? 'The request is not valid.' : `${first.message}${errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''}.`;
    return new Problem('VALIDATION', detail, { errors: errors.slice(0, MAX_ERRORS) });
  }
}

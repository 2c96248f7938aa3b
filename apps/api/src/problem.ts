import { PROBLEMS, type FieldError, type ProblemCode, type ProblemFacts, type ProblemReason } from '@lora-ledger/contracts';

/** Enough to mend a form; a body of nothing but mistakes is not answered in full. */
const MAX_ERRORS = 100;

/** What one sentence cannot say for all that bears the code. */
type VagueCode = 'VALIDATION' | 'STATE_CONFLICT' | 'TOO_LARGE' | 'UNSUPPORTED_FORMAT';

interface More {
  /** What exactly is wrong, for a sentence in the reader's language; `members` are what it names. */
  reason?: ProblemReason;
  errors?: FieldError[];
  retryAfterSeconds?: number;
  members?: ProblemFacts;
}

/** The one kind of error a handler throws on purpose; the filter turns it into a problem document. */
export class Problem extends Error {
  constructor(code: Exclude<ProblemCode, VagueCode>, detail: string, more?: More);
  constructor(code: ProblemCode, detail: string, more: More & (Required<Pick<More, 'reason'>> | Required<Pick<More, 'errors'>>));
  constructor(
    readonly code: ProblemCode,
    /** One English sentence for the caller: what is wrong and what to change. */
    readonly detail: string,
    readonly more: More = {},
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

export function wrongContentType(): Problem {
  return new Problem('UNSUPPORTED_FORMAT', 'This content type is not understood here: send application/json.', { reason: 'contentType' });
}

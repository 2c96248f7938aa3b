/**
 * Every way a request can fail, as one closed vocabulary. `status` is the HTTP status; `who` can mend it:
 * the caller by changing the request, the operator by looking after the installation.
 */
export const PROBLEMS = {
  VALIDATION: { status: 400, title: 'The request is not valid', who: 'caller' },
  UNAUTHENTICATED: { status: 401, title: 'Sign in first', who: 'caller' },
  FORBIDDEN: { status: 403, title: 'You may not do this', who: 'caller' },
  NOT_FOUND: { status: 404, title: 'There is no such thing', who: 'caller' },
  STATE_CONFLICT: { status: 409, title: 'The state has moved on', who: 'caller' },
  TOO_LARGE: { status: 413, title: 'The request is too large', who: 'caller' },
  UNSUPPORTED_FORMAT: { status: 415, title: 'This format is not understood', who: 'caller' },
  SECRET_IN_CONFIG: { status: 422, title: 'The configuration contains a credential', who: 'caller' },
  RATE_LIMITED: { status: 429, title: 'Too many requests', who: 'caller' },
  INTERNAL: { status: 500, title: 'Something went wrong here', who: 'operator' },
  UNAVAILABLE: { status: 503, title: 'Not ready at the moment', who: 'operator' },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;
export const PROBLEM_CODES = Object.keys(PROBLEMS) as ProblemCode[];

export interface FieldError {
  /** Where in the body or query: a field name, dotted when nested. */
  path: string;
  message: string;
  /** The rule that was broken, for a translated sentence; see `ConfigRule`. */
  rule?: string;
}

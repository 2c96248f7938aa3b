import { CONFIG_FLAWS, CONFIG_RULES, type ConfigFlaw, type ConfigRule, type TaskStatus } from '@lora-ledger/training';

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

const OWN_REASONS = [
  'bodyTooLarge',
  'characters',
  'contentType',
  'idempotencyKeyUsed',
  'inTrash',
  'lastAdmin',
  'logGap',
  'malformed',
  'nameTaken',
  'outOfRange',
  'retriedMeanwhile',
  'setUpAlready',
  'tooManyTokens',
  'tooManyViews',
  'usernameTaken',
  'weightsKnown',
  'wrongStatus',
] as const;
export type ProblemReason = (typeof OWN_REASONS)[number] | ConfigFlaw;
/**
 * What exactly is wrong, where a code covers several things. The user interface has a sentence for each in every language;
 * what the sentence names stands beside it in the problem (see `ProblemFacts`).
 */
export const PROBLEM_REASONS: readonly ProblemReason[] = [...OWN_REASONS, ...(Object.keys(CONFIG_FLAWS) as ConfigFlaw[])];

/** Members of a problem that its sentence may name. */
export interface ProblemFacts {
  /** The bound that was passed over. */
  limit?: number;
  /** Where in a file, from 1. */
  line?: number;
  column?: number;
  /** A key of a file. */
  key?: string;
  /** The state that does not allow it. */
  taskStatus?: TaskStatus;
  /** The task a conflict is with. */
  taskId?: string;
  /** Bytes that are there already. */
  size?: number;
}

const OWN_RULES = [
  'choice',
  'count',
  'cursor',
  'format',
  'nobody',
  'notFound',
  'notWhole',
  'passwordHasUsername',
  'passwordTooEasy',
  'passwordTooShort',
  'past',
  'tooMany',
  'wrongPassword',
] as const;
/** Why a field is refused; the user interface has a sentence for each in every language. */
export type FieldRule = (typeof OWN_RULES)[number] | ConfigRule;
export const FIELD_RULES: readonly FieldRule[] = [...OWN_RULES, ...CONFIG_RULES];

export interface FieldError {
  /** Where in the body or query: a field name, dotted when nested. */
  path: string;
  message: string;
  rule: FieldRule;
  /** The bound that was passed over, where the rule has one. */
  limit?: number;
}

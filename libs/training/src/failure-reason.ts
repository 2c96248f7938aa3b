/** Why a task ended as FAILED. */
export const FAILURE_REASONS = ['OOM', 'NAN_LOSS', 'CONFIG', 'DATA', 'TRAINER_EXIT', 'LAUNCH', 'LOST', 'UNKNOWN'] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

/**
 * First match wins: the most specific words stand first. The wording is the trainers' and PyTorch's own.
 * Gaps between words are bounded: error texts come from outside, and an open `.*` takes quadratic time on hostile ones.
 */
const SIGNS: readonly (readonly [FailureReason, RegExp])[] = [
  [
    'OOM',
    /out of memory|OutOfMemoryError|\bMemoryError\b|CUBLAS_STATUS_ALLOC_FAILED|\bOOM\b|oom[-_]kill|std::bad_alloc|DefaultCPUAllocator: can't allocate/i,
  ],
  ['NAN_LOSS', /loss['"]?\s{0,3}(?:became|is|was|=|:)?\s{0,3}['"]?[-+]?(?:nan|inf|infinity)\b|NaN detected|nan or inf|loss diverged/i],
  [
    'DATA',
    /no (?:training )?(?:data|images|samples)\b|no such (?:data|dataset)|dataset .{0,200}(?:not found|is empty|does not exist)|cannot identify image|(?:train_data_dir|image_dir|dataset|data (?:folder|directory)).{0,200}(?:no such file|not found|does not exist|missing|empty)|UnidentifiedImageError|JSONDecodeError|truncated image|image file is truncated/i,
  ],
  [
    'CONFIG',
    /unrecognized arguments|invalid choice|error: argument|ValidationError|KeyError: 'config|unexpected keyword argument|(?:invalid|bad|unknown) (?:config|configuration|option|optimizer|parameter|value)|must be (?:positive|greater|one of)|rank mismatch|size mismatch for/i,
  ],
  ['DATA', /FileNotFoundError|No such file or directory/i],
];

/** The reason that the text of an error (or the last lines of a log) speaks of, `undefined` when it names none. */
export function classifyFailure(text: string): FailureReason | undefined {
  return SIGNS.find(([, sign]) => sign.test(text))?.[0];
}

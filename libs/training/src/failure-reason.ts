/** Why a task ended as FAILED. */
export const FAILURE_REASONS = ['OOM', 'NAN_LOSS', 'CONFIG', 'DATA', 'TRAINER_EXIT', 'LAUNCH', 'LOST', 'UNKNOWN'] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

/** First match wins: the most specific words stand first. The wording is the trainers' and PyTorch's own. */
const SIGNS: readonly (readonly [FailureReason, RegExp])[] = [
  ['OOM', /out of memory|OutOfMemoryError|CUBLAS_STATUS_ALLOC_FAILED|# OOM during training|\bOOM\b|oom-kill|std::bad_alloc|DefaultCPUAllocator: can't allocate/i],
  ['NAN_LOSS', /loss (?:became|is|was|=|:)?\s*(?:nan|inf)\b|NaN detected|nan or inf|loss diverged|avr_loss=(?:nan|inf)/i],
  ['DATA', /no (?:training )?(?:data|images|samples)\b|no such (?:data|dataset)|dataset .*(?:not found|is empty|does not exist)|cannot identify image|(?:train_data_dir|image_dir|dataset|data (?:folder|directory)).*(?:no such file|not found|does not exist|missing|empty)|UnidentifiedImageError|JSONDecodeError|truncated image/i],
  ['CONFIG', /unrecognized arguments|invalid choice|error: argument|ValidationError|KeyError: 'config|unexpected keyword argument|(?:invalid|bad|unknown) (?:config|configuration|option|optimizer|parameter|value)|must be (?:positive|greater|one of)|rank mismatch|size mismatch for/i],
  ['DATA', /FileNotFoundError|No such file or directory/i],
];

/** The reason that the text of an error (or the last lines of a log) speaks of, `undefined` when it names none. */
export function classifyFailure(text: string): FailureReason | undefined {
  return SIGNS.find(([, sign]) => sign.test(text))?.[0];
}

/** Words for what can happen to a task, on every page. */
export const task = {
  progress: 'Progress',
  /** States of a task; “no sign of life” is a running one that has been silent. */
  status: {
    PENDING: 'Waiting',
    RUNNING: 'Running',
    SUCCESS: 'Succeeded',
    FAILED: 'Failed',
    CANCELLED: 'Cancelled',
    stalled: 'No sign of life',
    stalledHint: 'Last report {{when}}. It counts as running until it has been silent for much longer.',
  },
  /** Why a run failed, as a label. */
  reason: {
    OOM: 'Out of memory',
    NAN_LOSS: 'Loss became NaN',
    CONFIG: 'Configuration refused',
    DATA: 'Training data missing or unreadable',
    TRAINER_EXIT: 'Trainer ended unexpectedly',
    LAUNCH: 'Trainer could not be started',
    LOST: 'Worker disappeared',
    UNKNOWN: 'Unknown cause',
  },
  /** What to do about it, in a sentence or two. */
  reasonAdvice: {
    OOM: 'Try a smaller batch size, a lower rank or a smaller resolution, or switch on gradient checkpointing.',
    NAN_LOSS: 'Usually the learning rate is too high. Try a third of it, or add warm-up steps.',
    CONFIG: 'The trainer did not accept a parameter. The last lines of the log name it.',
    DATA: 'Check that the training data folder exists on the host of the worker and holds what the trainer expects.',
    TRAINER_EXIT: 'The last lines of the log usually tell what happened.',
    LAUNCH: 'An operator should look at the trainer profile: the program or its folder is not there.',
    LOST: 'The worker was stopped or its host went down. A retry starts from the same configuration.',
    UNKNOWN: 'The last lines of the log usually tell what happened.',
  },
  /** Buttons. */
  action: {
    clone: 'Clone',
    cancel: 'Cancel run',
    retry: 'Retry',
    trash: 'Move to trash',
    restore: 'Restore',
    tryNext: 'What to try next',
  },
  /** Messages after them. */
  done: {
    cancel_one: 'Run cancelled',
    cancel_other: '{{count}} runs cancelled',
    retry_one: 'New attempt queued',
    retry_other: '{{count}} new attempts queued',
    trash_one: 'Moved to the trash',
    trash_other: '{{count}} tasks moved to the trash',
    restore_one: 'Restored',
    restore_other: '{{count}} tasks restored',
    failed_one: 'One task could not be changed: {{detail}}',
    failed_other: '{{count}} tasks could not be changed: {{detail}}',
  },
  /** Question before running trainings are cut off. */
  confirmCancel: {
    title_one: 'Cancel this run?',
    title_other: 'Cancel {{count}} runs?',
    text: 'The trainer is stopped and its process group ended. What it has written so far stays; the run itself cannot be resumed.',
    confirm: 'Cancel run',
    keep: 'Keep running',
  },
  eta: '{{duration}} left',
  step: 'Step {{current}} of {{total}}',
  stepOpen: 'Step {{current}}',
  attempt: 'Attempt {{number}}',
  /** Badge at a name: which attempt it is, when it was retried. */
  attemptShort: '#{{number}}',
} as const;

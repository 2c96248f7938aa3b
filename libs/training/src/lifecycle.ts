/** The five states of a task. There are no others, and no arrows but those in {@link MOVES}. */
export const TASK_STATUSES = ['PENDING', 'RUNNING', 'SUCCESS', 'FAILED', 'CANCELLED'] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

/** What makes a task change its state. `launchFailed`: the trainer could not be started at all. */
export const MOVE_NAMES = ['start', 'finish', 'fail', 'cancel', 'launchFailed'] as const;
export type MoveName = (typeof MOVE_NAMES)[number];

export interface Move {
  readonly from: readonly TaskStatus[];
  readonly to: TaskStatus;
}

export const MOVES: Readonly<Record<MoveName, Move>> = {
  start: { from: ['PENDING'], to: 'RUNNING' },
  finish: { from: ['RUNNING'], to: 'SUCCESS' },
  fail: { from: ['RUNNING'], to: 'FAILED' },
  cancel: { from: ['PENDING', 'RUNNING'], to: 'CANCELLED' },
  launchFailed: { from: ['PENDING'], to: 'FAILED' },
};

/** Whether `move` is an arrow that leaves `status`. */
export function canMove(status: TaskStatus, move: MoveName): boolean {
  return MOVES[move].from.includes(status);
}

/** A state no arrow leaves: what happened is settled. */
export function isTerminal(status: TaskStatus): boolean {
  return MOVE_NAMES.every((move) => !canMove(status, move));
}

/** What a person can do with a task beside looking at it. */
export const TASK_ACTIONS = ['clone', 'cancel', 'retry', 'trash', 'restore'] as const;
export type TaskAction = (typeof TASK_ACTIONS)[number];

/**
 * The actions a task in `status` offers to somebody who may change it. One answer for buttons, bulk bars and routes.
 * A retry is a new task of the same family, so it never leaves a state; a running task must be cancelled before it is trashed.
 */
export function actionsFor(status: TaskStatus, trashed = false): readonly TaskAction[] {
  if (trashed) return ['restore'];
  switch (status) {
    case 'PENDING':
      return ['clone', 'cancel', 'trash'];
    case 'RUNNING':
      return ['clone', 'cancel'];
    case 'SUCCESS':
      return ['clone', 'trash'];
    case 'FAILED':
    case 'CANCELLED':
      return ['clone', 'retry', 'trash'];
  }
}

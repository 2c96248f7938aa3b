import { actionsFor, canMove, isTerminal, MOVE_NAMES, MOVES, TASK_ACTIONS, TASK_STATUSES, type TaskStatus } from './lifecycle.js';

/** All states that can be reached from `start` along the arrows, itself included. */
function reachableFrom(start: TaskStatus): Set<TaskStatus> {
  const reached = new Set<TaskStatus>([start]);
  for (const status of reached) {
    for (const move of MOVE_NAMES) if (canMove(status, move)) reached.add(MOVES[move].to);
  }
  return reached;
}

describe('the life of a task', () => {
  it('has exactly the arrows that are drawn', () => {
    const arrows = MOVE_NAMES.flatMap((move) => MOVES[move].from.map((from) => `${from} -${move}-> ${MOVES[move].to}`));
    expect(arrows.sort()).toEqual([
      'PENDING -cancel-> CANCELLED',
      'PENDING -launchFailed-> FAILED',
      'PENDING -start-> RUNNING',
      'RUNNING -cancel-> CANCELLED',
      'RUNNING -fail-> FAILED',
      'RUNNING -finish-> SUCCESS',
    ]);
  });

  it('reaches every state from PENDING', () => {
    expect(reachableFrom('PENDING')).toEqual(new Set(TASK_STATUSES));
  });

  it('can end from everywhere', () => {
    for (const status of TASK_STATUSES) expect([...reachableFrom(status)].some(isTerminal)).toBe(true);
  });

  it('never goes back: no state can be reached from itself again', () => {
    for (const status of TASK_STATUSES) {
      for (const move of MOVE_NAMES.filter((name) => canMove(status, name))) expect(reachableFrom(MOVES[move].to)).not.toContain(status);
    }
  });

  it('is settled in SUCCESS, FAILED and CANCELLED only', () => {
    expect(TASK_STATUSES.filter(isTerminal)).toEqual(['SUCCESS', 'FAILED', 'CANCELLED']);
  });
});

describe('what a person can do with a task', () => {
  it('is to clone it, in every state', () => {
    for (const status of TASK_STATUSES) expect(actionsFor(status)).toContain('clone');
  });

  it('is to cancel it exactly while an arrow leads to CANCELLED', () => {
    for (const status of TASK_STATUSES) expect(actionsFor(status).includes('cancel')).toBe(canMove(status, 'cancel'));
  });

  it('is to retry it exactly when it ended without success', () => {
    expect(TASK_STATUSES.filter((status) => actionsFor(status).includes('retry'))).toEqual(['FAILED', 'CANCELLED']);
  });

  it('is not to trash it while it runs', () => {
    expect(TASK_STATUSES.filter((status) => !actionsFor(status).includes('trash'))).toEqual(['RUNNING']);
  });

  it('is only to restore it from the trash', () => {
    for (const status of TASK_STATUSES) expect(actionsFor(status, true)).toEqual(['restore']);
  });

  it('uses every action somewhere', () => {
    const offered = TASK_STATUSES.flatMap((status) => [...actionsFor(status), ...actionsFor(status, true)]);
    expect(new Set(offered)).toEqual(new Set(TASK_ACTIONS));
  });
});

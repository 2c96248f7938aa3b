import type { TrainTaskSummary } from '@lora-ledger/contracts';

/** What was on its way when somebody acted has arrived by then, in milliseconds. */
const ECHO_MS = 10_000;

/**
 * Moves to the trash and out of it that this page asked for itself. What the live stream says of such a task may be older than the
 * answer: it gathers events, and travels by another connection. An undo within a moment would lose the row again to the echo of its deletion.
 */
export class OwnMoves {
  private readonly moves = new Map<string, { trashed: boolean; at: number }>();

  /** @param now milliseconds */
  note(taskIds: readonly string[], trashed: boolean, now: number): void {
    for (const [taskId, { at }] of this.moves) if (now - at > ECHO_MS) this.moves.delete(taskId);
    for (const taskId of taskIds) this.moves.set(taskId, { trashed, at: now });
  }

  /** Tasks that are said to be where this page has just moved them away from: old news, or somebody else's doing. Only the server knows. */
  doubted(changed: ReadonlyMap<string, Pick<TrainTaskSummary, 'deletedAt'>>, now: number): string[] {
    return [...changed].flatMap(([taskId, { deletedAt }]) => {
      const move = this.moves.get(taskId);
      return move !== undefined && now - move.at <= ECHO_MS && move.trashed !== (deletedAt !== null) ? [taskId] : [];
    });
  }
}

/** Those of this page. */
export const ownMoves = new OwnMoves();

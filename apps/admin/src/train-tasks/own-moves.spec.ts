import { OwnMoves } from './own-moves.js';

const said = (taskId: string, deletedAt: string | null) => new Map([[taskId, { deletedAt }]]);
const TRASHED = '2025-01-01T00:00:00.000Z';

describe('news about a task that this page has just moved', () => {
  it('are doubted when they say the opposite: the echo of a deletion after its undo', () => {
    const moves = new OwnMoves();
    moves.note(['a'], true, 0);
    moves.note(['a'], false, 50);
    expect(moves.doubted(said('a', TRASHED), 200)).toEqual(['a']);
  });
  it('are believed when they say the same, or speak of others', () => {
    const moves = new OwnMoves();
    moves.note(['a'], false, 0);
    expect(
      moves.doubted(
        new Map([
          ['a', { deletedAt: null }],
          ['b', { deletedAt: TRASHED }],
        ]),
        200,
      ),
    ).toEqual([]);
  });
  it('are believed again after a while: somebody else may have moved it', () => {
    const moves = new OwnMoves();
    moves.note(['a'], false, 0);
    expect(moves.doubted(said('a', TRASHED), 60_000)).toEqual([]);
  });
});

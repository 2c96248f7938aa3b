import { Doubts } from './doubts.js';

const inView =
  (...ids: string[]) =>
  () =>
    ids.map((taskId) => ({ taskId }));

describe('rows that may have changed unheard', () => {
  it('concern who looks at one of them, until the server was asked about it', () => {
    const doubts = new Doubts();
    doubts.add(['a', 'b']);
    expect(doubts.concern(inView('x', 'b'))).toBe(true);
    expect(doubts.concern(inView('x'))).toBe(false);
    doubts.settle(['b']);
    expect(doubts.concern(inView('x', 'b'))).toBe(false);
    expect(doubts.isCounted).toBe(true);
  });
  it('are not looked for while there are none', () => {
    const look = jest.fn(inView('a'));
    expect(new Doubts().concern(look)).toBe(false);
    expect(look).not.toHaveBeenCalled();
  });
  it('make their number doubtful too when nothing can be relied on, until it is counted or the list is loaded anew', () => {
    const doubts = new Doubts();
    doubts.addAll(['a']);
    expect(doubts.isCounted).toBe(false);
    doubts.counted();
    expect(doubts.isCounted).toBe(true);
    doubts.addAll(['a']);
    doubts.forget();
    expect([doubts.isCounted, doubts.concern(inView('a'))]).toEqual([true, false]);
  });
});

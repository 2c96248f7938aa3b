import { inSlices } from './in-slices.js';

/** Keeps the processor busy for `ms`. */
function work(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

describe('a long computation in slices', () => {
  it('lets others have their turn, and answers in the end', async () => {
    let turns = 0;
    const others = setInterval(() => {
      turns += 1;
    }, 1);
    const answer = await inSlices(
      (function* () {
        for (let slice = 0; slice < 20; slice += 1) {
          work(5);
          yield undefined;
        }
        return 'done';
      })(),
    );
    clearInterval(others);
    expect(answer).toBe('done');
    // 100 ms of work in turns of at most 12 ms and a slice.
    expect(turns).toBeGreaterThanOrEqual(4);
  });

  it('passes on what goes wrong', async () => {
    await expect(
      inSlices(
        (function* (): Generator<undefined, never> {
          yield undefined;
          throw new Error('no');
        })(),
      ),
    ).rejects.toThrow('no');
  });
});

import { GroupCommit } from './group-commit.js';

/** A database that answers when it is told to, and remembers what it was given. */
function slowDatabase() {
  const groups: number[][] = [];
  const releases: (() => void)[] = [];
  return {
    groups,
    write: async (jobs: readonly number[]) => {
      groups.push([...jobs]);
      await new Promise<void>((resolve) => releases.push(resolve));
      if (jobs.includes(13)) throw new Error('13 cannot be written');
      return jobs.map((job) => `wrote ${job}`);
    },
    answer: () => releases.shift()?.(),
  };
}

const options = { weigh: () => 1, groupWeight: 10, waitingWeight: 100, isOfOneJob: () => true, writers: 1 };
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('group commit', () => {
  it('writes together what comes in while a group is being written', async () => {
    const database = slowDatabase();
    const groups = new GroupCommit<number, string>({ ...options, write: database.write });
    const first = groups.add(1);
    await turn();
    const others = [groups.add(2), groups.add(3)];
    await turn();
    expect(database.groups).toEqual([[1]]);
    database.answer();
    expect(await first).toBe('wrote 1');
    await turn();
    expect(database.groups).toEqual([[1], [2, 3]]);
    database.answer();
    expect(await Promise.all(others)).toEqual(['wrote 2', 'wrote 3']);
  });

  it('answers nobody before their rows are written', async () => {
    const database = slowDatabase();
    const groups = new GroupCommit<number, string>({ ...options, write: database.write });
    let isAnswered = false;
    const waiting = groups.add(1).then(() => {
      isAnswered = true;
    });
    await turn();
    await turn();
    expect(isAnswered).toBe(false);
    database.answer();
    await waiting;
    expect(isAnswered).toBe(true);
  });

  it('keeps a group below its weight, but takes a single job of any weight', async () => {
    const database = slowDatabase();
    const groups = new GroupCommit<number, string>({ ...options, weigh: (job) => job, write: database.write, writers: 9 });
    const all = [groups.add(50), groups.add(6), groups.add(4), groups.add(1)];
    await turn();
    expect(database.groups).toEqual([[50], [6, 4], [1]]);
    database.groups.forEach(() => database.answer());
    await Promise.all(all);
  });

  it('turns away what would wait beyond the bound, saying when to come again', async () => {
    const database = slowDatabase();
    const groups = new GroupCommit<number, string>({ ...options, waitingWeight: 2, write: database.write });
    const taken = [groups.add(1), groups.add(2)];
    await expect(groups.add(3)).rejects.toMatchObject({ code: 'RATE_LIMITED', more: { retryAfterSeconds: 1 } });
    await turn();
    database.answer();
    await Promise.all(taken);
  });

  it('fails only the job that cannot be written', async () => {
    const database = slowDatabase();
    const groups = new GroupCommit<number, string>({ ...options, write: database.write });
    const outcomes = Promise.allSettled([groups.add(12), groups.add(13), groups.add(14)]);
    for (let group = 0; group < 4; group += 1) {
      await turn();
      database.answer();
      await turn();
    }
    expect((await outcomes).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('fails the whole group when the database is away, without asking it once per job', async () => {
    const database = slowDatabase();
    const groups = new GroupCommit<number, string>({ ...options, isOfOneJob: () => false, write: database.write });
    const outcomes = Promise.allSettled([groups.add(12), groups.add(13)]);
    await turn();
    database.answer();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(database.groups).toHaveLength(1);
  });
});
